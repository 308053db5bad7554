"""The panel beside the story: the map of the stage, what to do, what Dorothy carries, the road."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.content import Content

from oz.session.model import Status
from oz.story.speech import SPEECH
from oz.story.views import Place
from oz.tongue import _, ngettext
from oz.tui.telling import STATES
from oz.tui.typeset import Block, plain, typeset
from oz.tui.widgets.prose import Prose

HERE, SEEN, PROVEN, UNSEEN, SPELL = "◉", "●", "◇", "○", "✦"
_COLUMNS, _ROWS = 6, 2
"""Cells from one room to the next."""
_STEPS = {
    "north": (0, -1), "northeast": (1, -1), "east": (1, 0), "southeast": (1, 1),
    "south": (0, 1), "southwest": (-1, 1), "west": (-1, 0), "northwest": (-1, -1),
}  # fmt: skip
_LINES = {(1, 0): "─", (0, 1): "│", (1, 1): "╲", (1, -1): "╱"}
_SHUT = {(1, 0): "┄", (0, 1): "┆", (1, 1): "╲", (1, -1): "╱"}


def draw_map(places: Sequence[Place]) -> list[str]:
    """The rooms as dots and the ways between them as lines; equal input gives equal lines."""
    if not places:
        return []
    left = min(place.column for place in places)
    top = min(place.row for place in places)
    width = (max(place.column for place in places) - left) * _COLUMNS + 1
    height = (max(place.row for place in places) - top) * _ROWS + 1
    grid = [[" "] * width for _ in range(height)]
    at = {
        place.id: ((place.column - left) * _COLUMNS, (place.row - top) * _ROWS) for place in places
    }
    for place in places:
        for direction, beyond, is_open in place.exits:
            if beyond in at and direction in _STEPS:
                _draw_way(grid, at[place.id], at[beyond], is_open=is_open)
    for place in places:
        column, row = at[place.id]
        grid[row][column] = _dot(place)
    return ["".join(row).rstrip() for row in grid]


def _dot(place: Place) -> str:
    if place.here:
        return HERE
    if place.spell_waiting:
        return SPELL
    return SEEN if place.visited else UNSEEN


def _draw_way(
    grid: list[list[str]], start: tuple[int, int], end: tuple[int, int], *, is_open: bool
) -> None:
    """A line along a row, a column or a diagonal; other ways are only named among the exits."""
    (x, y), (to_x, to_y) = min(start, end), max(start, end)
    dx, dy = to_x - x, to_y - y
    if not (dx == 0 or dy == 0 or abs(dy) * _COLUMNS == dx * _ROWS):
        return
    step = (_sign(dx), _sign(dy))
    line = (_LINES if is_open else _SHUT)[step if step in _LINES else (0, 1)]
    steps = abs(dx) if dy == 0 else abs(dy)
    for number in range(1, steps):
        column = x + (number if dy == 0 else round(dx * number / steps))
        row = y + _sign(dy) * (0 if dy == 0 else number)
        if grid[row][column] == " " or is_open:
            grid[row][column] = line


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def road(
    here: str, stages: Mapping[str, str], proven: Mapping[str, int] | None = None
) -> list[Block]:
    """The whole road as far as it is known: stages that lie behind, the one that is walked, and how
    many are still to come, which have no names yet. `proven`: by title, how many spells were left
    out of those that were not walked."""
    if here not in stages:
        return []
    at = list(stages).index(here)
    titles = list(stages.values())
    ahead = len(titles) - at - 1
    rows = [_behind(title, (proven or {}).get(title)) for title in titles[:at]]
    told = Content.assemble((titles[at], "strong"), (_("  here"), "cue"))
    rows.append(Block(told, lead=Content.styled(f"{HERE}  ", "map"), gap=0))
    if ahead:
        told = Content.styled(
            ngettext("and {ahead} stage ahead", "and {ahead} stages ahead", ahead).format(
                ahead=ahead
            ),
            "cue",
        )
        rows.append(Block(told, lead=Content.styled(f"{UNSEEN}  ", "cue"), gap=0))
    rows[0] = replace(rows[0], gap=1)
    return [Block(plain(_("The road"), "heading")), *rows]


def _behind(title: str, left: int | None) -> Block:
    """A stage that lies behind; `left`: how many spells were left out where it was proven."""
    if left is None:
        sign, word = SEEN, _("done")
    else:
        sign, word = PROVEN, _("proven")
        if left:
            word = ngettext("proven, {left} spell left", "proven, {left} spells left", left).format(
                left=left
            )
    role = "cue" if left else "ok"
    return Block(
        Content.assemble(f"{title}  ", (word, role)),
        lead=Content.styled(f"{sign}  ", role),
        gap=0,
    )


class Panel(Prose):
    """Map, goals and belongings of a `Status`."""

    _wanted = ""
    """The section to turn to when there is something to turn."""

    def show(self, status: Status, stages: Mapping[str, str] | None = None) -> None:
        """Show how things stand; `stages`: titles of all stages, by id, in the order of the
        road."""
        at = self.scroll_offset.y
        self.set_blocks(
            [
                *self._map(status),
                *self._goals(status),
                *self._carried(status),
                *self._spells(status),
                *road(status.stage, stages or {}, {t: len(left) for t, left in status.proven}),
            ]
        )
        self.scroll_to(y=at, animate=False)

    def turn_to(self, section: str) -> None:
        """Scroll to the section with this heading, once the panel has a size."""
        self._wanted = section
        if self.size:
            self._turn()

    def on_resize(self) -> None:
        super().on_resize()
        self._turn()

    def _turn(self) -> None:
        section, self._wanted = self._wanted, ""
        for number, line in enumerate(self.text.split("\n")):
            if section and line.strip() == section:
                self.reveal(number)
                return

    def _map(self, status: Status) -> list[Block]:
        lines = draw_map(status.places)
        if not lines:
            return []
        names = status.names
        here = next((place for place in status.places if place.here), None)
        blocks = [
            Block(plain(_("Map"), "heading")),
            Block(plain("\n".join(lines), "map"), wrap=False, centred=False, lead="  "),
        ]
        if here is not None:
            ways = [
                Block(
                    Content.assemble(
                        names.get(beyond, _("not seen yet")),
                        ("" if is_open else _("  (shut)"), "cue"),
                    ),
                    lead=Content.styled(f"{SPEECH.sign(direction):<10}", "cue"),
                    gap=0 if number else 1,
                )
                for number, (direction, beyond, is_open) in enumerate(here.exits)
            ]
            blocks += ways
        return blocks

    def _goals(self, status: Status) -> list[Block]:
        if not status.goals:
            return []
        goals = "\n".join(f"- {goal}" for goal in status.goals)
        return [Block(plain(_("Goals"), "heading")), *typeset(goals)]

    def _carried(self, status: Status) -> list[Block]:
        carried = "\n".join(f"- {thing}" for thing in status.carrying) or _("Nothing.")
        return [Block(plain(_("Carrying"), "heading")), *typeset(carried)]

    def _spells(self, status: Status) -> list[Block]:
        signs = {"passed": "✓", "tried": "◐", "open": "✦", "closed": "·"}
        known = [spell for spell in status.spells if spell[2] != "closed"]
        if not known:
            return []
        blocks = [Block(plain(_("Spells"), "heading"))]
        for number, (_id, title, state) in enumerate(known):
            role = "ok" if state == "passed" else "cue"
            blocks.append(
                Block(
                    Content.assemble(title, (f"  {STATES[state]}", role)),
                    lead=f"{signs.get(state, '·')}  ",
                    gap=0 if number else 1,
                )
            )
        return blocks
