"""The road played from end to end, in real processes, word for word as it was."""

from __future__ import annotations

import re

import pytest

from tests.plain import golden

_COLD = "kansas-de"
"""The walk that waits for PyTorch to be imported, as a player does, with the one after it."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> golden.Played:
    return golden.Played(tmp_path_factory.mktemp("golden"))


def _marks(name: str) -> list[pytest.MarkDecorator]:
    first = golden.begins(name)
    return [pytest.mark.xdist_group(first), *([pytest.mark.cold] if first == _COLD else [])]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    # walks that go on where another ended are played by one worker, so that each is walked once
    [pytest.param(n, marks=_marks(n)) for n in golden.walks()],
)
def test_the_walk_reads_as_it_did(
    name: str, played: golden.Played, request: pytest.FixtureRequest
) -> None:
    now = played.play(name)
    if request.config.getoption("--update-golden", default=False):
        (golden.FOLDER / f"{name}.txt").write_text(now, "utf-8")
    if told := golden.difference(name, now):
        pytest.fail(told, pytrace=False)  # whole: an assertion would cut it short


@pytest.mark.parametrize("name", golden.walks())
def test_a_transcript_names_no_path_of_the_machine_it_was_made_on(name: str) -> None:
    stored = (golden.FOLDER / f"{name}.txt").read_text("utf-8")
    assert not re.findall(r".*site-packages.*|.*/(?:root|home)/.*", stored)
