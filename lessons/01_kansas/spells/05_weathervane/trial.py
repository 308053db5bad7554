"""The weathervane: was the day of the almanac drawn, the whole of it?"""

import re

import torch

from oz.trial import mistake, require

SEED, HOURS = 1593, 12
LINE = re.compile(r"^(?:hour|Stunde) +(\d+)  (\d\.\d{4})  .+$", re.MULTILINE)
HEAD = re.compile(r"^weathervane: PyTorch .*, [sS]eed (\S+)$", re.MULTILINE)


def drawn(seed, hours):
    """What the vane draws from this seed, as it prints it."""
    generator = torch.Generator().manual_seed(seed)
    return [f"{wind:.4f}" for wind in torch.rand(hours, generator=generator).tolist()]


def test_runs(command):
    """the command runs to its end"""
    said = command.stderr.strip().splitlines()
    require(
        command.returncode == 0,
        "a command that runs",
        f"ended with code {command.returncode}" + (f": `{said[-1]}`" if said else ""),
        mistakes={
            "no-python": command.returncode in (126, 127),
            "no-such-option": "unrecognized arguments" in command.stderr
            or "expected one argument" in command.stderr
            or "invalid int value" in command.stderr,
            "no-such-file": "can't open file" in command.stderr,
        },
    )


def test_seed(command):
    """the wind is drawn from the almanac's seed"""
    head = HEAD.findall(command.stdout)
    if not head:
        mistake("only-help" if "usage:" in command.stdout else "not-drawn")
    require(
        str(SEED) in head,
        f"seed {SEED}",
        f"is {head[-1]}",
        mistakes={"no-seed": "None" in head, "another-seed": True},
    )


def test_hours(command):
    """twelve hours of it, to the last"""
    hours = LINE.findall(command.stdout)
    winds = [wind for _, wind in hours][-HOURS:]
    require(
        len(hours) >= HOURS,
        f"{HOURS} hours",
        f"are {len(hours)}",
        mistakes={"not-the-whole-day": True},
    )
    require(
        winds == drawn(SEED, HOURS),
        "the wind of the almanac's day",
        "is another",
        mistakes={"not-drawn": True},
    )
