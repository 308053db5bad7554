"""Sends out ranks: copies of this program, each of which knows which one it is, and how many they are.

    launch(work, 3, *args)     calls work(rank, 3, *args) in three processes that have met in a process
                               group already; gives the list of what they return, by rank
    send_out(work, 3, *args)   the same, but they have still to meet: each has RANK, LOCAL_RANK,
                               WORLD_SIZE, MASTER_ADDR and MASTER_PORT around it, as under torchrun

`torchrun` starts new processes, and each imports torch anew, which takes seconds. These are forked from a
process that has it already, which takes a tenth of one. Where something goes wrong in a rank, or they wait for one
another until nobody has patience left, `RankError` says who stopped where.
"""

import contextlib
import faulthandler
import multiprocessing
import os
import pickle
import re
import resource
import signal
import socket
import sys
import tempfile
import time
import traceback
from datetime import timedelta
from multiprocessing.connection import wait
from pathlib import Path

import torch.distributed as dist

PATIENCE = 2.5
"""Seconds that a rank of `launch` waits for the others in one operation; PyTorch's own default is half an hour."""
_LINGER = 0.4
"""Seconds that are left to the others once something has gone wrong in one rank."""
_IN_TURN = r"Timed out|timed out|Connection (closed|reset|refused)|Broken pipe|still waiting"
"""What a rank says that stopped because of another."""


class RankError(RuntimeError):
    """One rank or more did not come back. `stopped` says for each of them what became of it."""

    def __init__(self, message, stopped):
        super().__init__(message)
        self.stopped = stopped


def launch(work, world, *args, seconds=20.0):
    """What work(rank, world, *args) returns in each of `world` ranks, which have met over gloo."""
    with tempfile.TemporaryDirectory() as folder:
        return _launch(work, world, args, seconds, f"file://{folder}/meeting")


def send_out(work, world, *args, seconds=20.0):
    """The same for ranks that have to meet by themselves, at MASTER_ADDR and MASTER_PORT."""
    return _launch(work, world, args, seconds, None)


def free_port():
    """The number of a port on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _launch(work, world, args, seconds, meeting):
    fork = multiprocessing.get_context("fork")
    port = free_port()
    processes, lines = [], []
    with tempfile.TemporaryDirectory() as notes:
        for rank in range(world):
            ours, theirs = fork.Pipe()
            around = {
                "RANK": rank,
                "LOCAL_RANK": rank,
                "WORLD_SIZE": world,
                "LOCAL_WORLD_SIZE": world,
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": port,
            }
            process = fork.Process(
                target=_be_rank, args=(around, work, args, meeting, theirs, Path(notes, str(rank)))
            )
            process.start()
            theirs.close()
            processes.append(process)
            lines.append(ours)
        try:
            said = _hear(processes, lines, seconds)
            if all(came for came, _ in said.values()) and len(said) == world:
                for line in lines:
                    line.send(None)  # all are back: now they may part
                for process in processes:
                    process.join(2)
                return [said[rank][1] for rank in range(world)]
            raise _error(said, processes, notes, seconds)
        finally:
            for process in processes:
                process.kill()
                process.join()


def _be_rank(around, work, args, meeting, line, note):
    os.environ.update({name: str(value) for name, value in around.items()})
    rank, world = around["RANK"], around["WORLD_SIZE"]
    resource.setrlimit(
        resource.RLIMIT_CORE, (0, 0)
    )  # who is aborted goes at once, and leaves no core behind
    with open(note, "w") as file:
        faulthandler.register(signal.SIGUSR1, file=file, all_threads=False)
        try:
            if meeting:
                patience = timedelta(seconds=PATIENCE)
                dist.init_process_group(
                    "gloo", init_method=meeting, rank=rank, world_size=world, timeout=patience
                )
            said = True, _packed(rank, work(rank, world, *args))
        except BaseException as error:  # whatever it is, whoever sent this rank out wants to know
            error.__traceback__ = error.__traceback__.tb_next  # without the frame of this function
            trace = "".join(traceback.format_exception(error))
            said = False, (type(error).__name__, str(error), trace)
        line.send(said)
        with contextlib.suppress(EOFError):
            line.recv()  # who is back waits for the others: leaving would tear the connections
        if said[0] and dist.is_initialized():
            dist.destroy_process_group()


def _packed(rank, said):
    try:
        return pickle.dumps(said)
    except Exception as error:  # pickle, and what is pickled, may raise anything
        raise TypeError(
            f"what rank {rank} gives back, a {type(said).__name__}, cannot be sent home: {error}"
        ) from None


def _hear(processes, lines, seconds):
    """For each rank that said something, whether it came back, and with what."""
    until = time.monotonic() + seconds
    said = {}
    while len(said) < len(lines) and (left := until - time.monotonic()) > 0:
        open_ = {lines[rank]: rank for rank in range(len(lines)) if rank not in said}
        for line in wait(list(open_), left):
            said[open_[line]] = _told(line, processes[open_[line]])
        if not all(came for came, _ in said.values()):
            until = min(until, time.monotonic() + _LINGER)
    return said


def _told(line, process):
    try:
        came, what = line.recv()
    except (EOFError, OSError):  # nobody holds the other end any more
        process.join()
        return False, _died(process.exitcode)
    return came, pickle.loads(what) if came else what


def _died(code):
    how = f"killed by signal {-code}" if code < 0 else f"ended with code {code}"
    return "ProcessDied", f"the process was {how}" if code < 0 else f"the process {how}", ""


def _error(said, processes, notes, seconds):
    stopped = {rank: "came back" for rank, (came, _) in said.items() if came}
    told = {}
    for rank, (came, what) in said.items():
        if not came:
            kind, message, trace = what
            own = _of_the_program(re.findall(r'File "([^"]+)", line (\d+), in ', trace))
            where = f" at line {own[-1]}" if own else ""
            first = message.strip().splitlines()[0] if message.strip() else kind
            first = re.sub(r"^\[[^]]*\.cc:\d+\] ", "", first)
            stopped[rank] = f"stopped{where}: {kind}: {first}"
            told[rank] = f"{kind}: {message}", trace or f"{kind}: {message}"
    for rank in set(range(len(processes))) - set(said):
        place = _where(processes[rank], Path(notes, str(rank)))
        line = _of_the_program(re.findall(r'File "([^"]+)", line (\d+), in ', place))
        stopped[rank] = "was still waiting" + (f" at line {line[-1]}" if line else "")
        trace = f"{place}TimeoutError: still waiting when the others had stopped, or after {seconds:g} s"
        told[rank] = "still waiting", f"Traceback (most recent call last):\n{trace}"
    first = min(told, key=lambda rank: (bool(re.search(_IN_TURN, told[rank][0])), rank))
    roll = "\n".join(f"rank {rank} {_short(stopped[rank])}" for rank in sorted(stopped))
    message = f"{roll}\n\n-- Process {first} terminated with the following error:\n{told[first][1]}"
    return RankError(message, stopped)


def _short(words):
    return words if len(words) < 120 else words[:119] + "…"


def _of_the_program(places):
    """The line numbers that lie in the program itself; where none does, those in what lies beside it."""
    program = getattr(sys.modules["__main__"], "__file__", None)
    beside = [number for file, number in places if not _library(file)]
    return [number for file, number in places if file == program] or beside


def _library(file):
    return "site-packages" in file or "/lib/python" in file or file == __file__


def _where(process, note):
    """Frames of the program in which a rank stands that has said nothing."""
    with contextlib.suppress(OSError, ValueError):
        os.kill(process.pid, signal.SIGUSR1)
    until = time.monotonic() + 1
    while time.monotonic() < until and "File" not in note.read_text():
        time.sleep(0.01)
    found = re.findall(r'File "([^"]+)", line (\d+) in (\S+)', note.read_text())
    here = next((n for n, frame in enumerate(found) if frame[2] == "_be_rank"), len(found))
    own = [frame for frame in reversed(found[:here]) if not _library(frame[0])]
    return "".join(f'  File "{file}", line {line}, in {name}\n' for file, line, name in own)
