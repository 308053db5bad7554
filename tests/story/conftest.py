"""The small test world, and somebody who plays in it."""

from __future__ import annotations

import pytest

from oz.story.model import World
from tests.story.worlds import Player, make_world


@pytest.fixture(scope="session")
def world() -> World:
    return make_world()


@pytest.fixture
def play(world: World) -> Player:
    return Player(world)
