"""The first two stages played in German, in real processes: to the end, and no word of English."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plain import golden

WALKS = Path(__file__).with_name("german")
ENGLISH = re.compile(
    r"\b(the|and|your?|yours|of|with|that|what|which|this|these|it|is|are|from|asked|line|not|here"
    r"|there|where|when|who|how|has|have|does|would|can|could|should|two|first|next|spells?|checks?"
    r"|attempts?|points?|turns|draft|hint|reference|help|answer|question|only|while|then|else|yet"
    r"|now|done|noted|saved|again)\b",
    re.IGNORECASE,
)
"""Words that no German sentence has; none that both languages have."""

_CODE = re.compile(r"`[^`]*`|\*\*?|„Found no NVIDIA[^“]*“|\([a-z]+(-[a-z]+)+\)", re.DOTALL)
"""Code, and names of mistakes as they stand in lists of attempts."""
_SHOWN = re.compile(r" {4}| *\d+( |$)|[\w-]*(>|=) ?|file |http")
"""Lines that the story does not say: what programs print, drafts, what is typed."""
_RAISED = re.compile(r"`\w*(Error|Exception)`")
"""Begins a paragraph of torch's own."""


def told(transcript: str) -> list[str]:
    """The paragraphs that the game says in words."""
    found = []
    for block in re.split(r"\n\s*\n", transcript):
        lines = [line for line in block.splitlines() if not _SHOWN.match(line)]
        if lines and not _RAISED.match(lines[0]):
            found.append(_CODE.sub(" ", "\n".join(lines)))
    return found


@pytest.mark.slow
def test_two_stages_are_played_to_the_end_in_german(tmp_path: Path) -> None:
    shown = [_play(name, tmp_path) for name in ("kansas", "munchkins")]
    assert "Eine Lichtung zwischen Obstbäumen" in shown[0]
    assert "Die Straße aus gelben Ziegeln" in shown[1]
    english = [said for said in told("\n\n".join(shown)) if ENGLISH.search(said)]
    assert sorted(set(english)) == []


def _play(name: str, saves: Path) -> str:
    lines = [
        typed.strip("\n")
        for line in (WALKS / f"{name}.walk").read_text("utf-8").splitlines()
        for typed in golden._typed(line)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "oz", "--language", "de", "play", "deutsch", "--plain"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        encoding="utf-8",
        cwd=golden.ROOT,
        env=golden._environment(saves),
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout
