"""One turn of a session: all of it on disk and in memory, or none of it.

Knows the journey and the state of the story; shows nothing, runs nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from types import TracebackType

from oz import story
from oz.saves import Journey, JourneyDamaged
from oz.session.table import Table
from oz.story.events import Ask, Request
from oz.story.model import World
from oz.story.state import State, renamed
from oz.tongue import _


class Turn:
    """The transaction of a turn: where it fails, the table goes back with the journey."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._transaction = table.journey.transaction()

    def __enter__(self) -> None:
        self._before = self._table.state
        self._table.stepped = False
        self._transaction.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            self._transaction.__exit__(kind, error, at)
        except BaseException:
            self._table.state = self._before
            raise
        if kind is not None:
            self._table.state = self._before


def kept_state(state: State) -> str:
    """`state` as the journey keeps it, JSON."""
    return json.dumps(story.dump(state), ensure_ascii=False, separators=(",", ":"))


def restored(kept: str, world: World) -> State:
    """The state that was kept. What the lessons no longer have is kept aside; a room that they
    no longer have becomes the first one. Raises `ValueError` for what is no state at all."""
    try:
        data = json.loads(kept)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if world.renamed and isinstance(data, dict):
        data = renamed(data, world.renamed)
    state = story.load(data, world)
    return state if state.room in world.rooms else replace(state, room=world.start)


def leaves(world: World, state: State, line: str) -> bool:
    """Whether the player asks with `line` to leave: possible also where nothing else is."""
    asked = [event for event in story.step(world, state, line).events if isinstance(event, Ask)]
    return any(ask.request is Request.QUIT for ask in asked)


def resumed(journey: Journey, world: World) -> State:
    """Where the player stands in `journey`; before the first turn, the state that it starts from.

    A state that cannot be read gives way to the one before it. Raises `JourneyDamaged` when none
    of those that are kept can.
    """
    unread = 0
    for kept in journey.states():
        try:
            return restored(kept, world)
        except ValueError:
            unread += 1
    if not unread:
        return State(world.start)
    raise JourneyDamaged(
        _(
            "Nothing that the journey '{name}' kept of the story can be read. It was left "
            "as it is, in {folder}."
        ).format(name=journey.name, folder=journey.folder)
    )
