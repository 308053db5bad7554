"""What the supervisor hands to a worker: the job, its place, its secret, its descriptors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oz.crucible import wire
from oz.crucible.channel import NONCE
from oz.crucible.model import Job


@dataclass(frozen=True, slots=True)
class Order:
    """One job as the worker gets it. The descriptors are numbers in the worker's own process."""

    job: Job
    nonce: bytes
    scratch: Path
    writable: tuple[Path, ...]
    """Where the program may write besides its scratch folder."""
    readable: tuple[Path, ...] | None
    """Where the program may read besides the system and Python; `None`: everywhere."""
    caches: Path
    """Where what is slow to make again is kept between runs."""
    part: str
    """``whole``, or for a trial that is held apart first ``program``, then ``trial``."""
    events: int
    out: int
    err: int
    dump: int
    path: Path
    """The file that the order was read from."""

    @property
    def left(self) -> Path:
        """Where the program's process leaves what a trial that is held apart will judge."""
        return self.scratch.parent / "left.pt"


def read_order(path: Path, fds: list[int], dump: int) -> Order:
    """The order that the game wrote. Raises `OSError`, `ValueError`, `KeyError`."""
    plain: Mapping[str, Any] = json.loads(path.read_bytes())
    readable = plain["readable"]
    nonce = bytes.fromhex(plain["nonce"])
    if len(nonce) != NONCE or len(fds) != 3:
        raise wire.WireError("an order has a nonce and three descriptors")
    return Order(
        job=wire.job_from(plain["job"]),
        nonce=nonce,
        scratch=Path(plain["scratch"]),
        writable=tuple(Path(p) for p in plain["writable"]),
        readable=None if readable is None else tuple(Path(p) for p in readable),
        caches=Path(plain["caches"]),
        part=str(plain["part"]),
        events=fds[0],
        out=fds[1],
        err=fds[2],
        dump=dump,
        path=path,
    )
