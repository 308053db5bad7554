"""Whether the hand-made all-reduce leaves on every rank what the real one would, in worlds of one to four."""

import ast
import contextlib
import sys
from functools import cache
from unittest import mock

import pytest
import torch
import torch.distributed as dist
from ranks import RankError, launch

from oz.trial import require, same

READY = (
    "all_reduce", "reduce", "broadcast", "all_gather", "gather", "scatter", "all_to_all", "reduce_scatter",
    "all_gather_into_tensor", "reduce_scatter_tensor", "all_to_all_single", "all_gather_object", "gather_object",
    "broadcast_object_list", "scatter_object_list", "all_reduce_coalesced", "all_gather_coalesced",
)  # fmt: skip


class ReadyMade(Exception):
    """A collective was called where only sending and receiving is allowed."""


@contextlib.contextmanager
def by_hand():
    """Let every ready-made collective refuse, however it was imported."""

    def refusing(name):
        def refuse(*_args, **_kwargs):
            raise ReadyMade(f"dist.{name} is called")

        return refuse

    real = {name: getattr(dist, name) for name in READY if hasattr(dist, name)}
    instead = {name: refusing(name) for name in real}
    names = vars(sys.modules["__main__"])
    ours = {
        key: instead[name]
        for key, value in names.items()
        for name, function in real.items()
        if value is function
    }
    with contextlib.ExitStack() as stack:
        for name, function in instead.items():
            stack.enter_context(mock.patch.object(dist, name, function))
        stack.enter_context(mock.patch.dict(names, ours))
        yield


def brought_by(rank, world):
    """What a rank brings: tensors of several shapes and kinds."""
    generator = torch.Generator().manual_seed(100 * world + rank)
    return [
        torch.randint(-9, 10, (5,), generator=generator),
        torch.randn(3, 4, generator=generator),
        torch.randn((), generator=generator, dtype=torch.float64),
        torch.randn(1, generator=generator),
        torch.randn(20_000, generator=generator),
    ]


def _reduced(rank, world, all_reduce):
    made = []
    for tensor in brought_by(rank, world):
        real = tensor.clone()
        with by_hand():
            all_reduce(tensor)
        dist.all_reduce(real)
        made.append((tensor, real))
    return made


@cache
def sent(all_reduce, world):
    """What each rank has, by hand and by the real one; and where that failed, how."""
    try:
        return launch(_reduced, world, all_reduce), ""
    except RankError as error:
        return None, str(error)


@pytest.mark.parametrize("world", [3, 2, 4, 1])
def test_sum(spell, world):
    """every rank has the sum, as from `dist.all_reduce`"""
    made, error = sent(spell.all_reduce, world)
    if made is None:
        require(
            False,
            f"{world} ranks that come back",
            error.partition("\n\n")[0],
            mistakes={
                "ready-made": "ReadyMade" in error,
                "for-three": world != 3 and right_for_three(spell.all_reduce),
                "all-send": "for send operation" in error and "for recv operation" not in error,
                "all-receive": "for recv operation" in error or "still waiting" in error,
            },
        )
    brought = [brought_by(rank, world) for rank in range(world)]
    for rank, pairs in enumerate(made):
        for number, (got, real) in enumerate(pairs):
            same(
                got,
                real,
                f"the tensor on rank {rank} of {world}",
                rtol=1e-5,
                atol=1e-5,
                mistakes=_known(
                    rank, world, number, brought, made, right_for_three(spell.all_reduce)
                ),
            )


def _known(rank, world, number, brought, made, threes):
    """What a wrong sum tells of how it came about."""
    own = [tensors[number] for tensors in brought]
    left, total = own[(rank - 1) % world], sum(own)

    def is_(value):
        return lambda t: torch.allclose(t.double(), value.double(), atol=1e-4)

    running = [own[r] for r in range(world)]
    for _ in range(world - 1):
        running = [running[r] + running[(r - 1) % world] for r in range(world)]
    first = made[0][number]
    return {
        "for-three": world != 3 and threes,
        "first-alone": lambda t: (
            rank > 0 and torch.allclose(first[0].double(), first[1].double(), atol=1e-4)
        ),
        "not-in-place": is_(own[rank]),
        "mean-for-sum": is_((total / world).to(total.dtype)),
        "own-again": lambda t: world > 2 and is_(own[rank] + (world - 1) * left)(t),
        "sum-passed-on": lambda t: world > 2 and is_(running[rank])(t),
        "too-few-rounds": lambda t: world > 2 and is_(own[rank] + left)(t),
        "own-twice": is_(total + own[rank]),
    }


def right_for_three(all_reduce):
    """Whether a world of three has the right sums everywhere."""
    made, _ = sent(all_reduce, 3)
    pairs = [pair for pairs in made or () for pair in pairs]
    return bool(pairs) and all(torch.allclose(got, real, atol=1e-4) for got, real in pairs)


def test_waited(spell):
    """whatever is sent without waiting is waited for before its tensor is used again"""
    calls = [node for node in ast.walk(spell.tree) if isinstance(node, ast.Attribute)]
    under_way = spell.calls("torch.distributed.isend") or spell.calls("torch.distributed.irecv")
    waits = any(node.attr == "wait" for node in calls)
    require(
        waits or not under_way,
        "a `.wait()` for what `isend` or `irecv` gives back",
        "there is none",
        mistakes={"not-waited": True},
    )
