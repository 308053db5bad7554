"""Whether the whistle was heard by two monkeys, sent out by torchrun."""

import re

from oz.trial import mistake, require


def test_ran(command):
    """the command comes to its end"""
    said = [
        line
        for line in command.stderr.splitlines()
        if re.search("Error|error:|can't open file", line)
        and "ChildFailedError" not in line  # only says that one of them has stopped
    ]
    require(
        command.returncode == 0,
        "a command that comes to its end",
        f"ended with code {command.returncode}" + (f": `{said[-1].strip()[:200]}`" if said else ""),
        mistakes={
            "no-torchrun": "environment variable RANK expected" in command.stderr
            or "environment variable MASTER_ADDR expected" in command.stderr,
            "waits-for-hosts": "nnodes" in command.line and command.returncode == 124,
            "no-script": "the following arguments are required: training_script" in command.stderr,
            "script-refuses": "whistle.py: error" in command.stderr,
            "python-as-script": bool(re.search(r"can't open file \S*python3?'", command.stderr)),
            "song-to-torchrun": "unrecognized arguments" in command.stderr
            or "ambiguous option" in command.stderr
            or "torchrun: error" in command.stderr
            or "run.py: error" in command.stderr
            or "can't open file" in command.stderr
            and "--song" in command.stderr,
            "no-such-file": "can't open file" in command.stderr,
        },
    )


def test_heard(command, scratch):
    """two monkeys heard it"""
    book = scratch / "heard.txt"
    if not book.is_file():
        mistake("not-whistled")
    ranks = [line.split() for line in book.read_text("utf-8").splitlines()]
    require(
        [int(number) for number, *_ in ranks] == [0, 1],
        "ranks 0 and 1",
        "rank 0 alone" if len(ranks) == 1 else f"{len(ranks)} ranks",
        mistakes={"not-two": True},
    )


def test_song(command, scratch):
    """and both whistled 'up'"""
    songs = [line.split()[3] for line in (scratch / "heard.txt").read_text("utf-8").splitlines()]
    require(
        set(songs) == {"up"},
        "`up` from both",
        f"{songs}",
        mistakes={"another-song": True},
    )
