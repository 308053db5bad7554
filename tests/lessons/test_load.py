"""The loader: what it makes of a good campaign, and how it refuses a broken one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oz.campaign import LessonsError, default_root, load
from oz.spells.model import Kind
from oz.story.model import Character, Term

Change = Callable[[str, str, str], int]

STAGE = "01_kansas/stage.toml"
STORY = "01_kansas/story.md"
SPELL = "01_kansas/spells/01_first_count/spell.md"
PREDICT = "02_river/spells/01_which_bank/spell.md"


def refusal(root: Path) -> list[str]:
    """The faults of the lessons in `root`, with paths relative to it."""
    with pytest.raises(LessonsError) as caught:
        load(root)
    return [
        f"{fault.path.relative_to(root)}:{fault.line}: {fault.message}"
        for fault in caught.value.faults
    ]


def test_a_good_campaign_becomes_the_model(lessons: Path) -> None:
    campaign = load(lessons)
    world = campaign.world
    assert list(world.stages) == ["kansas", "river"]
    assert list(campaign.spells) == ["kansas/first-count", "river/which-bank"]
    assert world.start == "kansas/kitchen"
    assert world.opening is not None
    assert world.max_score == 5 + 5 + 1 + 2
    assert campaign.teaches["river"] == ("Tensor.reshape",)
    assert campaign.references["torch.arange"].example == "print(torch.arange(3))"
    out = world.rooms["kansas/kitchen"].exits[0]
    assert (out.direction, out.to) == ("out", "kansas/yard")
    assert out.when == (Term("passed", "kansas/first-count"),)
    east = world.rooms["kansas/yard"].exits[1]
    assert east.when == (
        Term("flag", "kansas/called"),
        Term("here", "kansas/hen", negated=True),
    )
    assert world.stages["kansas"].finished == (Term("passed", "kansas/first-count"),)


def test_texts_keep_variants_and_tellings(lessons: Path) -> None:
    text = load(lessons).world.rooms["kansas/kitchen"].description
    first, second = text.variants
    assert first.when == (Term("passed", "kansas/first-count"),)
    assert second.when == ()
    assert len(second.tellings) == 2
    assert second.tellings[1] == "The kitchen, the table, and Uncle Henry."


def test_characters_and_rules(lessons: Path) -> None:
    world = load(lessons).world
    henry = world.things["kansas/henry"]
    assert isinstance(henry, Character)
    assert henry.pronoun == "him"
    assert [effect.name for effect in henry.topics[0].do] == ["score"]
    rule = world.rules[0]
    assert (rule.id, rule.thing) == ("kansas/touch-hen-hen-goes", "kansas/hen")
    assert [(e.name, e.target, e.place) for e in rule.do] == [
        ("set", "kansas/called", ""),
        ("move", "kansas/hen", "nowhere"),
    ]


def test_spells(lessons: Path) -> None:
    spells = load(lessons).spells
    count, bank = spells.values()
    assert (count.kind, count.title, count.seconds) == (Kind.CAST, "The first count", 10.0)
    assert count.draft_name == "first-count.py"
    assert count.hints == ("A row has a first number.", "`torch.arange(7)`")
    assert count.worth_knowing.startswith("`arange`")
    assert [path.name for path in count.right] == ["by_hand.py"]
    assert len(count.wrong) == 4
    assert bank.program is not None
    assert bank.questions[0].id == "first"


def test_places_are_known_by_line(lessons: Path) -> None:
    campaign = load(lessons)
    path, line = campaign.where("mistake kansas/first-count too-long")
    assert path == lessons / SPELL
    assert path.read_text("utf-8").split("\n")[line - 1] == "[[mistakes]]"
    path, line = campaign.where("exit kansas/yard east")
    assert path.read_text("utf-8").split("\n")[line - 1].startswith("east = ")
    passage = next(p for p in campaign.passages if p.key == "kansas/room yard")
    assert passage.path.read_text("utf-8").split("\n")[passage.line - 1] == passage.text


BREAKS = [
    # campaign.toml
    ("campaign.toml", "format = 1", "format = 2", "this game reads format 1"),
    ("campaign.toml", 'title = "A small road"', "titel = 1", "did you mean 'title'"),
    ("campaign.toml", '"02_river"]', '"02_rivr"]', "no folder '02_rivr'; did you mean '02_river'"),
    ("campaign.toml", '"opening"', '"openning"', "no '## say openning'"),
    ("campaign.toml", 'format = 1', 'format = "1"', "'format' must be a whole number"),
    # stage.toml
    (STAGE, 'title = "Kansas"', 'title = "Kansas', "not TOML"),
    (STAGE, "core = true", 'core = "yes"', "'core' must be true or false"),
    (STAGE, "minutes", "minuts", "unknown key 'minuts'; did you mean 'minutes'"),
    (STAGE, 'start = "kitchen"', 'start = "kitchn"', "no room 'kitchn'; did you mean 'kitchen'"),
    (STAGE, 'start = "kitchen"', 'start = "river/bank"', "must be a room of this stage"),
    (STAGE, 'in = "kitchen"\neast', 'inn = "kitchen"\neast', "unknown direction 'inn'"),
    (STAGE, "to = \"river/bank\"", "to = \"river/bnak\"", "no room 'river/bnak'"),
    (STAGE, "flag:called", "flg:called", "unknown test 'flg:'; did you mean 'flag'"),
    (STAGE, "flag:called and", "flag:called or", "a condition knows no 'or'"),
    (STAGE, "flag:called", "flag:caled", "nothing sets the flag 'kansas/caled'"),
    (STAGE, "not here:hen", "not here:cat", "no thing or character 'cat'"),
    (STAGE, '"talked:henry.hens"', '"talked:henry.hats"', "no topic 'henry.hats'"),
    (STAGE, '"talked:henry.hens"', '"talked:henry"', "must name CHARACTER.TOPIC"),
    (STAGE, '"visited:kitchen"', '"at:ledger"', "must be at:THING=PLACE"),
    (STAGE, '"set called"', '"sett called"', "unknown effect 'sett called'; did you mean 'set'"),
    (STAGE, '"move hen to nowhere"', '"move hen nowhere"', "must be 'move THING to PLACE'"),
    (STAGE, "score 2 hens", "score two hens", "must be 'score POINTS KEY'"),
    (STAGE, "score 2 hens", "score 2 hats", "has no '## score hats'; known: hens"),
    (STAGE, 'say = "hen-goes"', 'say = "hen-gone"', "write '## say hen-gone'"),
    (STAGE, 'on = "touch"', 'on = "tuch"', "unknown verb 'tuch'; did you mean 'touch'"),
    (STAGE, 'id = "table"', 'id = "ledger"', "the id 'ledger' is used already"),
    (STAGE, 'id = "table"', 'id = "The Table"', "'The Table' is no id"),
    (STAGE, 'nouns = ["table"]', 'nouns = "table"', "'nouns' must be a list of texts"),
    (STAGE, 'nouns = ["table"]', 'nouns = ["Table"]', "'Table' must be lower-case"),
    (STAGE, 'nouns = ["table"]\n', "", "'nouns' is missing"),
    (STAGE, "print(torch.arange(7))", "print(torch.arange(7)", "the snippet is not Python"),
    (STAGE, 'pronoun = "him"', 'pronoun = "he"', "'pronoun' must be one of him, her, it, them"),
    (STAGE, 'spell = "first-count"', 'spell = "first-cont"', "no spell 'first-cont'"),
    (STAGE, "map = [1, 0]", "map = [1]", "'map' must be [column, row]"),
    # story.md
    (STORY, "## room yard", "## romm yard", "unknown kind of text 'romm'; did you mean 'room'"),
    (STORY, "## room yard", "## room yrad", "belongs to nothing; did you mean 'yard'"),
    (STORY, "## room kitchen\n", "## room kitchen | when passed:nothing\n", "no spell 'nothing'"),
    (STORY, "## score hens", "## score", "after 'score' comes one word"),
    (STORY, "A table with four legs.", "", "'## thing table' has no text under it"),
    (STORY, "## room yard", "## room kitchen", "is there already"),
    (STORY, "# Kansas", "Kansas", "text before the first heading"),
    (STORY, "## say hen-goes", "## say hen-stays", "no rule and no effect names it"),
    # spell.md
    (SPELL, "+++\ntitle", "++\ntitle", "must begin with front matter"),
    (SPELL, 'kind = "cast"', 'kind = "caste"', "unknown kind 'caste'; did you mean 'cast'"),
    (SPELL, 'kind = "cast"', 'kind = "predict"', "needs [[questions]]"),
    (SPELL, 'title = "The', 'title = The', "not TOML"),
    (SPELL, 'id = "too-long"', 'id = "off-by-one"', "the mistake 'off-by-one' is there already"),
    (SPELL, 'id = "too-long"', 'id = "too-long"\nerror = "("', "no regular expression"),
    (SPELL, "goals =", "gaols =", "unknown key 'gaols'"),
    (SPELL, "## Worth knowing", "## Worth nothing", "unknown section '## Worth nothing'"),
    (SPELL, "\nA row has a first number.\n", "", "'## Hint' has no text under it"),
    (PREDICT, 'id = "first"', 'id = "the first"', "must be a Python name"),
    ("01_kansas/reference.md", "`torch.arange(start=0, end, step=1)`\n", "", "needs its signature"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), BREAKS)
def test_each_fault_is_refused_by_file_and_line(
    lessons: Path, change: Change, name: str, old: str, new: str, said: str
) -> None:
    change(name, old, new)
    faults = refusal(lessons)
    assert any(said in fault for fault in faults), faults
    file, line, _ = next(fault for fault in faults if said in fault).split(":", 2)
    assert (lessons / file).is_file()
    assert int(line) >= 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STAGE, "not here:hen", "not here:cat"),
        (STAGE, '"set called"', '"sett called"'),
        (STAGE, 'nouns = ["table"]', 'nouns = "table"'),
        (STORY, "## score hens", "## score hats"),
        (SPELL, 'kind = "cast"', 'kind = "caste"'),
        (SPELL, "## Worth knowing", "## Worth nothing"),
    ],
)
def test_the_line_is_the_line(lessons: Path, change: Change, name: str, old: str, new: str) -> None:
    line = change(name, old, new)
    assert any(fault.startswith(f"{name}:{line}: ") for fault in refusal(lessons))


def test_a_way_that_can_be_shut_needs_a_reason(lessons: Path, change: Change) -> None:
    change(STORY, "## exit yard east", "## say nothing-much")
    line = change(STAGE, "east = {", "east = {")
    assert any(f"{STAGE}:{line}: " in f and "nothing says why" in f for f in refusal(lessons))


@pytest.mark.parametrize(
    "name",
    [
        "campaign.toml",
        "01_kansas/stage.toml",
        "01_kansas/story.md",
        SPELL,
        "01_kansas/spells/01_first_count/starter.py",
        "01_kansas/spells/01_first_count/solution.py",
        "01_kansas/spells/01_first_count/trial.py",
        "02_river/spells/01_which_bank/program.py",
    ],
)
def test_each_required_file_is_missed_by_name(lessons: Path, name: str) -> None:
    (lessons / name).unlink()
    assert any(f.startswith(f"{name}:0: ") and "is missing" in f for f in refusal(lessons))


@pytest.mark.parametrize("name", ["campaign.toml", STAGE, STORY, SPELL, "01_kansas/reference.md"])
def test_bytes_that_are_not_utf8_are_named_by_line(lessons: Path, name: str) -> None:
    path = lessons / name
    data = path.read_bytes()
    first, rest = data.split(b"\n", 1)
    path.write_bytes(first + b"\n# caf\xe9\n" + rest)
    assert any(f.startswith(f"{name}:2: byte 0xe9") for f in refusal(lessons))


def test_windows_line_ends_and_a_mark_are_no_fault(lessons: Path) -> None:
    for path in lessons.rglob("*.*"):
        if path.is_file():
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(lessons).title == "A small road"


def test_all_faults_are_told_at_once(lessons: Path, change: Change) -> None:
    change(STAGE, "minutes", "minuts")
    change(STORY, "## score hens", "## score hats")
    change(SPELL, "goals =", "gaols =")
    files = {fault.split(":")[0] for fault in refusal(lessons)}
    assert {STAGE, STORY, SPELL} <= files


def test_the_error_reads_as_lines_an_editor_can_open(
    lessons: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lessons)
    line = change(STAGE, "minutes", "minuts")
    with pytest.raises(LessonsError) as caught:
        load(lessons)
    said = str(caught.value).split("\n")
    assert said[0] == "The lessons have a fault:"
    assert said[1] == f"  {STAGE}:{line}: unknown key 'minuts'; did you mean 'minutes'?"


def test_the_root_can_be_chosen(lessons: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZ_LESSONS", str(lessons))
    assert default_root() == lessons
    monkeypatch.delenv("OZ_LESSONS")
    assert default_root().name in {"lessons", "_lessons"}


def test_no_code_of_the_lessons_is_run(lessons: Path) -> None:
    trap = "raise SystemExit('the loader ran a file of the lessons')\n"
    for path in lessons.rglob("*.py"):
        path.write_text(trap)
    load(lessons)


def test_loading_needs_neither_torch_nor_a_screen(lessons: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from oz.campaign import load; "
        f"load(Path({str(lessons)!r})); "
        "print([m for m in ('torch', 'numpy', 'textual', 'rich', 'pytest') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
