"""Shared memory of a run that was ended goes with it, also where /dev/shm is everybody's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oz.crucible import open_crucible
from oz.crucible.model import Finished, Job, Limits, Mode, Output

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /dev/shm"),
]
_SHARES = """
import multiprocessing.shared_memory as m, time, torch
shared = torch.zeros(1 << 20).share_memory_()
named = m.SharedMemory("{name}", create=True, size=1 << 20)
other = m.SharedMemory("{other}")
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def anothers() -> Iterator[str]:
    """The name of shared memory that was there before, and is another program's."""
    name = f"oz-test-{os.getpid()}-other"
    Path("/dev/shm", name).write_bytes(b"\0" * 4096)
    yield name
    Path("/dev/shm", name).unlink()


def _there(name: str) -> bool:
    return Path("/dev/shm", name).exists()


async def test_what_a_stopped_run_shared_is_gone(
    anothers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OZ_NAMESPACES", "off")
    name = f"oz-test-{os.getpid()}-own"
    crucible = open_crucible("zygote")
    await crucible.start()
    try:
        source = _SHARES.format(name=name, other=anothers)
        run = crucible.run(Job(Mode.CONJURE, source=source, limits=Limits(seconds=60)))
        async for event in run:
            if isinstance(event, Output) and "up" in event.text:
                assert _there(name)
                await run.stop()
        assert isinstance(event, Finished)
        assert not _there(name)
        assert _there(anothers)
    finally:
        await crucible.close()
