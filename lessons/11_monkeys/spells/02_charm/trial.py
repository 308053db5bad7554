"""Whether the ranks meet, add up, and part: in worlds of one to three, at whatever port they are told."""

import contextlib
import inspect
import os
import socket
import sys
from datetime import timedelta
from functools import cache
from unittest import mock

import pytest
import torch
import torch.distributed as dist
from ranks import RankError, free_port, send_out

from oz.trial import mistake, require, same

LONGEST = 60.0
"""Seconds that a rank may be ready to wait for the others."""
WAITED_FOR = 6.0
"""Seconds after which we stop waiting."""


@contextlib.contextmanager
def watched(asked):
    """Note the patience with which a process group is made, however the function was imported."""
    real = dist.init_process_group

    def init(*args, **kwargs):
        given = inspect.signature(real).bind(*args, **kwargs).arguments
        asked.append((given.get("timeout"), given.get("backend")))
        return real(*args, **kwargs)

    names = vars(sys.modules["__main__"])
    ours = {name: init for name, value in names.items() if value is real}
    with mock.patch.object(dist, "init_process_group", init), mock.patch.dict(names, ours):
        yield


def _called(rank, world, call, port, brought):
    asked = []
    for name in ("MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE"):
        os.environ.pop(name, None)  # nothing but what `call` is told
    with watched(asked):
        mine = brought[rank].clone()
        total = call(rank, world, port, mine)
    first = asked[0] if asked else (None, None)
    seconds = first[0].total_seconds() if isinstance(first[0], timedelta) else None
    return total, torch.equal(mine, brought[rank]), dist.is_initialized(), len(asked), seconds


@cache
def sent(call, world, seed=0):
    """What each rank of a world of that size has to say; the same error again where there was one."""
    generator = torch.Generator().manual_seed(1000 * world + seed)
    brought = [torch.randint(-50, 50, (2, 3), generator=generator).float() for _ in range(world)]
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # it is taken already: so much the better
            taken.bind(("127.0.0.1", 29500))  # somebody else's, as it may be on any machine
            taken.listen()
        try:
            return (
                brought,
                send_out(_called, world, call, free_port(), brought, seconds=WAITED_FOR),
                "",
            )
        except RankError as error:
            return brought, None, str(error)


def each(spell, world):
    """The same, or the check fails with what became of the ranks."""
    brought, said, error = sent(spell.call, world)
    if said is None:
        require(
            False,
            f"{world} ranks that come back",
            error.partition("\n\n")[0],
            mistakes={
                "no-card-here": "NCCL is only supported with GPUs" in error,
                "fixed-port": "port: 29500" in error,
                "all-of-them-nought": "EADDRINUSE" in error,
                "no-timedelta": "timedelta" in error,
                "own-nuts": "connectFullMesh failed" in error,
                "no-place": "expected, but not set" in error,
                "not-met": "has not been initialized" in error,
                "wrong-world": "still waiting" in error or "imed out" in error,
            },
        )
    return brought, said


@pytest.mark.parametrize("world", [2, 3, 1])
def test_sum(spell, world):
    """`call` gives every rank the sum of what all brought"""
    brought, said = each(spell, world)
    if world > 1 and not any(times for *_, times, _ in said):
        mistake("nothing-yet")
    total = torch.stack(brought).sum(dim=0)
    for rank, (got, *_) in enumerate(said):
        same(
            got,
            total,
            f"call(…) on rank {rank} of {world}",
            mistakes={
                "first-alone": lambda t: rank > 0 and world > 1 and torch.equal(said[0][0], total),
                "own-nuts": lambda t, r=rank: torch.equal(t, brought[r]),
            },
        )


def test_kept(spell):
    """what was brought is still there afterwards"""
    _, said = each(spell, 2)
    require(
        all(unharmed for _, unharmed, *_ in said),
        "`nuts` as they were",
        "they were written over",
        mistakes={"written-over": True},
    )


def test_parted(spell):
    """they part again, and a second call can be made"""
    _, said = each(spell, 2)
    require(
        not any(together for _, _, together, *_ in said),
        "no process group when `call` has returned",
        "they are still in it",
        mistakes={"not-parted": True},
    )


def test_patience(spell):
    """nobody waits longer than a minute for the others"""
    _, said = each(spell, 2)
    for *_, times, seconds in said:
        require(times == 1, "one `init_process_group` on each rank", f"there were {times}")
        require(
            seconds is not None and 1 <= seconds <= LONGEST,
            f"a `timeout` of 1 to {LONGEST:g} seconds",
            f"{seconds:g} seconds" if seconds is not None else "none, which means half an hour",
            mistakes={"half-an-hour": seconds is None or seconds > LONGEST},
        )


def test_backend(spell):
    """`backend(device)` suits the device"""
    for device in ("cpu", "cuda", "cuda:1"):
        asked = "nccl" if device.startswith("cuda") else "gloo"
        got = spell.backend(torch.device(device))
        require(
            got == asked,
            f"`{asked!r}` for tensors on `{device}`",
            f"`{got!r}`",
            mistakes={"no-card-here": got == "nccl", "card-unused": got == "gloo"},
        )
