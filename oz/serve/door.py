"""Who may come in. Every request is held against this before anything is done for it.

A browser sends what any page asks it to send, to this machine too. What a page cannot do is forge
the headers ``Host`` and ``Origin``, or know the secret in the address:

- A name that somebody else's name server points at this machine arrives as a foreign ``Host``.
- A page from elsewhere arrives with a foreign ``Origin``; on a socket, none at all is foreign too.
- Other programs and other users of this machine can forge both, and lack the secret.

Knows headers and a path; no server, no journey.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from oz.tongue import _

LOOPBACK = "127.0.0.1"
_NAMES = (LOOPBACK, "localhost")
_FOREIGN = frozenset({"cross-site", "same-site"})
"""What browsers say of a page's request to another origin; another port is 'same-site'."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further."""

    status: int
    words: str


@dataclass(frozen=True, slots=True)
class Door:
    """The door of the server on `port`; `secret` is the first part of every path behind it."""

    port: int
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def address(self) -> str:
        """The address to open, the secret included."""
        return f"http://{LOOPBACK}:{self.port}/{self.secret}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What ``Host`` may be. Browsers leave port 80 out."""
        named = {f"{name}:{self.port}" for name in _NAMES}
        return frozenset(named | set(_NAMES) if self.port == 80 else named)

    def refuse(
        self, headers: Mapping[str, str], path: str, *, socket: bool = False
    ) -> Refusal | None:
        """Why a request with `headers` (names in any case) for `path` stays outside, or `None`.

        `path` begins with a slash; `socket`: it would open a socket.
        """
        host = headers.get("Host", "").lower()
        if host not in self.hosts:
            return Refusal(
                403,
                _(
                    "Refused: Oz answers at {LOOPBACK}:{port} and localhost:{port}, and under no "
                    "other name."
                ).format(LOOPBACK=LOOPBACK, port=self.port),
            )
        if self._is_foreign(headers, host, socket=socket):
            return Refusal(
                403, _("Refused: a page from elsewhere asked, and only Oz's own page may.")
            )
        given = path.split("/", 2)[1] if path.startswith("/") else ""
        if not secrets.compare_digest(given.encode(), self.secret.encode()):
            return Refusal(
                404, _("Nothing is shown without the whole address that 'oz serve' has printed.")
            )
        return None

    def _is_foreign(self, headers: Mapping[str, str], host: str, *, socket: bool) -> bool:
        origin = headers.get("Origin")
        if origin is not None:
            return origin.lower() != f"http://{host}"
        if socket:
            return True
        if headers.get("Sec-Fetch-Site") not in _FOREIGN:
            return False
        return headers.get("Sec-Fetch-Mode") != "navigate"  # following a link is the player's doing
