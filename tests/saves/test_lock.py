"""One game at a time on a journey, and no lock outlives its game."""

import os
import signal
import subprocess
import sys

import pytest

from oz.saves import Journey, JourneyInUse, JourneyUnwritable, journeys

HOLD = """
import sys
from pathlib import Path
from oz.saves import Journey
with Journey.open(Path(sys.argv[1])) as journey:
    journey.add_turn("n", "", "{}", step=True)
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Another game, on the journey 'a'."""
    folder = tmp_path / "a"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as game:
        assert game.stdout.readline() == b"open\n"
        yield folder, game
        game.kill()


def test_a_second_game_is_told_which_one_holds_it(elsewhere):
    folder, game = elsewhere
    with pytest.raises(JourneyInUse) as caught:
        Journey.open(folder)
    assert caught.value.pid == game.pid
    assert caught.value.since is not None
    assert f"process {game.pid}" in str(caught.value)
    assert "since" in str(caught.value)


def test_the_list_says_it_is_in_use_and_does_not_disturb(elsewhere):
    folder, game = elsewhere
    (info,) = journeys(folder.parent)
    assert info.in_use == game.pid
    assert game.poll() is None


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_the_lock_of_a_killed_game_is_no_obstacle(elsewhere):
    folder, game = elsewhere
    os.kill(game.pid, signal.SIGKILL)
    game.wait()
    with Journey.open(folder) as journey:
        assert journey.history(9) == ("n",)
    assert journeys(folder.parent)[0].in_use is None


def test_the_same_process_cannot_open_it_twice(tmp_path):
    with Journey.open(tmp_path / "a"), pytest.raises(JourneyInUse):
        Journey.open(tmp_path / "a")
    Journey.open(tmp_path / "a").close()


def test_a_failed_opening_gives_the_lock_back(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "journey.sqlite3").mkdir()
    for _ in range(2):
        with pytest.raises(JourneyUnwritable):
            Journey.open(folder)


def test_nonsense_in_the_lock_file_does_not_matter(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "lock").write_bytes(b"\xff\x00[")
    with Journey.open(folder), pytest.raises(JourneyInUse):
        Journey.open(folder)
