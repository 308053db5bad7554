"""How each spell stands in a journey, seen from outside: it may be open in another game."""

from __future__ import annotations

import json
from pathlib import Path

from oz.campaign import Campaign
from oz.saves.glance import Glance, glance
from oz.story import load
from oz.story.model import World
from oz.story.state import State
from oz.story.views import spell_state


def spell_states(campaign: Campaign, journey: Path | None) -> dict[str, str]:
    """``closed``, ``open``, ``tried`` or ``passed`` for every spell; without a journey as at the
    beginning of one."""
    seen = glance(journey) if journey is not None else Glance()
    state = _state(campaign.world, seen.state)
    return {id: _one(campaign.world, state, id, seen) for id in campaign.spells}


def _one(world: World, state: State, id: str, seen: Glance) -> str:
    standing = spell_state(world, state, id)
    return "tried" if standing != "passed" and id in seen.tried else standing


def _state(world: World, saved: str | None) -> State:
    if saved is not None:
        try:
            return load(json.loads(saved), world)
        except (ValueError, RecursionError):
            pass  # written by another version: told as a journey that has not begun
    return State(room=world.start)
