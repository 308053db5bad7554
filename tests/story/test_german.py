# ruff: noqa: E501 - tables of cases
"""German names in sentences, and German commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oz.story.german.names import named, plain
from oz.story.model import Character, Text, Thing

ROOT = Path(__file__).resolve().parents[2]


def thing(name: str, **more: object) -> Thing:
    return Thing("", "", name, (), (), "", Text("", ()), **more)


@pytest.mark.parametrize(
    ("name", "more", "cases"),
    [
        ("der Eimer", {}, ("der Eimer", "den Eimer", "dem Eimer", "ein Eimer", "einen Eimer")),
        ("der alte Eimer", {},
         ("der alte Eimer", "den alten Eimer", "dem alten Eimer", "ein alter Eimer", "einen alten Eimer")),
        ("die Pumpe", {}, ("die Pumpe", "die Pumpe", "der Pumpe", "eine Pumpe", "eine Pumpe")),
        ("das kleine Bett", {},
         ("das kleine Bett", "das kleine Bett", "dem kleinen Bett", "ein kleines Bett", "ein kleines Bett")),
        ("die gelegten Steine", {"plural": True},
         ("die gelegten Steine", "die gelegten Steine", "den gelegten Steinen", "gelegte Steine", "gelegte Steine")),
        ("der Junge", {"cases": {"accusative": "den Jungen", "dative": "dem Jungen"}},
         ("der Junge", "den Jungen", "dem Jungen", "ein Junge", "einen Jungen")),
        ("das Heu", {"cases": {"one": "etwas Heu"}},
         ("das Heu", "das Heu", "dem Heu", "etwas Heu", "etwas Heu")),
        ("Tante Em", {}, ("Tante Em",) * 5),
        ("some hay", {}, ("the hay", "the hay", "the hay", "some hay", "some hay")),
    ],
)  # fmt: skip
def test_a_name_stands_in_every_case(name, more, cases):
    found = named(thing(name, **more))
    assert (found.the, found.whom, found.to, found.one, found.one_whom) == cases


def test_words_agree_with_gender_and_number():
    it = ("it", "them", "them_dat", "is", "s")
    told = [[named(thing(n, plural=p)).agreeing[word] for word in it]
            for n, p in (("der Hof", False), ("die Uhr", False), ("das Ei", False), ("die Eier", True))]  # fmt: skip
    assert told == [
        ["er", "ihn", "ihm", "ist", "t"],
        ["sie", "sie", "ihr", "ist", "t"],
        ["es", "es", "ihm", "ist", "t"],
        ["sie", "sie", "ihnen", "sind", "en"],
    ]


def test_somebody_without_article_has_the_gender_of_the_pronoun():
    em = Character("", "", "Tante Em", (), (), "", Text("", ()), pronoun="her")
    assert (named(em).agreeing["them"], named(em).pronouns) == ("sie", ("her", "them", "it"))


def test_a_place_is_named_inside_a_sentence():
    assert plain("Die Küche") == "die Küche"
    assert plain("Onkel Henrys Feld") == "Onkel Henrys Feld"


_PLAYS = """\
import json, sys
from oz.campaign import load
from oz.story import begin, step
from oz.story.complete import completions
world = load().world
state = begin(world).state
for line in json.load(sys.stdin):
    if line.startswith("?"):
        print(json.dumps(list(completions(world, state, line[1:]))))
        continue
    turn = step(world, state, line)
    state = turn.state
    told = [getattr(event, "text", type(event).__name__) for event in turn.events]
    print(json.dumps([state.room, *told]))
"""


def played(*lines: str) -> list[list[str]]:
    """What each line brings about in Kansas, in German, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _PLAYS], input=json.dumps(lines), capture_output=True, cwd=ROOT,
        text=True, check=True, env={**os.environ, "OZ_LANGUAGE": "de", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_german_commands_are_understood():
    said = {
        "schau dich um": "Die Küche",
        "untersuche die Waage": "Zwei Blechschalen",
        "sieh sie dir an": "Zwei Blechschalen",
        "betrachte das kleine Bett": "Dein eigenes",
        "sprich mit Tante Em": "Zehntel",
        "frag sie nach der Waage": "Jahrmarkt",
        "frag Tante Em, was float32 ist": "",
        "nimm bitte das Rechnungsbuch": "Lass das liegen",
        "lies das Rechenheft": "",
        "lege das Rechnungsbuch hin": "Du hast das Rechnungsbuch nicht.",
        "öffne die Tür": "",
        "oeffne den Schrank": "",
        "warte": "Du wartest",
        "lausche": "",
        "wo ist Toto": "Toto ist hier.",
        "nochmal": "Toto ist hier.",
        "nimm alles außer dem Rechnungsbuch": "Das Brot",
        "untersuche den Herd und die Waage": "Zwei Blechschalen",
        "geh nach Sueden, dann warte": "Der Hof",
        "n": "Die Küche",
        "geh zum Hof": "Der Hof",
        "norden": "Die Küche",
        "take ledger": "Lass das liegen",
        "blubbere": "kein Verb",
    }
    for (line, wanted), told in zip(said.items(), played(*said), strict=True):
        text = " ".join(told[1:])
        assert wanted in text, (line, told)
        if line != "blubbere":
            assert "kein Verb" not in text, (line, told)
            assert "kenne ich nicht" not in text, (line, told)


def test_completion_speaks_german():
    first, things, person = played("?untersuche ta", "?nimm ", "?frag tante em nach ")
    assert "untersuche tante em" in first
    assert all(line.startswith("nimm ") for line in things)
    assert person
    assert all(line.startswith("frag tante em nach ") for line in person)


_LED = """\
import json
from oz import campaign
from tests.story.test_guide import led
state, guide, typed, passed = led(campaign.load(None), 60)
print(json.dumps([typed, passed]))
"""


def test_the_guide_types_german():
    done = subprocess.run(
        [sys.executable, "-c", _LED], capture_output=True, cwd=ROOT, text=True, check=True,
        env={**os.environ, "OZ_LANGUAGE": "de", "PYTHONUTF8": "1"},
    )  # fmt: skip
    typed, passed = json.loads(done.stdout)
    assert {"munchkins/first-stones", "munchkins/harvest"} <= set(passed)
    home = typed[: typed.index("lass den Stein mit der 7 fallen")]
    for line in (
        "öffne den Schrank", "gib das Brot an Toto", "hinunter", "nimm das Rechnungsbuch", "süden",
        "durchsuche das dritte Nest", "frag die Gute Hexe des Nordens nach den Füßen",
        "zieh die silbernen Schuhe an", "nimm den Stein mit der 7",
    ):  # fmt: skip
        assert line in home, home
    assert not [line for line in home if {"the", "north", "ask", "take"} & set(line.split())]


def test_every_topic_is_understood_as_it_is_offered():
    """What the guide types after `frag … nach` is how a topic is offered, in the dative."""
    told = played(
        "sprich mit Tante Em", "frag Tante Em nach den Wirbelstürmen", "sprich mit Tante Em"
    )
    assert "Wirbelstürmen" in told[0][-1]
    assert "Wirbelstürmen" not in told[2][-1]


def test_small_faults_of_german_sentences():
    said = {
        "norden": "Von hier geht es nicht nach Norden.",
        "gib Tante Em den Korb": "so etwas",
        "öffne den Schrank": "Im Schrank siehst du etwas Brot.",
        "nimm das Brot": "Du nimmst das Brot aus dem Schrank.",
        "lade 1": "Ask",
        "sprich mit niemandem": "siehst du hier nicht: niemandem.",
        "untersuche die Füße": "siehst du hier nicht: füße.",
        "fluche": "mit anderen Worten",
    }
    for (line, wanted), told in zip(said.items(), played(*said), strict=True):
        assert wanted in " ".join(told[1:]), (line, told)


def test_a_pronoun_in_a_question_is_somebody_and_else_what_was_spoken_of_last():
    told = played(
        "untersuche die Waage", "frag sie nach dem Zaubern", "sprich mit ihr",
        "untersuche die Tassen", "untersuche sie", "untersuche die Waage", "untersuche sie",
        "untersuche den Herd", "untersuche ihn", "küss ihn", "öffne den Schrank", "frag sie nach Toto",
    )  # fmt: skip
    wanted = (
        "Blechschalen", "Auszaubern", "sagt Tante Em", "Sechs Haken", "Sechs Haken", "Blechschalen",
        "Blechschalen", "rostet", "rostet", "Toto", "Brot", "sagt Tante Em",
    )  # fmt: skip
    for text, lines in zip(wanted, told, strict=True):
        assert text in " ".join(lines[1:]), lines
