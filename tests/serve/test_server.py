"""The server, through real connections: who plays, who is refused, and what is left running."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from oz.saves import Journey
from oz.serve.server import OzServer, PortRefused
from tests.serve.conftest import PATIENCE, House, Opener, descendants, playing
from tests.serve.ending import watched

FOREIGN = "http://evil.example"


# --- the door, from outside -----------------------------------------------------------------------


async def test_a_page_for_who_has_the_address(house: House) -> None:
    async with house.client.get(house.address) as answer:
        page = await answer.text()
        assert answer.status == 200
        assert answer.url.path.endswith("/journey/dorothy/")
        assert "'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert house.socket_of("dorothy") in page
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page):
        async with house.client.get(house.origin + path) as answer:
            assert answer.status == 200, path


@pytest.mark.parametrize("secret", ["", "x", "journey/dorothy/", "%00", "é"])
async def test_without_the_secret_there_is_nothing(house: House, secret: str) -> None:
    async with house.client.get(f"{house.origin}/{secret}") as answer:
        assert answer.status == 404
        assert "whole address" in await answer.text()
    almost = house.address[:-2] + ("a" if house.address[-2] != "a" else "b") + "/journey/dorothy/ws"
    async with house.client.get(almost, headers={"Origin": house.origin}) as answer:
        assert answer.status == 404


async def test_under_a_foreign_name_there_is_nothing(house: House) -> None:
    host = f"evil.example:{house.server.port}"
    for refused in (
        await house.get(Host=host),
        await house.get("static/js/textual.js", Host=host),
        await house.refused(Host=host, Origin=f"http://{host}"),
    ):
        assert refused[0] == 403
        assert "no other name" in refused[1]


@pytest.mark.parametrize("hosts", ["", "Host: {own}\r\nHost: evil.example\r\n"])
async def test_a_name_is_given_once(
    house: House, capfd: pytest.CaptureFixture[str], hosts: str
) -> None:
    own = house.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection("127.0.0.1", house.server.port)
    path = house.address.removeprefix(house.origin)
    writer.write(f"GET {path} HTTP/1.1\r\n{hosts.format(own=own)}\r\n".encode())
    assert (await reader.readline()).split()[1] == b"400"
    writer.close()
    assert capfd.readouterr() == ("", "")


async def test_a_page_from_elsewhere_is_refused(house: House) -> None:
    for refused in (
        await house.get(Origin=FOREIGN),
        await house.refused(Origin=FOREIGN),
        await house.refused(Origin="null"),
        await house.refused(Origin=""),
    ):
        assert refused[0] == 403
        assert "from elsewhere" in refused[1]
    with pytest.raises(aiohttp.WSServerHandshakeError) as failed:
        async with house.play(Origin=FOREIGN):
            pass
    assert failed.value.status == 403


async def test_nothing_else_is_there(house: House) -> None:
    for path in ("other", "static/", "static/../server.py", "static/%2e%2e/server.py", "journey/"):
        status, words = await house.get(path)
        assert (status, "journey/NAME/" in words) == (404, True), path
    async with house.client.post(house.address) as answer:
        assert answer.status == 405
    status, words = await house.get("journey/.hidden/")
    assert (status, "begins with a dot" in words) == (400, True)
    status, words = await house.refused("con")
    assert (status, "Choose another" in words) == (400, True)


@pytest.mark.parametrize("name", ["127.0.0.2", "::1", socket.gethostname()])
async def test_it_listens_at_one_address_alone(house: House, name: str) -> None:
    try:
        address = socket.gethostbyname(name)
    except OSError:
        address = name
    if address == "127.0.0.1":
        pytest.skip("this machine has no address but that one")
    with pytest.raises(OSError, match=r"refused|assign|unreachable|family"):
        socket.create_connection((address, house.server.port), timeout=PATIENCE).close()


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortRefused, match=str(port)):
            async with OzServer(tmp_path, port=port).open():
                pass


# --- games ----------------------------------------------------------------------------------------


async def test_what_is_typed_reaches_the_game_and_is_kept(house: House, tmp_path: Path) -> None:
    async with house.play() as player:
        await player.until("wooden table")
        await player.type("take ledger\r")
        await player.until("Taken")
        with watched(playing()) as games:
            await player.socket.close()
            await games.gone()
    with Journey.open(tmp_path / "saves" / "dorothy") as journey:
        assert "take ledger" in str(list(journey.turns()))


async def test_a_second_game_on_a_journey_is_told_so(house: House) -> None:
    async with house.play() as first:
        await first.until("wooden table")
        assert (await house.get("journey/dorothy/"))[0] == 200
        async with house.play() as second:
            await second.until("New journey")
            await second.until("is open in")
        async with house.client.get(house.address) as answer:
            assert answer.url.path.endswith("/journey/dorothy-2/")


async def test_a_page_that_is_loaded_anew_goes_on(house: House) -> None:
    async with house.play() as before:
        await before.until("wooden table")
        await before.type("take ledger\r")
        await before.until("Taken")
    async with house.play() as after:
        await after.until("Uncle Henry")
        await after.type("inventory\r")
        await after.until("ledger")
        assert b"is open in" not in after.seen


async def test_no_more_than_the_limit(opened: Opener) -> None:
    async with opened(limit=1) as house, house.play() as player:
        await player.until("\x1b[")
        for refused in (await house.get("journey/toto/"), await house.refused("toto")):
            assert refused[0] == 503
            assert "As many play here as may at once (1)" in refused[1]
        assert (await house.get("journey/dorothy/"))[0] == 200


async def test_leaving_the_game_closes_the_socket(house: House) -> None:
    async with house.play() as player:
        await player.until("wooden table")
        await player.type("quit\r")
        assert await player.closed() == aiohttp.WSCloseCode.OK


async def test_a_game_that_is_killed_closes_the_socket(house: House) -> None:
    async with house.play() as player:
        await player.until("wooden table")
        (game,) = playing()
        os.kill(game, signal.SIGKILL)
        await player.closed()


@pytest.mark.parametrize("message", ["{}", "no json", '["resize", 3]'])
async def test_what_is_no_message_ends_the_game(house: House, message: str) -> None:
    async with house.play() as player:
        await player.until("\x1b[")
        await player.socket.send_str(message)
        assert await player.closed() == aiohttp.WSCloseCode.INVALID_TEXT


async def test_closing_leaves_nothing_behind(opened: Opener) -> None:
    before = descendants(os.getpid())
    async with opened() as house, house.play() as one, house.play("toto") as other:
        await one.until("wooden table")
        await other.until("\x1b[")
        started = descendants(os.getpid()) - before
        assert len(started) >= 2
        with watched(started) as games:
            ended = house.server.on_shutdown(web.Application())
            _, *codes = await asyncio.gather(ended, one.closed(), other.closed())
            assert codes == [aiohttp.WSCloseCode.GOING_AWAY] * 2
            await games.gone()
        assert (await house.refused())[0] == 503
