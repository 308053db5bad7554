"""Sibling files in another language: what they say is told, what they leave out is English, and
what they say of nothing is a fault by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.campaign import LessonsError, load
from oz.campaign.same_program import difference

STAGE = """\
title = "Kansas auf Deutsch"

[[goals]]
done = "passed:first-count"
text = "Zähl die Hühner."

[rooms.kitchen]
name = "Die Küche"
exits = { out = ["tür"] }

[things.ledger]
name = "das Rechnungsbuch"
nouns = ["rechnungsbuch", "buch"]
adjectives = ["alt"]
"""
STORY = """\
## room kitchen
Die Küche. Auf dem Tisch liegt das Buch.

---

Die Küche, kurz.

## thing table
Ein Tisch auf vier Beinen.
"""
SPELL = """\
+++
title = "Das erste Zählen"
goals = ["`hens` ist die Reihe 0 bis 6"]

[mistakes]
off-by-one = "Sie beginnt bei 1."

[trial]
"`hens` is the row 0 to 6" = "`hens` ist die Reihe von 0 bis 6"
+++
Mach eine Reihe aus sieben Zahlen.

## Hint
Eine Reihe hat eine erste Zahl.

## Hint
`torch.arange(7)`
"""
FOLDER = "01_kansas/spells/01_first_count"


@pytest.fixture
def german(lessons: Path) -> Path:
    """The good campaign, partly in German."""
    (lessons / "campaign.de.toml").write_text('title = "Oz, deutsch"\n', "utf-8")
    (lessons / "01_kansas" / "stage.de.toml").write_text(STAGE, "utf-8")
    (lessons / "01_kansas" / "story.de.md").write_text(STORY, "utf-8")
    (lessons / FOLDER / "spell.de.md").write_text(SPELL, "utf-8")
    return lessons


def faults(root: Path) -> list[str]:
    with pytest.raises(LessonsError) as raised:
        load(root, "de")
    return [f"{f.path.relative_to(root)}:{f.line}: {f.message}" for f in raised.value.faults]


def test_what_is_translated_is_told(german):
    told = load(german, "de")
    world = told.world
    assert (told.language, told.title) == ("de", "Oz, deutsch")
    assert world.stages["kansas"].title == "Kansas auf Deutsch"
    assert world.stages["kansas"].goals[0].text == "Zähl die Hühner."
    assert world.rooms["kansas/kitchen"].name == "Die Küche"
    tellings = [v.tellings for v in world.rooms["kansas/kitchen"].description.variants]
    assert tellings[-1] == ("Die Küche. Auf dem Tisch liegt das Buch.", "Die Küche, kurz.")
    assert world.things["kansas/table"].description.variants[0].tellings == (
        "Ein Tisch auf vier Beinen.",
    )


def test_what_is_left_out_is_told_in_english(german):
    german_, english = load(german, "de"), load(german, "en")
    for id in ("kansas/henry", "river/bank"):
        both = (
            german_.world.things | german_.world.rooms,
            english.world.things | english.world.rooms,
        )
        assert both[0].get(id) == both[1].get(id)
    kitchen = german_.world.rooms["kansas/kitchen"].description.variants[0]
    assert kitchen == english.world.rooms["kansas/kitchen"].description.variants[0]
    assert german_.world.stages["kansas"].topic == "Counting"
    assert german_.spells["kansas/first-count"].worth_knowing == "`arange` comes from APL's iota."


def test_english_is_not_touched(german, lessons):
    english = load(german, "en")
    assert english.title != "Oz, deutsch"
    assert english.spells["kansas/first-count"].also_called == ()


def test_words_of_both_languages_name_a_thing(german):
    ledger = load(german, "de").world.things["kansas/ledger"]
    assert ledger.nouns == ("rechnungsbuch", "buch", "ledger", "book")
    assert load(german, "de").world.rooms["kansas/kitchen"].exits[0].nouns == ("tür", "door")
    assert "The first count" in load(german, "de").world.offers["kansas/first-count"].nouns


def test_a_spell_is_told_and_its_trial_is_given_the_words(german):
    spell = load(german, "de").spells["kansas/first-count"]
    assert (spell.title, spell.also_called) == ("Das erste Zählen", ("The first count",))
    assert spell.briefing == "Mach eine Reihe aus sieben Zahlen."
    assert spell.mistakes[0].message == "Sie beginnt bei 1."
    assert dict(spell.phrases) == {"`hens` is the row 0 to 6": "`hens` ist die Reihe von 0 bis 6"}


def test_what_is_missing_is_named(german):
    gaps = [f"{gap.path.name}: {gap.message}" for gap in load(german, "de").gaps]
    assert "stage.toml: 'topic' is not translated" in gaps
    assert "spell.md: the mistake 'too-long' is not translated" in gaps
    assert "spell.md: the worth knowing is not translated" in gaps


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("01_kansas/stage.de.toml", "[things.ledger]", "[things.leger]",
         "01_kansas/stage.de.toml:11: 'things' has no 'leger' in English; did you mean 'ledger'?"),
        ("01_kansas/stage.de.toml", 'done = "passed:first-count"', 'done = "passed:nothing"',
         "01_kansas/stage.de.toml:4: no goal in English has this 'done'; say its 'when' too"),
        ("01_kansas/stage.de.toml", "out = [", "south = [",
         "01_kansas/stage.de.toml:9: no way leads south in English"),
        ("01_kansas/stage.de.toml", "adjectives", "portable",
         "01_kansas/stage.de.toml:14: unknown key 'portable'"),
        ("01_kansas/story.de.md", "## thing table", "## thing chair",
         "01_kansas/story.de.md:8: '## thing chair' is not in story.md"),
        ("01_kansas/story.de.md", "---\n", "\n",
         "01_kansas/story.de.md:1: '## room kitchen' has 1 tellings, in English 2"),
        (f"{FOLDER}/spell.de.md", "off-by-one", "off-by-two",
         f"{FOLDER}/spell.de.md:6: 'mistakes' has no 'off-by-two' in English"),
        (f"{FOLDER}/spell.de.md", '"`hens` is the row 0 to 6" =', '"`hens` is a row" =',
         f"{FOLDER}/spell.de.md:9: the trial says nothing like that"),
        (f"{FOLDER}/spell.de.md", "## Hint\n`torch", "## Hinweis\n`torch",
         f"{FOLDER}/spell.de.md:16: unknown section '## Hinweis'; headings stay English"),
        (f"{FOLDER}/spell.de.md", 'goals = ["', 'goals = ["eins", "',
         f"{FOLDER}/spell.de.md:3: there are 2 goals, in English 1"),
    ],
)  # fmt: skip
def test_what_english_does_not_have_is_a_fault(german, change, name, old, new, said):
    change(name, old, new)
    assert any(fault.startswith(said) for fault in faults(german)), faults(german)


def test_a_file_beside_another_takes_its_place(german):
    (german / FOLDER / "starter.de.py").write_text("hens = None  # hier\n", "utf-8")
    assert load(german, "de").spells["kansas/first-count"].starter.name == "starter.de.py"
    assert load(german, "en").spells["kansas/first-count"].starter.name == "starter.py"


PROGRAM = "02_river/spells/01_which_bank/program.de.py"
LINE = "print(tuple(torch.arange(6).reshape(2, 3).shape))"


def test_a_program_may_be_shown_with_other_comments(german):
    (german / PROGRAM).write_text(
        f"import torch  # das Haus\n\n{LINE}  # die Form\n",
        "utf-8",
    )
    assert load(german, "de").spells["river/which-bank"].program == german / PROGRAM


@pytest.mark.parametrize(
    ("shown", "line", "what"),
    [
        ("import torch\n\nprint((3, 2))\n", 3, "another line 3"),
        ("import torch\n\nprint('Form')\n", 3, "another"),
        (f"import torch\n# mehr\n\n{LINE}\n", 4, "in line 3"),
        ("import torch\n", 2, "goes on, in line 3"),
        (f"import torch\n\n{LINE}\nprint()\n", 4, "ended"),
        ("import torch\nprint((\n", 2, "not Python"),
    ],
)  # fmt: skip
def test_a_program_that_does_something_else_than_the_one_that_runs(german, shown, line, what):
    (german / PROGRAM).write_text(shown, "utf-8")
    (fault,) = faults(german)
    assert fault.startswith(f"{PROGRAM}:{line}: ")
    assert what in fault


def test_docstrings_may_differ_unless_the_program_reads_them():
    """Lines count: the questions speak of them."""
    quiet = 'def f():\n    """{}"""\n    return 1\n\nprint(f())\n'
    assert difference(quiet.format("One."), quiet.format("Eins.")) is None
    loud = quiet.replace("f())", "f.__doc__)")
    assert difference(loud.format("One."), loud.format("Eins.")) is not None
    assert difference("print('a')\n", "print('ä')\n") is not None
    assert difference("x = 1\ny = x + 1\n", "x = 1\ny = x - 1\n") is not None
    assert difference("x, y = 1, 2\n", "x, y = 2, 1\n") is not None
