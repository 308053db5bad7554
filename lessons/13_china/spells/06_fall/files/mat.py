"""A mat to fall on: trainings in processes of their own, some of which are killed.

    life(train, path, epochs, seed)                   one training, in a process of its own, from a mould
    life(train, path, epochs, seed, falls_after=47)   the same, and SIGKILL when 47 steps have been taken
    apart(work, *args)                                work(fall, *args) in a process of its own; where it
                                                      calls fall(), the process is killed

The kill is a real one. `SIGKILL` cannot be caught: no `finally` runs, no file is closed, nobody says goodbye. The
processes are forked from this one, which has torch already; a new one would import it anew.
"""

import multiprocessing
import pickle
import re
import time
import traceback
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook


torch.optim.SGD([nn.Parameter(torch.zeros(1))])  # the first imports a good deal: once here, not in each process


@dataclass
class Outcome:
    """What became of a process."""

    code: int
    """0, or -9 where it was killed: the signal, with a minus."""
    value: object = None
    error: str = ""


def rows():
    """Two hundred mornings, eight things about each, and to which of four sides he leaned."""
    dice = torch.Generator().manual_seed(12)
    x = torch.randn(200, 8, generator=dice)
    return x, (x @ torch.randn(8, 4, generator=dice)).argmax(dim=1)


def mould(seed):
    """A model as it begins, its optimizer and its scheduler."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 4))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return model, optimizer, torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)


def life(train, path, epochs, seed=13, falls_after=None):
    """One training; `value` of what comes back is (losses, weights). The mould and the dice begin from `seed`."""
    outcome = apart(_live, train, path, epochs, seed, falls_after)
    if outcome.error:
        raise RuntimeError(f"in a process of its own, {outcome.error}")
    return outcome


def difference(one, other):
    """The largest difference between two lots of weights: 0.0 where they are alike to the last bit."""
    return max((one[name].double() - other[name].double()).abs().max().item() for name in one)


def apart(work, *args, seconds=30.0):
    """What becomes of work(fall, *args) in a process of its own."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_be_apart, args=(work, args, ours, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            return Outcome(0, error=f"TimeoutError: nothing was heard of it for {seconds:g} seconds")
        word, what = ours.recv()
        if word == "fell":
            process.kill()  # SIGKILL: here it ends, wherever it stands
            process.join()
            return Outcome(process.exitcode)
        process.join(5)
        return Outcome(0, pickle.loads(what)) if word == "came back" else Outcome(1, error=what)
    except EOFError:
        process.join(5)
        return Outcome(process.exitcode or 0, error="EOFError: the process left without a word")
    finally:
        process.kill()
        process.join()


def _be_apart(work, args, ours, theirs):
    ours.close()

    def fall():
        theirs.send(("fell", None))
        while True:
            time.sleep(60)  # for as long as it takes somebody to kill this

    try:
        said = "came back", pickle.dumps(work(fall, *args))
    except BaseException as error:  # whatever it is, whoever sent this process out wants to know
        frames = [f for f in traceback.extract_tb(error.__traceback__) if not _library(f.filename)]
        where = f" (line {frames[-1].lineno})" if frames else ""
        first = re.sub(r"\s+", " ", str(error).strip())[:600]
        said = "stopped", f"{type(error).__name__}: {first}{where}"
    theirs.send(said)


def _library(file):
    return "site-packages" in file or "/lib/python" in file or file == __file__


def _live(fall, train, path, epochs, seed, falls_after):
    model, optimizer, scheduler = mould(seed)
    steps = 0

    def count(*_):
        nonlocal steps
        steps += 1
        if steps == falls_after:
            fall()

    register_optimizer_step_post_hook(count)
    losses = train(model, optimizer, scheduler, *rows(), epochs, path)
    return losses, {name: part.detach().clone() for name, part in model.state_dict().items()}
