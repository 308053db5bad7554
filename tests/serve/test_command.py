"""``oz serve`` as it is typed: it says where, and ends whole however it is ended."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.serve.conftest import GOOD, PATIENCE, Player, descendants
from tests.serve.ending import watched

ROOT = Path(__file__).resolve().parents[2]


@pytest_asyncio.fixture
async def serving(tmp_path: Path) -> AsyncIterator[tuple[Process, str]]:
    """The process of a server, and its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "oz", "serve", "--saves", tmp_path / "saves", "--lessons", GOOD,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        line = (await process.stdout.readline()).decode()
    found = re.search(r"Oz is at (http://127\.0\.0\.1:\d+/\S{32,}/)", line)
    assert found, line
    yield process, found[1]
    if process.returncode is None:
        process.kill()
    await process.communicate()


SLOWLY = [
    pytest.param(number, marks=pytest.mark.slow)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
]


@pytest.mark.parametrize("number", [signal.SIGTERM, *SLOWLY])
async def test_however_it_ends_its_games_end(
    serving: tuple[Process, str], client: aiohttp.ClientSession, number: signal.Signals
) -> None:
    process, address = serving
    origin = "/".join(address.split("/")[:3])
    url = f"{address.replace('http', 'ws', 1)}journey/dorothy/ws"
    async with client.ws_connect(url, headers={"Origin": origin}) as socket:
        await Player(socket).until("wooden table")
        with watched(descendants(process.pid)) as games:
            os.kill(process.pid, number)
            async with asyncio.timeout(PATIENCE):
                status = await process.wait()
            await games.gone()
    assert status == (-signal.SIGKILL if number == signal.SIGKILL else 0)


async def test_a_taken_port_is_said_in_words(serving: tuple[Process, str]) -> None:
    port = serving[1].split("/")[2].split(":")[1]
    again = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "oz", "serve", "--port", port, cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told = (await again.communicate())[1].decode()
    assert again.returncode == 1
    assert f"Port {port} cannot be had" in told
    assert "Traceback" not in told
