"""A crucible for many runs has its memory in huge pages before the first run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from oz.crucible import open_crucible
from oz.crucible.model import Job, Mode, Output

from .conftest import _below

pytestmark = [
    pytest.mark.slow,
    pytest.mark.cold,  # what the nursery forks has such pages already
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]


def _huge(keeper: int) -> int:
    """KiB in huge pages of the process that is forked."""
    told = Path(f"/proc/{_below(keeper)[0]}/smaps_rollup").read_text()
    found = re.search(r"AnonHugePages: +(\d+) kB", told)
    assert found
    return int(found[1])


async def test_it_is_gathered_when_it_is_ready() -> None:
    crucible = open_crucible("zygote", many=True)
    try:
        await crucible.start()
        await crucible.ready()
        huge = _huge(crucible.pids[0])
        if not huge:
            pytest.skip("the kernel gathers no pages")
        assert huge > 64 << 10
        told = [event async for event in crucible.run(Job(Mode.RUN, source="print('on')"))]
        assert Output("on\n") in told
    finally:
        await crucible.close()
