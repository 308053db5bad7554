"""From a spell to a job: what the spell's file says is what the crucible is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from oz import campaign
from oz.crucible import Crucible
from oz.crucible.model import Finished, Reason
from oz.spells.job import judging
from oz.spells.model import Spell
from oz.spells.needs import missing, said

GOOD = Path(__file__).parents[1] / "lessons" / "good"
LIAR = (
    "import torch\n"
    "class Yes(torch.Tensor):\n"
    "    @classmethod\n"
    "    def __torch_function__(cls, f, types, args=(), kwargs=None):\n"
    "        return True\n"
    "hens = torch.zeros(3).as_subclass(Yes)\n"
)


@pytest.fixture
def spell(tmp_path: Path) -> Spell:
    """The first spell of the good campaign, judged apart."""
    lessons = Path(shutil.copytree(GOOD, tmp_path / "lessons"))
    page = next(lessons.glob("01_kansas/spells/*/spell.md"))
    text = page.read_text("utf-8").replace('kind = "cast"', 'kind = "cast"\napart = true', 1)
    page.write_text(text, "utf-8")
    return campaign.load(lessons).spells["kansas/first-count"]


def test_a_spell_is_judged_in_its_own_process_unless_it_says_so(spell: Spell) -> None:
    other = campaign.load(GOOD).spells["kansas/first-count"]
    assert judging(spell, spell.solution).apart
    assert not judging(other, other.solution).apart


@pytest.mark.asyncio(loop_scope="session")
async def test_judged_apart_the_answer_passes_and_a_liar_does_not(
    spell: Spell, crucible: Crucible
) -> None:
    async def reason(**more: str) -> Reason:
        events = [event async for event in crucible.run(judging(spell, spell.solution, **more))]
        end = events[-1]
        assert isinstance(end, Finished)
        return end.reason

    assert await reason() is Reason.PASSED
    assert await reason(source=LIAR) is not Reason.PASSED


def needing(lessons: Path, package: str) -> Spell:
    """The first spell of the good campaign, which says that it needs `package`."""
    page = next(lessons.glob("01_kansas/spells/*first_count/spell.md"))
    text = page.read_text("utf-8").replace(
        'kind = "cast"', f'kind = "cast"\nneeds = ["{package}"]', 1
    )
    page.write_text(text, "utf-8")
    return campaign.load(lessons).spells["kansas/first-count"]


def test_a_package_that_is_there_is_not_spoken_of(tmp_path: Path) -> None:
    lessons = Path(shutil.copytree(GOOD, tmp_path / "lessons"))
    spell = needing(lessons, "pytest")
    assert missing(spell) == ()
    assert said(spell) == ""


def test_a_package_that_is_missing_is_said_with_the_command_that_brings_it(tmp_path: Path) -> None:
    lessons = Path(shutil.copytree(GOOD, tmp_path / "lessons"))
    words = said(needing(lessons, "moonbeams"))
    assert words.startswith("`moonbeams` is not installed here")
    assert "`pip install moonbeams`" in words
