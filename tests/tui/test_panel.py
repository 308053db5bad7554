"""The map drawn in characters."""

from __future__ import annotations

from oz.session.model import Place
from oz.tui.widgets.panel import draw_map, road


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
    told = [block.content.plain for block in road("munchkins", stages)]
    assert told == ["The road", "●  Kansas  done", "◉  Munchkins  here", "○  and 2 stages ahead"]
    assert road("field", stages)[-1].content.plain == "◉  Field  here"
    assert road("nowhere", stages) == []


async def test_the_road_is_in_the_panel_and_turned_to_by_word(playing):
    for size in ((80, 24), (120, 40)):
        async with playing(size=size) as game:
            await game.type("stages")
            await game.until_text("◉  Kansas  here")
            assert game.session.lines == []
