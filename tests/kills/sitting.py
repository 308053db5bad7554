"""What is typed in a game that will be killed, and what of it was answered when it was."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Literal

What = Literal["turn", "run", "write", "text", "end", "aside"]

_PROMPT = re.compile(r"(?:^|\n)(?:[a-z]+> |> | *\d+  )")
_STORY = ("look", "x lamp", "take lamp", "drop lamp", "i", "east", "west", "undo", "wait", "save",
          "x scales", "score", "spells", "stats", "report", "hint", "attempts")  # fmt: skip
_RIGHT = {
    "hens": ("import torch", "hens = torch.arange(7)"),
    "jar": ("import torch", 'torch.save(torch.rand(300, 300), "jar.pt")'),
}
_HARD = {
    "loops for ever": ("while True: pass",),
    "leaves children": (
        "import os, signal, time",
        "for _ in range(3):",
        "    if os.fork() == 0:",
        "        os.setsid(); signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
        "time.sleep(600)",
    ),
    "shares memory": (
        "import time, torch",
        "shared = torch.zeros(1 << 20).share_memory_()",
        "import multiprocessing.shared_memory as m",
        'named = m.SharedMemory("MARK", create=True, size=1 << 20)',
        "time.sleep(600)",
    ),
    "prints without end": ("while True: print('oz' * 30)",),
    "has workers": (
        "import torch",
        "rows = torch.utils.data.DataLoader(range(10**6), num_workers=2)",
        "for row in rows: pass",
    ),
}
"""Programs that are still at it when the game is killed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be typed."""

    text: str
    what: What
    spell: str = ""
    draft: str = ""
    """With ``end``: the draft that is then there."""


def lines(chance: random.Random, mark: str) -> list[Line]:
    """A sitting: story, drafts and casts in any order. `mark`: the name of a shared memory."""
    typed: list[Line] = []
    for _ in range(chance.randrange(1, 5)):
        kind = chance.choices(("story", "again", "cast"), (5, 1, 4))[0]
        if kind == "story":
            typed += [Line(word, "turn") for word in chance.choices(_STORY, k=3)]
        elif kind == "again":
            typed += [Line("restart", "turn"), Line("yes", "turn")]  # so that spells pass anew
        else:
            typed += _cast(chance)
    return typed + _cast(chance, mark) if chance.random() < 0.4 else typed


def _cast(chance: random.Random, mark: str = "") -> list[Line]:
    """A draft written and cast; with a `mark`, one that runs until it is killed."""
    spell = chance.choice(("hens", "jar"))
    program = _RIGHT[spell]
    if mark:
        program = tuple(line.replace("MARK", mark) for line in chance.choice(list(_HARD.values())))
    filler = [
        f"# {number} of the draft {chance.random()}"
        for number in range(chance.choice((1, 5, 20, 150)))
    ]
    written = [*program, *filler]
    draft = "\n".join(written) + "\n"
    typed = [Line(f"cast {spell}", "turn"), Line("write", "write")]
    typed += [Line(line, "text") for line in written]
    typed += [Line(".", "end", spell, draft), Line("run", "run", spell)]
    return typed if mark else [*typed, Line("leave", "aside")]


def answered(typed: list[Line], shown: str) -> int:
    """How many of the lines were answered whole: after each of them something else was asked."""
    at = 0
    for number, line in enumerate(typed):
        echo = _echo(line).search(shown, at)
        if echo is None:
            return number
        at = echo.end() - 1
        if _PROMPT.search(shown, at) is None:
            return number
    return len(typed)


def echoed(typed: list[Line], shown: str, number: int) -> bool:
    """Whether the game has taken up the line of that number."""
    at = 0
    for line in typed[: number + 1]:
        echo = _echo(line).search(shown, at)
        if echo is None:
            return False
        at = echo.end() - 1
    return True


def _echo(line: Line) -> re.Pattern[str]:
    """How the game shows that it has taken up `line`."""
    prompt = r" *\d+  " if line.what in ("text", "end") else "[a-z]*> "
    return re.compile(rf"^{prompt}{re.escape(line.text)}\n", re.MULTILINE)
