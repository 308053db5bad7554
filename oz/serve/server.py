"""The server: textual-serve's page and sockets, behind a door, on loopback and nowhere else.

An address is ``/SECRET/journey/NAME/``; ``/SECRET/`` leads to a journey that nobody is playing. One
socket is one game in a process of its own, and the journey's own lock keeps a second game off it.
Knows nothing of what is played.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler
from textual_serve.server import Server, to_int

from oz.crashlog import log_error
from oz.saves import DEFAULT_NAME, BadName, check_name, journeys
from oz.serve import LIMIT
from oz.serve.door import LOOPBACK, Door
from oz.serve.game import command
from oz.serve.visit import Visit
from oz.tongue import _

_WIDEST, _HIGHEST = 500, 200
"""The largest screen that is drawn. Cells."""
_SOCKET = "websocket"
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PortRefused(Exception):
    """The port cannot be listened on; says so, and why."""


@dataclass(eq=False)
class _Guest:
    """A socket that is open, and the journey it asked for."""

    journey: str
    websocket: web.WebSocketResponse = field(
        default_factory=lambda: web.WebSocketResponse(heartbeat=15, timeout=2)
    )
    leaving: bool = False
    """The visitor has gone, and the game is being ended."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class OzServer(Server):
    """Serves the journeys in `saves` at one address on `port` (0: any free one).

    `lessons`: the lessons folder, `None` for the game's own; `limit`: how many games at once.
    """

    def __init__(
        self, saves: Path, *, port: int = 0, lessons: Path | None = None, limit: int = LIMIT
    ) -> None:
        super().__init__("oz", host=LOOPBACK, port=port, title="Oz")
        self._saves = saves
        self._lessons = lessons
        self._limit = limit
        self._guests: list[_Guest] = []
        self._door = Door(port)
        self._closing = False
        self._files = {
            path.relative_to(self.statics_path).as_posix(): path
            for path in self.statics_path.rglob("*")
            if path.is_file()
        }
        """What of textual-serve the page may ask for: exactly these."""

    # --- from beginning to end ----------------------------------------------------------------

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Serve; gives the address. On leaving, every game has ended. Raises `PortRefused`."""
        try:
            listener = socket.create_server((LOOPBACK, self.port))
        except OSError as error:
            raise PortRefused(
                _("Port {port} cannot be had: {strerror}.").format(
                    port=self.port, strerror=error.strerror
                )
            ) from error
        with listener:
            self.port = listener.getsockname()[1]
            self._door = Door(self.port)
            runner = web.AppRunner(
                await self._make_app(),
                access_log=None,  # it would write the secret down
                logger=_quiet(),
                shutdown_timeout=5,
            )
            await runner.setup()
            try:
                await web.SockSite(runner, listener).start()
                yield self._door.address
            finally:
                await runner.cleanup()

    async def run(self, opened: Callable[[str], None]) -> None:
        """Serve until a signal says to end; `opened` is told the address."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        async with self.open() as address:
            for number in _ENDINGS:
                loop.add_signal_handler(number, ended.set)
            opened(address)
            await ended.wait()

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the one who opened the server does."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002  as in the base
        """Send everybody home, and wait until their games have ended."""
        self._closing = True
        leaving = [self._dismiss(guest) for guest in list(self._guests)]
        await asyncio.gather(*leaving, return_exceptions=True)

    async def _dismiss(self, guest: _Guest) -> None:
        with suppress(RuntimeError):  # not opened yet: it will see for itself
            await guest.websocket.close(code=WSCloseCode.GOING_AWAY, message=b"oz serve has ended")
        await guest.gone.wait()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path))
        journey = "/{secret}/journey/{journey}"
        app.router.add_get("/{secret}", self._handle_entrance)
        app.router.add_get("/{secret}/", self._handle_entrance)
        app.router.add_get("/{secret}/static/{file:.+}", self._handle_static)
        app.router.add_get(f"{journey}/", self.handle_index, name="index")
        app.router.add_get(f"{journey}/ws", self.handle_websocket, name=_SOCKET, allow_head=False)
        app.on_response_prepare.append(self._add_headers)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    # --- the door -----------------------------------------------------------------------------

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        opens = request.match_info.route.name == _SOCKET
        refusal = self._door.refuse(request.headers, request.path, socket=opens)
        if refusal is not None:
            return _say(refusal.status, refusal.words)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return _say(404, _("There is nothing at this address. A journey is at …/journey/NAME/"))
        except web.HTTPMethodNotAllowed:
            return _say(405, _("Here one can only look, and play through the page's own socket."))
        except web.HTTPException:
            raise
        except Exception as error:  # noqa: BLE001  the last line of defence, as at the command line
            log_error(error, "answering a browser")
            return _say(
                500, _("Something of ours went wrong; it is written down in the log of errors.")
            )

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Keep the page to itself: no other origin reads, frames, or is asked for anything."""
        own = f"ws://{request.headers.get('Host', '')}" if _passed(response) else "'none'"
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "Content-Security-Policy": (
                    "default-src 'none'; script-src 'self' 'unsafe-inline'; "
                    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
                    f"connect-src {own}; frame-ancestors 'none'; base-uri 'none'; "
                    "form-action 'none'"
                ),
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Referrer-Policy": "no-referrer",  # the address holds the secret
                "X-Content-Type-Options": "nosniff",
            }
        )

    # --- pages --------------------------------------------------------------------------------

    async def _handle_entrance(self, request: web.Request) -> web.StreamResponse:
        route = request.app.router["index"]
        raise web.HTTPFound(route.url_for(secret=self._door.secret, journey=self._free_journey()))

    def _free_journey(self) -> str:
        """The journey played last among those that nobody plays now, or the name of a new one."""
        taken = {guest.journey for guest in self._guests}
        known = journeys(self._saves)
        for info in known:
            if info.name not in taken and info.in_use is None:
                return info.name
        taken |= {info.name for info in known}
        names = (f"{DEFAULT_NAME}-{number}" for number in range(2, len(taken) + 3))
        return next(name for name in (DEFAULT_NAME, *names) if name not in taken)

    async def _handle_static(self, request: web.Request) -> web.StreamResponse:
        path = self._files.get(request.match_info["file"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page that a journey is played on."""
        journey = _asked_for(request)
        # Not counting this journey: on a reload the page's own socket is still open.
        if sum(guest.journey != journey for guest in self._guests) >= self._limit:
            return self._full()
        router, host = request.app.router, request.headers["Host"]
        secret = self._door.secret
        ws = router[_SOCKET].url_for(secret=secret, journey=journey)
        context = {
            "font_size": min(max(to_int(request.query.get("fontsize", ""), 16), 6), 60),
            "app_websocket_url": f"ws://{host}{ws}",
            "config": {"static": {"url": f"/{secret}/static/"}},
            "application": {"name": self.title},
        }
        return aiohttp_jinja2.render_template("app_index.html", request, context)

    def _full(self) -> web.Response:
        return _say(
            503,
            _(
                "As many play here as may at once ({limit}). Close a page of Oz and come "
                "again, or let more in with 'oz serve --limit'."
            ).format(limit=self._limit),
        )

    # --- games --------------------------------------------------------------------------------

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Play through the socket that `request` opens, until either end closes it."""
        journey = _asked_for(request)
        # A page that is loaded anew finds the game of the page before it on its way out.
        for guest in [one for one in self._guests if one.journey == journey and one.leaving]:
            await guest.gone.wait()
        if self._closing:
            raise web.HTTPServiceUnavailable(text=_("'oz serve' is ending.\n"))
        if len(self._guests) >= self._limit:
            raise web.HTTPServiceUnavailable(text=self._full().text)
        guest = _Guest(journey)
        self._guests.append(guest)
        try:
            await guest.websocket.prepare(request)
            if not self._closing:
                await self._play(guest, request)
        except OSError as error:  # no process could be started
            log_error(error, "starting a game for a browser")
        finally:
            self._guests.remove(guest)
            guest.gone.set()
        await guest.websocket.close()
        return guest.websocket

    async def _play(self, guest: _Guest, request: web.Request) -> None:
        start = command(self._saves, guest.journey, self._lessons)
        visit = Visit(start, guest.websocket, self.download_manager)
        width = min(max(to_int(request.query.get("width", ""), 80), 1), _WIDEST)
        height = min(max(to_int(request.query.get("height", ""), 24), 1), _HIGHEST)
        await visit.start(width, height)
        try:
            await self._process_messages(guest.websocket, visit)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
            await guest.websocket.close(
                code=WSCloseCode.INVALID_TEXT, message=b"that is no message of this page"
            )
        finally:
            guest.leaving = True
            await visit.stop()


def _asked_for(request: web.Request) -> str:
    """The name of the journey in the address."""
    try:
        return check_name(request.match_info["journey"])
    except BadName as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from error


def _quiet() -> logging.Logger:
    """For what the web server says of requests that are no HTTP: nobody here needs to read it."""
    logger = logging.getLogger("oz.serve")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def _say(status: int, words: str) -> web.Response:
    return web.Response(status=status, text=f"{words}\n")


def _passed(response: web.StreamResponse) -> bool:
    return response.status < 400
