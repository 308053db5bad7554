"""Opens the palace: serves an application on loopback, with uvicorn, for as long as a `with` lasts.

    with opened(app) as address:                  # "http://127.0.0.1:40123", or some such
        httpx.post(f"{address}/read", json={...})

The server runs in a thread of its own, on a port that is free. What the application does before its `yield` (its
lifespan) is done before the doors open.
"""

import asyncio
import contextlib
import socket
import threading

import uvicorn


class _Palace(uvicorn.Server):
    """A server that says when its doors are open, or that they will not open."""

    def __init__(self, config):
        super().__init__(config)
        self.told = threading.Event()

    async def startup(self, sockets=None):
        try:
            await super().startup(sockets)
        finally:
            self.told.set()

    async def main_loop(self):
        while not self.should_exit:
            await asyncio.sleep(0.01)  # uvicorn's own looks up every tenth of a second


@contextlib.contextmanager
def opened(app, patience=20.0):
    """The address at which `app` is served, on this machine alone."""
    if app is None:
        raise TypeError("there is nothing to open: the application is None")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.bind(("127.0.0.1", 0))
        settings = uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=2)
        server = _Palace(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        server.told.wait(patience)
        if not server.started:
            server.should_exit = True
            raise RuntimeError("the doors did not open: what the application does before its `yield` raised, or never ended")
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(patience)
