"""A new stage and a new spell pass the check, but for what is still to be written in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.campaign import load
from oz.cli import main
from oz.lessons_check import check_lessons
from oz.lessons_check.new import Refused, spell, stage


def todo(path: Path) -> int:
    texts = [p for p in path.rglob("*") if p.suffix in {".md", ".toml", ".py"}]
    return sum("TODO" in line for p in texts for line in p.read_text("utf-8").splitlines())


def test_a_new_stage_lacks_nothing_but_what_is_marked(tmp_path: Path) -> None:
    root = tmp_path / "lessons"
    stage(root, "green-hill")
    spell(root / "01_green_hill", "second-row")
    campaign = load(root)
    assert list(campaign.spells) == ["green-hill/spell", "green-hill/second-row"]
    faults = check_lessons(campaign)
    assert [f for f in faults if not f.message.startswith("still to be written: TODO")] == []
    assert len(faults) == todo(root) > 10


def test_a_stage_is_added_after_those_there_are(tmp_path: Path) -> None:
    stage(tmp_path, "one")
    assert stage(tmp_path, "two").name == "02_two"
    assert list(load(tmp_path).stages) == ["one", "two"]


def test_the_stage_before_leads_to_a_new_one_and_can_be_proven(tmp_path: Path) -> None:
    stage(tmp_path, "one")
    assert load(tmp_path).world.stages["one"].placement is None  # nothing comes after it
    stage(tmp_path, "two")
    campaign = load(tmp_path)
    first, last = (campaign.world.stages[id].placement for id in ("one", "two"))
    assert first is not None
    assert (first.spell, last) == ("one/spell", None)
    faults = check_lessons(campaign)
    assert [f for f in faults if not f.message.startswith("still to be written: TODO")] == []
    assert len(faults) == todo(tmp_path)


def test_a_stage_that_was_written_on_is_left_as_it_is(tmp_path: Path) -> None:
    made = stage(tmp_path, "one")
    page = made / "stage.toml"
    page.write_text(page.read_text("utf-8").replace("# north =", "# west ="), "utf-8")
    before = page.read_text("utf-8"), (made / "story.md").read_text("utf-8")
    stage(tmp_path, "two")
    assert (page.read_text("utf-8"), (made / "story.md").read_text("utf-8")) == before


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("stage", "Green Hill"), "is no name"),
        (("stage", "one"), "a stage 'one' in"),
        (("spell", "spell"), "is no stage"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, str], says: str
) -> None:
    stage(tmp_path, "one")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SystemExit) as left:
        main(["lessons", "new", *args, "--in", str(tmp_path)])
    assert left.value.code == 2
    assert says in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_spell_is_made_once(tmp_path: Path) -> None:
    made = stage(tmp_path, "one")
    spell(made, "again")
    with pytest.raises(Refused, match="a spell 'again'"):
        spell(made, "again")
