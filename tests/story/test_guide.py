"""The guide leads to every spell and to the end, and types nothing for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from oz import campaign
from oz.campaign import Campaign
from oz.story import begin, spell_passed, step
from oz.story.guide import Guide
from oz.story.state import State

GOOD = Path(__file__).parents[1] / "lessons" / "good"


def led(lore: Campaign, most: int) -> tuple[State, Guide, list[str], list[str]]:
    """Go where the guide leads, passing each spell that waits; what was typed, what passed."""
    guide, state = Guide(lore.world), begin(lore.world).state
    typed: list[str] = []
    passed: list[str] = []
    while len(typed) < most:
        line = guide.next(state)
        if line is not None:
            typed.append(line)
            state = step(lore.world, state, line).state
        elif waiting := guide.waiting(state):
            passed.append(waiting[0])
            state = spell_passed(lore.world, state, waiting[0]).state
        else:
            break
    return state, guide, typed, passed


def test_a_small_road() -> None:
    state, guide, typed, passed = led(campaign.load(GOOD), 50)
    assert guide.finished(state)
    assert passed == ["kansas/first-count", "river/which-bank"]
    assert typed[-1] == "east"
    assert "touch the hen" in typed
    assert len(typed) < 15


def test_where_there_is_no_road_it_ends() -> None:
    lore = campaign.load(GOOD)
    guide, state = Guide(lore.world), begin(lore.world).state
    state = spell_passed(lore.world, state, "kansas/first-count").state
    for _ in range(500):  # nothing that is typed ever does anything
        if guide.next(state) is None:
            break
    assert guide.next(state) is None
    assert not guide.finished(state)


@pytest.mark.slow
def test_the_whole_road() -> None:
    lore = campaign.load(None)
    state, guide, typed, passed = led(lore, 2000)
    assert guide.finished(state)
    assert sorted(passed) == sorted(lore.spells)
    assert len(typed) < 8 * len(lore.spells)
