"""The map drawn in characters."""

from __future__ import annotations

from oz.session.model import Place
from oz.tui.typeset import Block
from oz.tui.widgets.panel import draw_map, road
from tests.tui.fake import FakeSession


def place(name: str, column: int, row: int, *exits: tuple[str, str, bool], **more: bool) -> Place:
    return Place(
        id=name,
        name=name,
        column=column,
        row=row,
        here=more.get("here", False),
        visited=more.get("visited", True),
        exits=exits,
        spell_waiting=more.get("spell", False),
    )


def test_rooms_are_dots_and_ways_are_lines():
    places = [
        place("a", 0, 0, ("east", "b", True), ("south", "c", False), here=True),
        place("b", 1, 0, ("west", "a", True), ("southwest", "c", True), spell=True),
        place("c", 0, 1, visited=False),
    ]
    assert draw_map(places) == [
        "◉─────✦",
        "┆  ╱",
        "○",
    ]


def test_a_way_past_rooms_is_a_long_line():
    places = [place("a", 0, 0, ("east", "b", True)), place("b", 2, 0)]
    assert draw_map(places) == ["●───────────●"]


def test_columns_and_rows_may_be_negative_and_ways_may_lead_off_the_map():
    places = [place("a", -2, -1, ("up", "b", True), ("north", "nowhere", True)), place("b", -1, 0)]
    assert draw_map(places) == ["●", "", "      ●"]


def test_no_rooms_no_map():
    assert draw_map([]) == []


def test_the_road_is_told_as_far_as_it_is_known():
    stages = {"kansas": "Kansas", "munchkins": "Munchkins", "road": "Bricks", "field": "Field"}
    told = lines(road("munchkins", stages))
    assert told == ["The road", "●  Kansas  done", "◉  Munchkins  here", "○  and 2 stages ahead"]
    assert lines(road("field", stages))[-1] == "◉  Field  here"
    assert road("nowhere", stages) == []


def lines(blocks: list[Block]) -> list[str]:
    return [f"{getattr(block.lead, 'plain', block.lead)}{block.content.plain}" for block in blocks]


def test_a_stage_that_was_proven_is_told_from_one_that_was_walked():
    stages = {"kansas": "Kansas", "munchkins": "Munchkins", "road": "Bricks", "field": "Field"}
    told = lines(road("field", stages, {"Kansas": 3, "Munchkins": 1, "Bricks": 0}))
    assert told[1:] == [
        "◇  Kansas  proven, 3 spells left",
        "◇  Munchkins  proven, 1 spell left",
        "◇  Bricks  proven",
        "◉  Field  here",
    ]


async def test_ways_to_where_one_has_not_been_and_to_other_stages_are_named(playing, tmp_path):
    session = FakeSession(tmp_path / "spells")
    here = place("Meadow", 0, 0, ("east", "wood", True), ("south", "barn", False), here=True)
    session.more = {"places": (here,), "known": {"wood": "The wood"}}
    async with playing(size=(120, 40), session=session) as game:
        await game.until_text("east      The wood")
        assert "south     not seen yet" in game.text


async def test_the_panel_is_read_on_in_once_the_story_is_at_its_end(playing):
    async with playing() as game:
        assert "PgDn" not in game.text
        await game.pilot.press("f2")
        await game.until_text("PgDn More")
        await game.pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await game.until_text("◉  Kansas  here")
        await game.until(lambda: "PgDn" not in game.text, "the end")
        await game.pilot.press("pageup", "pageup", "pageup", "pageup")
        await game.until_text("  Map\n")


async def test_the_road_is_in_the_panel_and_turned_to_by_word(playing):
    for size in ((80, 24), (120, 40)):
        async with playing(size=size) as game:
            await game.type("stages")
            await game.until_text("◉  Kansas  here")
            assert game.session.lines == []
