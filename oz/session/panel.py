"""What the side panels and the prompt show, gathered from the story's views and the desks.

Pure but for the journey's list of spells that were tried; runs nothing, changes nothing.
"""

from __future__ import annotations

from oz.session.desks import Desks
from oz.session.model import Status
from oz.session.table import Table
from oz.story import views


def status(table: Table, desks: Desks) -> Status:
    """Everything that is shown beside the story now."""
    world, state = table.world, table.state
    room = world.rooms[state.room]
    stage = views.chapter(world, state) or world.stages[room.stage]
    places = views.places(world, state)
    beyond = {to for place in places for _, to, _ in place.exits} - {place.id for place in places}
    return Status(
        stage=stage.id,
        stage_title=stage.title,
        room=room.id,
        room_name=room.name,
        score=state.score,
        max_score=world.max_score,
        turns=state.turns,
        goals=views.goals(world, state),
        exits=views.exits(world, state),
        things_here=views.things_here(world, state),
        carrying=views.carrying(world, state),
        places=places,
        spells=tuple(
            (id, table.spell(id).title, _spell_state(table, desks, id)) for id in stage.spells
        ),
        desk=state.desk,
        proven=tuple(
            (world.stages[id].title, left) for id, left in views.left_out(world, state).items()
        ),
        known={id: world.rooms[id].name for id in beyond & state.visited if id in world.rooms},
    )


def _spell_state(table: Table, desks: Desks, id: str) -> str:
    return desks.state(id, offered=views.spell_state(table.world, table.state, id) != "closed")
