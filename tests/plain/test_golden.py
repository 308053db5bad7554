"""Both stages played from end to end, in real processes, word for word as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain import golden


@pytest.mark.slow
@pytest.mark.parametrize("name", golden.walks())
def test_the_walk_reads_as_it_did(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    now = golden.play(name, tmp_path / "saves")
    if request.config.getoption("--update-golden", default=False):
        (golden.FOLDER / f"{name}.txt").write_text(now, "utf-8")
    assert not golden.difference(name, now)
