# ruff: noqa: E501, ISC004  (programs are written as a player would write them)
"""Without namespaces and Landlock: the limits alone stand, and still nothing is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from oz.crucible import Crucible, open_crucible
from oz.crucible.model import Job, Limits, Mode, Output, Reason, Started

from .conftest import leaked, segments

pytestmark = pytest.mark.slow

CASES = {
    "an honest program": ("print('hi')", Reason.RAN),
    "an endless loop": ("while True:\n    pass", Reason.TIMEOUT),
    "an orphan": (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        time.sleep(1000)\n    os._exit(0)\n",
        Reason.RAN,
    ),
    "a daemon at the end of time": (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.fork()\n    time.sleep(1000)\n"
        "while True:\n    pass\n",
        Reason.TIMEOUT,
    ),
    "a crowd": (
        "import os, time\nfor _ in range(40):\n    if os.fork() == 0:\n        time.sleep(1000)\n"
        "time.sleep(1000)\n",
        Reason.OUTPUT,
    ),
    "shared memory": (
        "import torch\nx = []\nwhile True:\n    x.append(torch.ones(1 << 22).share_memory_())\n",
        Reason.MEMORY,
    ),
    "forked memory": (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = bytearray(150 << 20)\n"
        "        for i in range(0, len(x), 4096): x[i] = 1\n        time.sleep(60)\nos.wait()\n",
        Reason.MEMORY,
    ),
    "killing the parent": (
        "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nwhile True:\n    pass\n",
        Reason.CRASH,
    ),
    "honest workers": (
        "import os, torch\nx = torch.ones(40 << 20)\nfor _ in range(6):\n    if os.fork() == 0:\n"
        "        print(x.sum().item())\n        os._exit(0)\nfor _ in range(6):\n    os.wait()\n",
        Reason.RAN,
    ),
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["zygote", "spares"])
async def bare(request: pytest.FixtureRequest) -> AsyncIterator[Crucible]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OZ_NAMESPACES", "off")
        patch.setenv("OZ_LANDLOCK", "off")
        crucible = open_crucible(request.param)
        await crucible.start()
        yield crucible
        await crucible.close()


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            found += [child, *_below(child)]
    return found


@pytest.mark.parametrize("name", CASES)
async def test_the_limits_alone(bare: Crucible, name: str) -> None:
    source, reason = CASES[name]
    before = segments()
    limits = Limits(seconds=3, memory=400 << 20, processes=24)
    await bare.ready()
    assert bare.layers["pid"]
    events = [event async for event in bare.run(Job(Mode.RUN, source=source, limits=limits))]
    assert events[-1].reason is reason, events[-1]
    assert events[-1].seconds < 4.5
    await bare.ready()
    for keeper in bare.pids:
        assert len(_below(keeper)) <= 2
    assert leaked(before) == set()


WRITERS = (
    "import os, sys\n"
    "pids = [os.fork() for _ in range(2)]\n"
    "me = sum(pid == 0 for pid in pids)\n"
    "for i in range(500):\n    print(str(me) * 200)\n"
    "sys.stdout.flush()\n"
    "if 0 in pids:\n    os._exit(0)\n"
    "os.wait(); os.wait()\n"
)


@pytest.mark.cold  # which channel it is, is known when it is imported
@pytest.mark.parametrize("backend", ["zygote", "spares"])
async def test_a_channel_that_is_a_stream(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What systems without SEQPACKET use: nothing that several processes write is torn."""
    import oz.crucible.channel as channel
    import oz.crucible.host as host

    monkeypatch.setenv("OZ_CHANNEL", "stream")
    monkeypatch.setattr(channel, "SEQPACKET", False)
    assert host.pair is channel.pair
    crucible = open_crucible(backend)
    await crucible.start()
    try:
        for _ in range(2):
            job = Job(Mode.RUN, source=WRITERS, limits=Limits(output=1 << 20))
            events = [event async for event in crucible.run(job)]
            assert events[-1].reason is Reason.RAN, events[-1]
            text = "".join(event.text for event in events if isinstance(event, Output))
            lines = text.splitlines()
            assert len(lines) == 2000
            assert all(len(line) == 200 and len(set(line)) == 1 for line in lines)
        run = crucible.run(Job(Mode.RUN, source="while True: pass", limits=Limits(seconds=60)))
        last = None
        async for event in run:
            last = event
            if isinstance(event, Started):
                stopping = asyncio.create_task(run.stop())
        await stopping
        assert last.reason is Reason.STOPPED
    finally:
        await crucible.close()
