"""What is said while PyTorch is being woken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from oz.crucible.model import Output, Started
from oz.plain.waking import watched
from oz.session import SessionEvent
from oz.story.events import Said


async def heard(*silent: SessionEvent | None, after: float) -> list[str]:
    """What is heard of `silent`, where `None` is a wait until something was said."""
    said = asyncio.Event()
    heard: list[str] = []

    def say() -> None:
        heard.append("woken")
        said.set()

    async def events() -> AsyncIterator[SessionEvent]:
        for event in silent:
            if event is None:
                await asyncio.wait_for(said.wait(), 20)
            else:
                yield event

    async for event in watched(events(), say, after):
        heard += [type(event).__name__]
    return heard


async def test_a_wait_before_the_program_starts_is_explained_once() -> None:
    told = await heard(Said("You look."), None, None, Started(1), Output("3"), after=0.0)
    assert told == ["Said", "woken", "Started", "Output"]


async def test_nothing_is_said_of_a_program_that_runs_or_of_a_quick_answer() -> None:
    async def slow() -> AsyncIterator[SessionEvent]:
        yield Started(1)
        for _ in range(5):
            await asyncio.sleep(0)  # turns of the loop, in which a timer of no seconds is due
        yield Output("3")

    woken: list[str] = []
    said = [event async for event in watched(slow(), lambda: woken.append("woken"), 0.0)]
    assert [type(event) for event in said] == [Started, Output]
    assert not woken
    assert await heard(Said("You look."), after=3600.0) == ["Said"]
