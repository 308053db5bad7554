"""One turn of a session: all of it on disk and in memory, or none of it.

Knows the journey and the state of the story; shows nothing, runs nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from types import TracebackType

from oz import story
from oz.session.table import Table
from oz.story.model import World
from oz.story.state import State


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


def restored(kept: str | None, world: World) -> State:
    """The state that was kept; `None` gives the state before the first turn.

    What the lessons no longer have is left out; a room that they no longer have becomes the first
    one. Raises `ValueError` for what is no state at all.
    """
    if kept is None:
        return State(world.start)
    state = story.load(json.loads(kept), world)
    return state if state.room in world.rooms else replace(state, room=world.start)
