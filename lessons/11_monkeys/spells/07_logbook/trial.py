"""Whether one rank writes, the others wait until it has written, and all of them read the same."""

import sys
import time
from functools import cache
from unittest import mock

import torch
import torch.distributed as dist
from ranks import RankError, launch
from torch.nn.parallel import DistributedDataParallel

from oz.trial import require, same

WORLD = 3
SLOW = 0.3
"""Seconds that writing takes in the trial, as it does with a large model and a far disk."""


def _kept(rank, world, keep, fetch, make, path):
    torch.manual_seed(40 + rank)
    ddp = DistributedDataParallel(make())
    written, real = [], torch.save

    def slowly(thing, where, *args, **kwargs):
        written.append(str(where))
        if dist.get_rank() == 0:
            time.sleep(SLOW)  # the others are ready long before
        return real(thing, where, *args, **kwargs)

    names = vars(sys.modules["__main__"])
    ours = {name: slowly for name, value in names.items() if value is real}
    with mock.patch.object(torch, "save", slowly), mock.patch.dict(names, ours):
        keep(ddp, path)
        model = fetch(path)
    dist.barrier()
    weights = {name: value.detach() for name, value in model.state_dict().items()}
    return len(written), weights, {n: v.detach() for n, v in ddp.module.state_dict().items()}


@cache
def sent(keep, fetch, make, path):
    try:
        return launch(_kept, WORLD, keep, fetch, make, path), ""
    except RankError as error:
        return None, str(error)


def tried(spell, scratch):
    said, error = sent(spell.keep, spell.fetch, spell.make, str(scratch / "trial-log.pt"))
    if said is None:
        require(
            False,
            f"{WORLD} ranks that come back",
            error.partition("\n\n")[0],
            mistakes={
                "module-in-front": "module." in error,
                "whole-model": "Weights only load failed" in error,
                "too-early": "FileNotFoundError" in error
                or "EOFError" in error
                or "central directory" in error
                or "PytorchStreamReader" in error,
                "barrier-inside": "imed out" in error
                or "waiting" in error
                or "Connection" in error
                or "signal 6" in error,
            },
        )
    return said


def test_writes(spell, scratch):
    """rank 0 writes, and nobody else"""
    wrote = [written for written, *_ in tried(spell, scratch)]
    path = scratch / "trial-log.pt"
    require(
        path.is_file(),
        "a file at `path`",
        "there is none",
        mistakes={"file-each": sum(wrote) == WORLD},
    )
    require(
        wrote == [1, 0, 0],
        "one file, written once, by rank 0",
        f"ranks 0, 1 and 2 wrote {wrote} times",
        mistakes={"all-write": sum(wrote) > 1},
    )


def test_plain(spell, scratch):
    """what lies there is a plain `state_dict` of the model"""
    tried(spell, scratch)
    kept = torch.load(scratch / "trial-log.pt", weights_only=True)
    names = list(spell.make().state_dict())
    require(
        isinstance(kept, dict) and list(kept) == names,
        f"the names `{names}`",
        f"`{list(kept)}`" if isinstance(kept, dict) else f"a `{type(kept).__name__}`",
        mistakes={"module-in-front": isinstance(kept, dict) and any("module." in n for n in kept)},
    )


def test_read(spell, scratch):
    """every rank reads the weights that rank 0 had"""
    said = tried(spell, scratch)
    for rank, (_, read, _) in enumerate(said):
        for name, asked in said[0][2].items():
            same(
                read[name],
                asked,
                f"`{name}`, as rank {rank} read it",
                requires_grad=False,
                mistakes={"others-unread": True},
            )
