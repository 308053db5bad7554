"""Faults of the disk met by the real program: a clear word each, and nothing lost."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oz.saves import Journey
from tests.kills.sitting import Line
from tests.kills.yard import Game, Yard

pytestmark = pytest.mark.slow
DRAFT = ("import torch", "hens = torch.arange(7)")


def play(yard: Yard, name: str, *typed: str, **faults: object) -> str:
    """Play a game to its end; all that it shows."""
    game = yard.start("play", name, "--plain", **faults)
    game.type([Line(line, "turn") for line in typed])
    shown = game.end()
    yard.wait_until_gone()
    assert "Traceback" not in shown
    assert "ours went wrong" not in shown
    return shown


@contextmanager
def locked(*folders: Path) -> Iterator[None]:
    """Nothing can be written there, nor in what is in there."""
    paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(before[path] & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        yield
    finally:
        for path, mode in before.items():
            path.chmod(mode)


def typed_in(folder: Path) -> list[str]:
    with Journey.open(folder) as journey:
        assert not journey.recovered
        return list(journey.history(500))


def test_a_read_only_journey_is_said_and_left_as_it_is(yard: Yard) -> None:
    play(yard, "shut", "take lamp", "quit")
    folder = yard.saves / "shut"
    with locked(folder):
        shown = play(yard, "shut", "look", humble=True)
        assert f"Nothing can be written in {folder}" in shown
        assert "> " not in shown
        for command in (("stats", "--journey", "shut"), ("journeys",), ("list",)):
            assert "Nothing can be written" not in yard.start(*command, humble=True).end()
    assert typed_in(folder) == ["take lamp", "quit"]


def test_a_disk_that_is_read_only_is_said(yard: Yard) -> None:
    play(yard, "frozen", "take lamp", "quit")
    folder = yard.saves / "frozen"
    shown = play(yard, "frozen", "look", locked=str(folder))
    if not shown:
        pytest.skip("no file system can be made read-only here")
    assert f"Nothing can be written in {folder}" in shown
    assert typed_in(folder) == ["take lamp", "quit"]


def test_no_journey_can_be_begun_where_nothing_can_be_written(yard: Yard) -> None:
    with locked(yard.saves):
        shown = play(yard, "never", "look", humble=True)
    assert f"Nothing can be written in {yard.saves / 'never'}" in shown
    assert not (yard.saves / "never").exists()


def test_a_draft_that_cannot_be_written_is_said_and_the_game_goes_on(yard: Yard) -> None:
    play(yard, "drafts", "cast hens", "write", *DRAFT, ".", "quit")
    folder = yard.saves / "drafts"
    with locked(folder / "spells"):
        shown = play(
            yard, "drafts", "write", "hens = 3", ".", "take lamp", "cast jar", "look", "quit",
            humble=True,
        )  # fmt: skip
    assert shown.count("Nothing can be written in") == 2
    assert "You take the lamp" in shown or "Taken" in shown
    assert (folder / "spells" / "barn" / "hens.py").read_text() == "\n".join(DRAFT) + "\n"
    assert typed_in(folder)[-2:] == ["look", "quit"]


def test_a_model_that_cannot_be_kept_is_said(yard: Yard) -> None:
    play(yard, "models", "quit")
    folder = yard.saves / "models"
    with locked(folder / "models"):
        shown = play(
            yard, "models", "cast jar", "write", "import torch",
            'torch.save(torch.rand(3), "jar.pt")', ".", "run", "quit", humble=True,
        )  # fmt: skip
    assert "The spell holds." in shown
    assert "`jar.pt` could not be kept" in shown.replace("\n", " ")
    shown = play(yard, "models", "cast jar", "run", "quit")
    assert (folder / "models" / "jar.pt").is_file()
    assert "could not be kept" not in shown


def test_a_backup_that_cannot_be_made_is_said(yard: Yard) -> None:
    play(yard, "backups", "quit")
    folder = yard.saves / "backups"
    with locked(folder / "backups"):
        shown = play(yard, "backups", "cast hens", "write", *DRAFT, ".", "run", "quit", humble=True)
    assert "The end of The barn" in shown
    assert "No backup could be made" in shown
    assert typed_in(folder)[-1] == "quit"


def _until(game: Game, word: str) -> None:
    at = len(game.shown)
    while word not in game.shown[at:]:
        assert game.read(30), game.shown


def _say(game: Game, line: str, word: str = "> ") -> str:
    at = len(game.shown)
    game.type([Line(line, "turn")])
    while word not in game.shown[at + len(line) + 1 :]:
        assert game.read(30), game.shown[at:]
    return " ".join(game.shown[at:].split())


def test_a_disk_that_fills_up_is_said_and_what_was_answered_stays(yard: Yard) -> None:
    place = yard.place / "small"
    place.mkdir(exist_ok=True)
    game = yard.start("play", "full", "--plain", "--saves", str(place), small=str(place))
    if not game.read(30) or "> " not in game.shown:
        game.linger(2)
    if not game.shown:
        game.kill()
        pytest.skip("no small file system can be had here")
    seen = Path(f"/proc/{game.pid}/root{place}")
    if not game.shown.endswith("> "):
        _until(game, "\n> ")
    _say(game, "take lamp")
    _say(game, "cast hens", "hens> ")
    _fill(seen / "filler")
    for _ in range(40):  # what there was room for in the log
        told = _say(game, "drop lamp")
        if "could not be saved" in told:
            break
        _say(game, "take lamp")
    assert "The disk is full" in told
    assert "The disk is full" in _say(game, "look")
    assert "The disk is full" in _say(game, "cast jar")
    game.type([Line(line, "turn") for line in ("write", "x = 1" * 4000, ".")])
    _until(game, "disk is full")  # all of it was heard before there is room again
    (seen / "filler").unlink()
    game.linger(0.5)
    assert "The barn" in _say(game, "look")
    copied = yard.place / "copied"
    shutil.copytree(seen / "full", copied)
    game.kill()
    yard.wait_until_gone()
    typed = typed_in(copied)
    assert typed[:2] == ["take lamp", "cast hens"]
    assert typed[-1] == "look"
    assert (copied / "spells" / "barn" / "hens.py").read_text().startswith("import torch")


def _fill(path: Path) -> None:
    size = 1 << 16
    with path.open("ab", buffering=0) as file:
        while size:
            try:
                if not file.write(b"\0" * size):
                    size //= 2
            except OSError:
                size //= 2


def test_a_journey_that_goes_away_while_it_is_played(yard: Yard) -> None:
    folder = yard.saves / "gone"
    game = yard.start("play", "gone", "--plain")
    _until(game, "\n> ")
    _say(game, "take lamp")
    folder.rename(yard.place / "elsewhere")
    for line in ("look", "cast hens", "write", "save"):
        assert "is gone" in _say(game, line), line
    shown = _say(game, "quit", "saved")
    assert "is gone" in shown
    game.end()
    yard.wait_until_gone()
    assert not folder.exists()
    assert not any(path.is_relative_to(folder) for path in yard.saves.rglob("*"))
    (yard.place / "elsewhere").rename(folder)
    assert typed_in(folder) == ["take lamp"]


def test_a_second_game_is_told_of_the_first(yard: Yard) -> None:
    game = yard.start("play", "twice", "--plain")
    _until(game, "\n> ")
    for command in (
        ("play", "twice", "--plain"),
        ("watch", "hens", "--journey", "twice"),
        ("watch", "--journey", "twice"),
        ("hint", "hens", "--journey", "twice"),
        ("reset", "hens", "--journey", "twice"),
    ):
        shown = " ".join(yard.start(*command).end().split())
        assert f"'twice' is open in another game (process {game.pid})" in shown
    assert "The barn" in _say(game, "look")
    assert yard.start("export", "twice", "twice.oz").end().startswith("The journey 'twice' is in")
    game.kill()
    yard.wait_until_gone()
    assert "The barn" in play(yard, "twice", "look", "quit")
