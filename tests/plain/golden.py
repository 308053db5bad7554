"""Golden transcripts: whole stages played through real processes, and compared word for word.

A walk (``golden/NAME.walk``) is what somebody types, a line a line, and besides

    # …                 a remark, not typed
    <<< FILE            types `write`, the lines of FILE (a path in the repository), and `.`
    !err SPELL [FILE]   casts a known mistake of the spell in this folder of lessons/, the first or
                        FILE, and then its model answer
    !quit-and-resume    leaves, and goes on in a new process on the same journey
    !after NAME         first of all: goes on where another walk ends
    !language CODE      plays in that language

``python tests/plain/golden.py`` compares, with names of walks only those;
``--update-golden`` writes the transcripts anew.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")
ROOT = Path(__file__).resolve().parents[2]
RESUMED = "\n~~~ a new process ~~~\n\n"
_LONGEST = 600
"""Seconds that one sitting may take."""


def walks() -> list[str]:
    """The names of all walks."""
    return sorted(path.stem for path in FOLDER.glob("*.walk"))


def begins(name: str) -> str:
    """The walk with which the journey of the walk `name` begins."""
    before, _ = _sittings((FOLDER / f"{name}.walk").read_text("utf-8"))
    return begins(before) if before else name


class Played:
    """Walks played so far: each once, though others go on where it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        """A walk's journeys lie under it, in a folder with the walk's name."""
        self._shown: dict[str, str] = {}

    def play(self, name: str) -> str:
        """Play the walk `name`, after the one before it; the transcript, normalised."""
        if name not in self._shown:
            walk = (FOLDER / f"{name}.walk").read_text("utf-8")
            before, sittings = _sittings(walk)
            saves = self._folder / name
            if before is not None:
                self.play(before)
                shutil.copytree(self._folder / before, saves)
            code = language(walk)
            shown = RESUMED.join(_sitting(lines, saves, code) for lines in sittings)
            self._shown[name] = normalised(shown, saves)
        return self._shown[name]


def language(walk: str) -> str:
    """The language that a walk is played in."""
    found = re.search(r"^!language (\w+)$", walk, re.MULTILINE)
    return found[1] if found else "en"


def _sitting(lines: list[str], saves: Path, code: str) -> str:
    """Type `lines` in a process of its own; what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "oz", "play", "golden", "--plain"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**_environment(saves), "OZ_LANGUAGE": code},
        timeout=_LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


def _environment(saves: Path) -> dict[str, str]:
    own = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("OZ_", "PYTEST_")) and key not in {"COLUMNS", "VISUAL", "EDITOR"}
    }
    return {**own, "OZ_SAVES": str(saves), "PYTHONUTF8": "1"}


def _sittings(walk: str) -> tuple[str | None, list[list[str]]]:
    """The walk that goes before, and the lines of each process."""
    before = None
    sittings: list[list[str]] = [[]]
    for line in walk.splitlines():
        if line.startswith("!after "):
            before = line.removeprefix("!after ").strip()
        elif line == "!quit-and-resume":
            sittings[-1].append("quit")  # understood in every language
            sittings.append([])
        else:
            sittings[-1] += _typed(line)
    return before, sittings


def _typed(line: str) -> Iterator[str]:
    if line.startswith("<<< "):
        yield from _written(ROOT / line.removeprefix("<<< ").strip())
    elif line.startswith("!err "):
        _, spell, *named = line.split()
        folder = ROOT / "lessons" / spell.replace("/", "/spells/")
        known = (path for path in (folder / "wrong").iterdir() if path.is_file())
        wrong = folder / "wrong" / named[0] if named else min(known)
        for path in (wrong, *folder.glob("solution.??")):
            yield from _written(path)
            yield "run"
    elif not line.startswith(("#", "!language ")):
        yield line


def _written(path: Path) -> Iterator[str]:
    yield "write"
    yield from path.read_text("utf-8").splitlines()
    yield "."


_SAME: tuple[tuple[str, str], ...] = (
    (r"The loss began at \S+ and ended at \S+", "The loss began at LOSS and ended at LOSS"),
    (r" +\d+\.\d+ (ms|µs)\b", r" 0.000 \1"),
    (r"\b\d+\.\d\d s\b", "0.00 s"),
    (r"\bprocess \d+", "process PID"),
    (r"\bpid[ =]\d+", "pid PID"),
    (r"\b\d\d(?: [A-Z][a-z]{2}|\.\d\d\.) \d\d:\d\d\b", "DATE"),
    (r"[ \t]+$", ""),
    (r"(?<=\bon )(cpu|cuda(:\d)?|mps|xpu)\b", "DEVICE"),
    (r"(?<=accelerator to hand: )\w+", "ANSWER"),
    (r"(?<=weathervane: )PyTorch [^,]+, [^,]+,", "PyTorch VERSION, ACCELERATOR,"),
    # what a model trained on the story says: each change of the prose changes it
    (r"^( *(after +\d+ steps|the Head|T = \d\.\d): ).*", r"\1WORDS"),
    (r"\b\d+\.\d\d(?= bits per character)", "0.00"),
    (r"(?<=ended at )\S+(?= after step 301\b)", "LOSS"),
    (r"\b(Oz|TORCH|torch|Python|PyTorch|NumPy) \d+(\.\d+)+[\w.+]*", r"\1 VERSION"),
)


def normalised(text: str, saves: Path) -> str:
    """`text` without what differs from one machine, or one minute, to the next."""
    for folder in (saves.resolve(), saves):
        text = text.replace(str(folder), "SAVES")
    for pattern, instead in _SAME:
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    return text


def difference(name: str, now: str) -> str:
    """What differs from the stored transcript; empty where nothing does."""
    path = FOLDER / f"{name}.txt"
    stored = path.read_text("utf-8") if path.exists() else ""
    return "\n".join(difflib.unified_diff(_masked(stored), _masked(now), "stored", "now"))


_TRAINED = re.compile(r" {4}|\(A picture|`[-\d]|.*(?:after step|\byours\b|\basked\b|s differ)")
"""Lines whose numbers another processor may bring out otherwise: what programs print, pictures."""


def _masked(text: str) -> list[str]:
    """The lines of `text`, numbers that come out of programs left out, and what repeats itself."""
    lines: list[str] = []
    for line in text.splitlines():
        if _TRAINED.match(line):
            line = re.sub(r"[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?", "#", line)  # noqa: PLW2901
            line = re.sub(r"#(?:[\s,()\[\]]*#)*", "#", " ".join(line.split()))  # noqa: PLW2901
            if lines and lines[-1] == line:
                continue
        lines.append(line)
    return lines


def main(args: list[str]) -> int:
    """Compare, or write anew."""
    update = "--update-golden" in args
    names = [arg for arg in args if not arg.startswith("-")] or walks()
    wrong = 0
    with tempfile.TemporaryDirectory() as saves:
        played = Played(Path(saves))
        for name in names:
            now = played.play(name)
            if update:
                (FOLDER / f"{name}.txt").write_text(now, "utf-8")
            elif told := difference(name, now):
                wrong += 1
                print(told, end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
