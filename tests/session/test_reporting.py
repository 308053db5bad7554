"""'report' in the game: after a real training, its curve is in the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.saves.keepsakes import KeptCurve, keepsakes
from tests.session.conftest import Player, listed, verdicts

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPELL = "glade/round"
ANSWER = Path(__file__).parents[2] / "lessons/06_glade/spells/04_round/solution.py"


async def test_a_training_is_kept_and_told_in_the_report(player: Player) -> None:
    session = player.session
    session.write_draft(SPELL, ANSWER.read_text("utf-8"))
    (judged,) = verdicts(await listed(session.cast(SPELL)))
    assert judged.verdict.passed
    (cast,) = keepsakes(session.folder)
    loss = next(one for one in cast.kept if isinstance(one, KeptCurve))
    assert loss.name.startswith("loss")
    assert loss.points[-1][1] < loss.points[0][1]
    said = await player.reads("report")
    page = (session.folder / "report.html").read_text("utf-8")
    assert "report.html" in said
    assert '<polyline class="now"' in page
    assert (session.folder / "report.txt").read_text("utf-8").count("* ") >= 1
