"""Whether the script, sent out as three ranks, is one training: shared rows, one model, one book, one answer."""

import contextlib
import importlib.util
import inspect
import io
import sys
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from unittest import mock

import torch
import torch.distributed as dist
from ranks import RankError, send_out

from oz.trial import mistake, require, same

WORLD = 3
MARK = 0.88
"""Share of gusts for which the rope is right. Measured over 20 seeds: see the benchmark of this stage."""
LONGEST = 120.0
"""Seconds that a rank may be ready to wait for the others."""


def _winds():
    path = Path(__file__).parent / "files" / "winds.py"
    made = importlib.util.spec_from_file_location("winds_of_the_trial", path)
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


class Watch:
    """What one rank does while the script runs, however it names what it calls."""

    def __init__(self):
        self.seen, self.saved, self.patience, self.model = [], 0, [], None

    @contextlib.contextmanager
    def watching(self):
        real = {
            (dist, "init_process_group"): self._init(dist.init_process_group),
            (torch, "save"): self._save(torch.save),
        }
        names = vars(sys.modules["__main__"])
        forward = torch.nn.Sequential.forward
        with contextlib.ExitStack() as stack:
            for (owner, name), instead in real.items():
                original = getattr(owner, name)
                ours = {key: instead for key, value in names.items() if value is original}
                stack.enter_context(mock.patch.object(owner, name, instead))
                stack.enter_context(mock.patch.dict(names, ours))
            stack.enter_context(
                mock.patch.object(torch.nn.Sequential, "forward", self._forward(forward))
            )
            yield

    def _init(self, real):
        def init(*args, **kwargs):
            given = inspect.signature(real).bind(*args, **kwargs).arguments
            self.patience.append(given.get("timeout"))
            return real(*args, **kwargs)

        return init

    def _save(self, real):
        def save(*args, **kwargs):
            self.saved += 1
            if self.saved == 1:
                time.sleep(0.1)  # long enough that who does not wait is gone
            return real(*args, **kwargs)

        return save

    def _forward(self, real):
        def forward(model, x):
            if torch.is_grad_enabled():
                self.seen.append(x.detach().cpu()[:, 0].double())
                self.model = model
            return real(model, x)

        return forward


def _flown(rank, world, main):
    watch, said = Watch(), io.StringIO()
    with watch.watching(), contextlib.redirect_stdout(said):
        accuracy = main()
    left = dist.is_initialized()
    weights = watch.model.state_dict() if watch.model is not None else {}
    return {
        "accuracy": None if accuracy is None else float(accuracy),
        "seen": torch.cat(watch.seen).tolist() if watch.seen else [],
        "saved": watch.saved,
        "said": said.getvalue(),
        "left": left,
        "met": len(watch.patience),
        "patience": watch.patience[0] if watch.patience else None,
        "weights": {name: w.detach().cpu() for name, w in weights.items()},
    }


@cache
def sent(main):
    Path("flight.pt").unlink(missing_ok=True)  # what is judged is what this flight leaves
    try:
        return send_out(_flown, WORLD, main, seconds=60), ""
    except RankError as error:
        return None, str(error)


def flown(spell):
    """What each rank did, or the check fails with what became of them."""
    said, error = sent(spell.main)
    if said is None:
        require(
            False,
            f"{WORLD} ranks that come back",
            error.partition("\n\n")[0],
            mistakes={
                "number-taken": "EADDRINUSE" in error,
                "not-met": "has not been initialized" in error,
                "module-in-front": "module." in error,
                "some-only": "imed out" in error
                or "waiting" in error
                or "Connection" in error
                or "signal 6" in error,
            },
        )
    return said


def test_itself(spell, scratch):
    """run by itself, the script sends out ranks and leaves `flight.pt`"""
    require(
        sent.cache_info().currsize > 0 or (scratch / "flight.pt").is_file(),
        "`flight.pt` beside the script when it has run",
        "there is none",
    )


def test_meets(spell):
    """sent out as three ranks, they meet, come back, and have parted"""
    said = flown(spell)
    if not all(rank["met"] for rank in said):
        mistake("each-alone")
    require(
        not any(rank["left"] for rank in said),
        "no process group when `main` has returned",
        "they are still in it",
        mistakes={"not-parted": True},
    )
    for rank in said:
        patience = rank["patience"]
        seconds = patience.total_seconds() if isinstance(patience, timedelta) else None
        require(
            seconds is not None and 1 <= seconds <= LONGEST,
            f"a `timeout` of 1 to {LONGEST:g} seconds",
            "none, which means half an hour" if seconds is None else f"{seconds:g} seconds",
            mistakes={"half-an-hour": True},
        )


def test_rows(spell):
    """every epoch the rows are shared out, each to one rank, and differently"""
    said = flown(spell)
    train = _winds().winds()[0].tensors[0][:, 0].double().tolist()
    place = {value: number for number, value in enumerate(train)}
    by_rank = [[place.get(value, -1) for value in rank["seen"]] for rank in said]
    if not all(by_rank):
        mistake("not-learned")
    share, total = len(train) // WORLD, len(train)
    days = [[own[at : at + share] for at in range(0, len(own), share)] for own in by_rank]
    first = sorted(number for own in days for number in own[0])
    if len(set(first)) < total or len(first) != total:
        alike = set(by_rank[0][:total]) == set(by_rank[1][:total]) == set(range(total))
        doubled = set(days[0][0]) == set(days[2][0])
        require(
            False,
            f"each of {total} gusts with one of {WORLD} ranks",
            f"in the first epoch {total - len(set(first))} are with nobody",
            mistakes={"all-rows-each": alike, "two-by-number": doubled or len(set(first)) < total},
        )
    require(
        len({len(own) for own in by_rank}) == 1 and len(days[0]) >= 2,
        "some epochs, equally many rows for every rank",
        f"{[len(own) for own in by_rank]} rows",
    )
    require(
        days[0][0] != days[0][1],
        "a second epoch that is dealt out anew",
        "the same rows in the same order",
        mistakes={"same-every-day": True},
    )


def test_one_model(spell):
    """in the end all ranks have the same weights"""
    said = flown(spell)
    for rank in said[1:]:
        for name, asked in said[0]["weights"].items():
            same(
                rank["weights"][name],
                asked,
                f"`{name}` on another rank",
                rtol=1e-5,
                atol=1e-6,
                mistakes={"drift-apart": True},
            )


def test_book(spell, scratch):
    """rank 0 alone writes `flight.pt`: a plain `state_dict` that `make()` can load"""
    said = flown(spell)
    wrote = [rank["saved"] for rank in said]
    require(
        wrote == [1, 0, 0],
        "one book, written once, by rank 0",
        f"ranks 0, 1 and 2 wrote {wrote} times",
        mistakes={"all-write": sum(wrote) > 1},
    )
    names = list(spell.make().state_dict())
    path = scratch / "flight.pt"
    require(path.is_file(), "`flight.pt` beside the script", "there is none")
    found = torch.load(path, weights_only=True)
    require(
        isinstance(found, dict) and list(found) == names,
        f"the names `{names}`",
        f"`{list(found)}`" if isinstance(found, dict) else f"a `{type(found).__name__}`",
        mistakes={
            "module-in-front": isinstance(found, dict) and any("module." in n for n in found)
        },
    )
    for name in names:
        same(found[name], said[0]["weights"][name], f"`{name}` in the book", rtol=1e-5, atol=1e-6)


def test_learned(spell, scratch):
    """the model pulls the right rope for gusts that nobody has met"""
    flown(spell)
    model = spell.make()
    model.load_state_dict(torch.load(scratch / "flight.pt", weights_only=True))
    x, y = _winds().gusts(2000, seed=99)
    with torch.no_grad():
        accuracy = (model(x).argmax(dim=1) == y).double().mean().item()
    require(
        accuracy >= MARK,
        f"{MARK:.2f} of the gusts or more",
        f"{accuracy:.3f}",
        mistakes={"not-learned": True},
    )


def test_answer(spell):
    """`main` gives the share of held-back gusts, all of them, each counted once; the same on every rank"""
    said = flown(spell)
    x, y = _winds().winds()[1].tensors
    model = spell.make()
    model.load_state_dict(said[0]["weights"])
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == y).double()
    shares = [right[number::WORLD].mean() for number in range(WORLD)]
    mean_of_shares = torch.stack(shares).mean().item()
    for number, rank in enumerate(said):
        got = rank["accuracy"]
        own = right[number::WORLD].mean().item()
        require(
            got is not None and abs(got - right.mean().item()) < 2e-6,
            f"{right.mean().item():.6f} on rank {number}",
            "nothing" if got is None else f"{got:.6f}",
            mistakes={
                "mean-of-shares": got is not None and abs(got - mean_of_shares) < 2e-6,
                "own-accuracy": got is not None and abs(got - own) < 2e-4,
                "counted-twice": got is not None and abs(got - right.mean().item()) < 5e-3,
            },
        )


def test_quiet(spell):
    """rank 0 speaks, and nobody else"""
    said = flown(spell)
    require(bool(said[0]["said"].strip()), "a word from rank 0", "it says nothing")
    for number, rank in enumerate(said[1:], start=1):
        require(
            not rank["said"].strip(),
            "nothing from the other ranks",
            f"rank {number} says `{rank['said'].strip().partition(chr(10))[0]}`",
            mistakes={"all-talk": True},
        )
