"""What a trial says and what a player types to the game, from one language into the other."""

from __future__ import annotations

import pytest

from oz.session.typed import english
from oz.trial import phrases


@pytest.fixture
def learnt():
    phrases.learn(
        {
            "`book`: what {} say": "`book`: was {} sagen",
            "has {}": "hat {}",
            "is a `{}`": "ist ein `{}`",
            " of shape `{}`": " der Form `{}`",
            "on {}": "auf {}",
            "a Mac": "einem Mac",
            "{}": "nie",
        }
    )
    yield
    phrases.learn({})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("`book`: what numbers say", "`book`: was numbers sagen"),
        ("has 7", "hat 7"),
        ("is a `Tensor` of shape `(3,)`", "ist ein `Tensor` der Form `(3,)`"),
        ("on a Mac", "auf einem Mac"),
        ("on {nothing}", "auf {nothing}"),
        ("had 7", "had 7"),
        ("", ""),
    ],
)
def test_a_phrase_is_said_with_what_was_put_in(learnt, text, said):
    assert phrases.said(text) == said


def test_where_nothing_was_learnt_english_stays():
    assert phrases.said("has 7") == "has 7"


@pytest.mark.parametrize(
    ("line", "desk", "meant"),
    [
        ("ja", False, "yes"),
        ("Verlass", True, "leave"),
        ("zeig 3-5", True, "show 3-5"),
        ("zeig code", True, "show code"),
        ("zeile 4     return x", True, "line 4     return x"),
        ("einfügen 2 # Zeile", True, "insert 2 # Zeile"),
        ("zeig Henry das Ei", False, "zeig Henry das Ei"),
        ("hilfe pult", False, "help desk"),
        ("show", True, "show"),
        ("", True, ""),
    ],
)
def test_what_is_typed_to_the_game_is_put_into_its_words(monkeypatch, line, desk, meant):
    monkeypatch.setattr("oz.tongue._code", "de")
    assert english(line, desk=desk) == meant


def test_in_english_a_line_stays_as_it_was_typed():
    assert english("zeig 3-5", desk=True) == "zeig 3-5"
