"""Sittings in real processes: Ctrl-C, the end of the input, a reader that leaves, an own editor."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oz.saves import Attempt, Journey

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "lessons" / "good"
DRAFT = Path("dorothy", "spells", "kansas", "first-count.py")

PATIENCE = 60.0
"""Seconds after which an answer is no longer waited for."""


class Sitting:
    """A game in a process of its own."""

    def __init__(self, saves: Path, *, terminal: bool = False, **environment: str) -> None:
        self.saves = saves
        own = {key: value for key, value in os.environ.items() if not key.startswith("OZ_")}
        if terminal:
            self._typing, given = pty.openpty()
            self._reading, shown = os.dup(self._typing), given
        else:
            given, self._typing = os.pipe()
            self._reading, shown = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oz", "--plain"],
            stdin=given,
            stdout=shown,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={
                **own,
                "OZ_SAVES": str(saves),
                "OZ_LESSONS": str(GOOD),
                "TERM": "dumb",
                **environment,
            },
            start_new_session=True,
        )
        os.close(given)
        if not terminal:
            os.close(shown)
        self.text = ""
        self._heard = 0

    def type(self, *lines: str) -> None:
        os.write(self._typing, "".join(f"{line}\n" for line in lines).encode())

    def until(self, wanted: str) -> str:
        """Read until `wanted` is shown; what was shown since the last such wait, up to it."""
        start = self._heard
        while wanted not in self.text[start:]:
            ready, _, _ = select.select([self._reading], [], [], PATIENCE)
            assert ready, f"waited for {wanted!r}:\n{self.text}"
            try:
                data = os.read(self._reading, 1 << 16)
            except OSError:  # a terminal whose other side is closed
                data = b""
            assert data, f"ended without {wanted!r}:\n{self.text}"
            self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")
        self._heard = self.text.index(wanted, start) + len(wanted)
        return self.text[start : self._heard]

    def end_input(self) -> None:
        os.close(self._typing)
        self._typing = -1

    def stop_reading(self) -> None:
        os.close(self._reading)
        self._reading = -1

    def leave(self) -> int:
        """The exit code, once it has ended."""
        return self.process.wait(60)

    @property
    def complaints(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    @property
    def draft(self) -> str:
        return (self.saves / DRAFT).read_text("utf-8")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()
        for descriptor in {self._typing, self._reading} - {-1}:
            os.close(descriptor)


@pytest.fixture
def sittings(tmp_path: Path) -> Iterator[list[Sitting]]:
    begun: list[Sitting] = []
    yield begun
    for sitting in begun:
        sitting.close()


@pytest.fixture
def sitting(tmp_path: Path, sittings: list[Sitting]) -> Sitting:
    sittings.append(Sitting(tmp_path / "saves"))
    return sittings[-1]


def test_what_is_typed_is_shown_after_the_prompt(sitting: Sitting) -> None:
    sitting.type("look", "quit")
    told = sitting.until("Everything is saved.")
    assert "\n\n> look\n\nThe kitchen\n\n" in told
    assert "\n\n\n" not in told
    assert sitting.leave() == 0
    assert not sitting.complaints


def test_code_is_written_line_by_line_and_cast(sitting: Sitting) -> None:
    sitting.type("cast hens")
    sitting.until("first-count> ")
    sitting.type("write", "import torch", "", "hens = torch.arange(8)", ".", "run")
    told = sitting.until("Not yet.")
    assert " 3  hens = torch.arange(8)\n" in told
    assert "not yet: " in told
    sitting.type("line 3 hens = torch.arange(7)", "run")
    assert "ok: " in sitting.until("The spell holds.")
    assert sitting.draft == "import torch\n\nhens = torch.arange(7)\n"
    sitting.type("leave", "out")
    sitting.until("You leave the desk.")
    sitting.end_input()
    assert sitting.leave() == 0
    assert not sitting.complaints


def test_ctrl_c_stops_what_runs_and_nothing_else(sitting: Sitting) -> None:
    sitting.type("cast hens", "write", "print('round')", "while True: pass", ".", "run")
    sitting.until("    round\n")
    sitting.process.send_signal(signal.SIGINT)
    assert "Stopped." in sitting.until("first-count> ")
    sitting.type("quit")
    assert sitting.leave() == 0


def test_ctrl_c_at_the_prompt_asks_and_then_leaves(sitting: Sitting) -> None:
    sitting.until("\n> ")
    sitting.process.send_signal(signal.SIGINT)
    assert "Ctrl-C once more leaves" in sitting.until("\n> ")
    sitting.process.send_signal(signal.SIGINT)
    sitting.until("Everything is saved.")
    assert sitting.leave() == 0
    assert not sitting.complaints


def test_ctrl_c_in_the_middle_of_writing_keeps_the_draft(sitting: Sitting) -> None:
    sitting.type("cast hens")
    sitting.until("first-count> ")
    before = sitting.draft
    sitting.type("write", "import torch", "torn = 1")
    sitting.until(" 3  ")
    sitting.process.send_signal(signal.SIGINT)
    sitting.until("The draft stays as it was.")
    assert sitting.draft == before
    sitting.type("quit")
    assert sitting.leave() == 0


def test_the_end_of_the_input_saves_what_was_being_written(sitting: Sitting) -> None:
    sitting.type("cast hens", "append", "# more of it")
    sitting.end_input()
    sitting.until("The input has ended. Everything is saved.")
    assert sitting.leave() == 0
    assert sitting.draft.endswith("hens = torch.arange(1)\n# more of it\n")


def test_a_draft_that_was_never_cast_is_put_aside(sitting: Sitting) -> None:
    sitting.type("cast hens", "write", "first = 1", ".", "write", "second = 2", ".", "attempts")
    sitting.until("a draft, put aside and not cast")
    sitting.type("quit")
    assert sitting.leave() == 0
    assert sitting.draft == "second = 2\n"


def test_a_reader_that_goes_away_ends_the_game_quietly(
    sitting: Sitting, tmp_path: Path, sittings: list[Sitting]
) -> None:
    sitting.type("take ledger")
    sitting.until("Taken.")
    sitting.until("\n> ")
    sitting.stop_reading()
    sitting.type("look")
    assert sitting.leave() == 0
    assert not sitting.complaints
    sittings.append(Sitting(tmp_path / "saves"))
    sittings[-1].type("inventory", "quit")
    assert "- the ledger" in sittings[-1].until("Everything is saved.")


def test_a_request_to_end_is_followed(sitting: Sitting) -> None:
    sitting.type("take ledger")
    sitting.until("Taken.")
    sitting.process.terminate()
    sitting.until("Everything is saved.")
    assert sitting.leave() == 0


def test_questions_are_asked_one_by_one(sitting: Sitting) -> None:
    sitting.type(
        "cast hens", "write", "import torch", "hens = torch.arange(7)", ".", "run",
        "ask henry about hens", "out", "touch hen", "east", "cast bank",
    )  # fmt: skip
    sitting.until("first = ")
    sitting.type("hint")
    told = sitting.until("first = ")
    assert "hint 1 of 2: Count the rows." in told
    sitting.type("", "run")
    sitting.until("Nothing is answered here yet")
    sitting.type("answer")
    sitting.until("first = ")
    sitting.type("first = (3, 2)")
    sitting.until("Every question has its answer.")
    sitting.type("first = (2, 3)")
    sitting.until("`first` is answered.")
    sitting.type("run")
    assert "This is what it really prints:\n\n    " in sitting.until("The spell holds.")


def test_an_own_editor_is_opened_at_a_terminal(tmp_path: Path, sittings: list[Sitting]) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'import torch\\nhens = torch.arange(7)\\n' > \"$1\"\n")
    editor.chmod(0o755)
    sitting = Sitting(tmp_path / "saves", terminal=True, VISUAL=str(editor))
    sittings.append(sitting)
    sitting.until("\n> ")
    sitting.type("cast hens")
    sitting.until("first-count> ")
    sitting.type("edit")
    sitting.until("The draft was changed. `run` casts it.")
    sitting.type("run")
    told = sitting.until("The spell holds.")
    assert "\x1b" not in sitting.text
    assert (
        "run\nrun" not in told
    )  # the terminal shows what is typed; the game does not say it again
    sitting.type("quit")
    sitting.until("Everything is saved.")
    assert sitting.leave() == 0


def test_a_terminal_that_can_has_its_titles_bold(tmp_path: Path, sittings: list[Sitting]) -> None:
    for number, (environment, bold) in enumerate(
        [({"TERM": "xterm", "NO_COLOR": ""}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)]
    ):
        sitting = Sitting(tmp_path / f"saves{number}", terminal=True, **environment)
        sittings.append(sitting)
        sitting.until("\n> ")
        assert ("\x1b[1mThe kitchen\x1b[0m" in sitting.text) is bold
        sitting.type("quit")
        assert sitting.leave() == 0


def test_a_review_through_a_pipe(tmp_path: Path, sittings: list[Sitting]) -> None:
    saves = tmp_path / "saves"
    with Journey.open(saves / "dorothy") as journey:
        journey.add_attempt(Attempt("kansas/first-count", "", "passed"))
        past = (datetime.now(UTC) - timedelta(days=3)).isoformat()
        journey._database.execute("UPDATE attempts SET at = ?", (past,))
    sitting = Sitting(saves)
    sittings.append(sitting)
    sitting.type("review", "[2, 3, 4, 5, 6]", "look", "", "help", "skip", "return torch.arange(5)")
    sitting.until("answer> [2, 3, 4, 5, 6]")
    assert "Right: it prints `tensor([2, 3, 4, 5, 6])`." in sitting.until("Question 2 of 3")
    sitting.until("so `look` is neither done nor counted")
    sitting.until("Question 2 of 3")
    sitting.until("word for word")
    sitting.until("Left for another time.")
    sitting.until("Question 3 of 3")
    sitting.until("Right: with your line it prints `tensor([0, 1, 2, 3, 4])`.")
    sitting.until("Right: 2 of 2.")
    sitting.type("review", "quit")
    sitting.until("Question 1 of 1")
    sitting.until("Everything is saved.")
    assert sitting.leave() == 0
    assert not sitting.complaints
