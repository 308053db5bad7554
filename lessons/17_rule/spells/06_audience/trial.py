"""Whether the palace serves: in a process of its own, on loopback, with a crowd before it, a real client for each.

Parties are counted, and the brain is held up in the middle of a thought until everybody is there: what is
asked does not depend on how fast the machine is.
"""

import asyncio
import atexit
import json
import math
import os
import queue
import re
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import numpy as np
import onnxruntime

from oz.trial import mistake, require

HERE = Path(__file__).parent
# Two hundred of scikit-learn's digits, as they are there: whole numbers from 0 to 16.
BOOK = np.load(HERE / "files" / "slates.npz")["slates"].astype(np.float32) / 16
AT_MOST = 16
CROWD = 64
SPARE = 3
"""Parties that may go in with fewer than they could hold."""
PATIENCE = 4.0
"""Seconds for what takes milliseconds; what it is measured against never ends."""

KEEPER = '''
import asyncio, json, os, socket, sys, threading
import onnxruntime, uvicorn

report_to = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # what the service itself prints goes with its errors
lock = threading.Lock()

def report(**said):
    with lock:
        report_to.write(json.dumps(said) + "\\n")

may_go, ill = threading.Event(), threading.Event()
may_go.set()
Real = onnxruntime.InferenceSession

class Session:
    def __init__(self, *args, **kwargs):
        report(what="loaded")
        self._real = Real(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self._real, name)

    def run(self, names, feeds, *rest, **more):
        (x,) = feeds.values()
        report(what="asked", shape=list(getattr(x, "shape", ())), dtype=str(getattr(x, "dtype", type(x))))
        may_go.wait(60)
        if ill.is_set():
            raise RuntimeError("the straw has slipped")
        return self._real.run(names, feeds, *rest, **more)

onnxruntime.InferenceSession = Session
arrived = 0

def counted(app):
    async def outer(scope, receive, send):
        async def heard():
            global arrived
            message = await receive()
            if scope.get("path") == "/read" and message["type"] == "http.request" and not message.get("more_body"):
                arrived += 1
            return message
        await app(scope, heard, send)
    return outer

def listen():
    for line in sys.stdin:
        word = line.strip()
        {"hold": may_go.clear, "go": may_go.set, "ill": ill.set, "well": ill.clear}.get(word, int)()
        report(what="told", word=word, arrived=arrived, torch="torch" in sys.modules)
    os._exit(0)

threading.Thread(target=listen, daemon=True).start()
sys.path.insert(0, os.getcwd())
import service

class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        report(what="open" if self.started else "shut")

door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
door.bind(("127.0.0.1", 0))
report(what="port", port=door.getsockname()[1])
Server(uvicorn.Config(counted(service.app), log_level="error", lifespan="on")).run(sockets=[door])
'''


class Keeper:
    """The player's service in a process of its own, and what it reports of the brain."""

    def __init__(self, source, folder):
        (folder / "service.py").write_text(source, "utf-8")
        (folder / "keeper.py").write_text(KEEPER, "utf-8")
        self._errors = folder / "keeper.err"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "keeper.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=folder,
                text=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            )
        atexit.register(self.process.kill)
        self.asked, self.loaded, self.port = [], 0, None
        self.silent = False
        self.entered = threading.Event()
        self._told = queue.Queue()
        threading.Thread(target=self._hear, daemon=True).start()
        self.opened = self._said("open", "shut", "ended", seconds=60)["what"] == "open"
        self.at_opening = len(self.asked), self.loaded
        self.address = f"http://127.0.0.1:{self.port}"

    def _hear(self):
        for line in self.process.stdout:
            said = json.loads(line)
            match said["what"]:
                case "asked":
                    self.asked.append((said["dtype"], said["shape"]))
                    self.entered.set()
                case "loaded":
                    self.loaded += 1
                case "port":
                    self.port = said["port"]
                case _:
                    self._told.put(said)
        self._told.put({"what": "ended"})

    def _said(self, *what, seconds=20):
        while True:
            try:
                said = self._told.get(timeout=seconds)
            except queue.Empty:
                return {"what": "silent"}
            if said["what"] in (*what, "ended"):
                return said

    def tell(self, word):
        """Hold up the brain or let it go, make it ill or well; what the keeper has seen."""
        try:
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()
        except OSError:
            return {"what": "ended"}
        return self._said("told")

    @property
    def alive(self):
        try:
            self.process.wait(0.1)  # one that has just died may not have been buried yet
        except subprocess.TimeoutExpired:
            return True
        return False

    def errors(self):
        """What it fell over last, or else the last line that it wrote."""
        lines = [line.strip() for line in self._errors.read_text("utf-8", "replace").splitlines() if line.strip()]
        raised = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
        return (raised or lines or [""])[-1][:200]

    def sizes(self, since):
        return [shape[0] if shape else 0 for _, shape in self.asked[since:]]


_KEEPERS = {}


def kept(spell, scratch):
    """The one process of this trial."""
    if spell.source not in _KEEPERS:
        require("app" in spell, "an application called `app`", "there is none")
        _KEEPERS[spell.source] = Keeper(spell.source, scratch)
    keeper = _KEEPERS[spell.source]
    if not keeper.opened:
        require(False, "doors that open", f"`{keeper.errors()}`")
    keeper.tell("go"), keeper.tell("well")
    require(keeper.alive, "a palace that stands", "it has come down", mistakes={"came-down": True})
    return keeper


def doors(slates, scratch):
    session = onnxruntime.InferenceSession(str(scratch / "balloon.onnx"), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": np.asarray(slates, dtype=np.float32)[:, None]})[0].argmax(axis=1).tolist()


def client_of(keeper, seconds=20.0):
    """A client with so much patience, and with little where right slates have stayed unanswered before."""
    if keeper.silent:
        seconds = PATIENCE
    return httpx.AsyncClient(
        base_url=keeper.address,
        timeout=seconds,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        headers={"content-type": "application/json"},
    )


async def bring(client, content):
    """Status and answer; (0, why) where there was none."""
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    try:
        answer = await client.post("/read", content=content)
    except httpx.TimeoutException:
        return 0, "no answer"
    except httpx.TransportError as error:
        return 0, type(error).__name__
    try:
        return answer.status_code, answer.json()
    except ValueError:
        return answer.status_code, answer.text


def petition(slate):
    return {"slate": np.asarray(slate).tolist()}


def _right(keeper, answers, asked):
    keeper.silent = keeper.silent or any(status == 0 for status, _ in answers)
    got = [said.get("door") if status == 200 and isinstance(said, dict) else status for status, said in answers]
    wrong = [i for i, (a, b) in enumerate(zip(got, asked, strict=True)) if a != b or isinstance(a, bool)]
    if wrong:
        status, said = answers[wrong[0]]
        if status == 500:
            said = keeper.errors() or said
        require(
            False,
            f"200 and door {asked[wrong[0]]}",
            f"{status or 'nothing'}, `{str(said)[:160]}` ({len(wrong)} of {len(asked)} wrong)",
            mistakes={
                "no-answer": status == 0,
                "mixed-up": status == 200 and sorted(map(str, got)) == sorted(map(str, asked)),
            },
        )


def test_opens(spell, scratch):
    """the palace opens in a process of its own: `app`, and no torch in it"""
    keeper = kept(spell, scratch)
    require(
        not keeper.tell("well").get("torch"),
        "a palace without torch",
        "`torch` has been imported",
        mistakes={"torch-along": True},
    )


def test_warm(spell, scratch):
    """before the doors open the model has been loaded, once, and has had a first thought"""
    keeper = kept(spell, scratch)
    thoughts, loaded = keeper.at_opening
    require(loaded >= 1, "`balloon.onnx` in an `InferenceSession` before the doors open", "not yet", mistakes={"every-time": True})
    require(thoughts >= 1, "a first thought before the doors open", "none", mistakes={"cold": True})
    dtype, shape = keeper.asked[0]
    require(
        dtype == "float32" and shape[1:] == [1, 8, 8],
        "`float32` of shape `(n, 1, 8, 8)`",
        f"`{dtype}`, `{tuple(shape)}`",
    )


def test_reads(spell, scratch, rng):
    """a slate is read, and the model is not loaded anew for it"""
    keeper = kept(spell, scratch)
    slates = BOOK[rng.choice(len(BOOK), 6, replace=False)]

    async def visit():
        async with client_of(keeper) as client:
            answers = []
            for slate in slates:
                answers.append(await bring(client, petition(slate)))
                if answers[-1][0] == 0:  # who is silent once would be silent six times over
                    return answers
            return answers

    answers = asyncio.run(visit())
    _right(keeper, answers, doors(slates[: len(answers)], scratch))
    require(
        keeper.loaded == keeper.at_opening[1],
        "the model loaded when the palace opened, and not again",
        f"{keeper.loaded} times",
        mistakes={"every-time": True},
    )


def test_crowd(spell, scratch, rng):
    """with sixty-four before the throne at once everybody gets his own door, in parties of at most sixteen; and meanwhile there is a nod"""
    keeper = kept(spell, scratch)
    slates = BOOK[rng.choice(len(BOOK), CROWD, replace=False)]

    async def visit():
        since, already = len(keeper.asked), keeper.tell("hold")["arrived"]
        async with client_of(keeper, 60) as client:
            keeper.entered.clear()
            first = asyncio.ensure_future(bring(client, petition(slates[0])))
            for _ in range(int(PATIENCE / 0.01)):
                await asyncio.sleep(0.01)
                if keeper.entered.is_set():
                    break
            thinking = keeper.entered.is_set()
            others = [asyncio.ensure_future(bring(client, petition(slate))) for slate in slates[1:]]
            for _ in range(int(PATIENCE / 0.05)):
                await asyncio.sleep(0.05)
                if keeper.tell("")["arrived"] - already >= CROWD:
                    break
            try:
                nod = (await client.get("/health", timeout=PATIENCE)).status_code
                nod = (await client.get("/health", timeout=PATIENCE)).status_code
            except httpx.TransportError:
                nod = 0
            held = len(keeper.asked) - since
            keeper.tell("go")
            return since, thinking, held, nod, await asyncio.gather(first, *others)

    since, thinking, held, nod, answers = asyncio.run(visit())
    require(thinking, "the model asked for the first", "it was not")
    require(
        nod == 200,
        "200 at `/health` while the brain is thinking",
        f"{nod}" if nod else "no answer",
        mistakes={"no-health": nod in (404, 405), "deaf": not nod},
    )
    _right(keeper, answers, doors(slates, scratch))
    sizes = keeper.sizes(since)
    require(max(sizes) <= AT_MOST, f"parties of {AT_MOST} at most", f"one of {max(sizes)}", mistakes={"too-many": True})
    most = 1 + math.ceil((CROWD - 1) / AT_MOST) + SPARE
    require(
        len(sizes) <= most and sum(sizes) == CROWD,
        f"{CROWD} slates in {most} parties or fewer",
        f"{sum(sizes)} in {len(sizes)}: {sizes[:12]}",
        mistakes={"singly": len(sizes) > most},
    )
    require(held == 1, "one party before the throne at a time", f"{held}", mistakes={"two-thoughts": True})


def test_refused(spell, scratch, rng):
    """in the middle of a crowd, what is no slate gets 4xx, and the slates beside it are read"""
    keeper = kept(spell, scratch)
    slates = BOOK[rng.choice(len(BOOK), 12, replace=False)]
    good = slates[0].tolist()
    text = json.dumps({"slate": good})
    first = text.index("[[") + 2
    bad = {
        "half of a sentence": b'{"slate": [[0.0,',
        "a greeting": {"greeting": "good morning"},
        "a word": {"slate": "seven"},
        "null": None,
        "seven rows": {"slate": good[:7]},
        "a corner off": {"slate": [*good[:7], good[7][:5]]},
        "four rows of sixteen": {"slate": np.reshape(good, (4, 16)).tolist()},
        "sixteenths": {"slate": (np.asarray(good) * 16 + 2).tolist()},
        "a negative": {"slate": [[-0.5, *good[0][1:]], *good[1:]]},
        "a NaN": (text[:first] + "NaN" + text[text.index(",", first) :]).encode(),
        "nothing": b"",
    }

    async def visit():
        async with client_of(keeper) as client:
            everybody = [petition(slate) for slate in slates] + list(bad.values())
            return await asyncio.gather(*(bring(client, content) for content in everybody))

    answers = asyncio.run(visit())
    for what, (status, said) in zip(bad, answers[len(slates) :], strict=True):
        require(
            400 <= status < 500,
            f"4xx for {what}",
            f"{status or 'nothing'}, `{str(said)[:60]}`",
            mistakes={
                "repeats-it": what == "a NaN" and status >= 500,
                "let-in": 200 <= status < 300,
                "our-fault": status >= 500,
                "no-answer": status == 0,
            },
        )
    _right(keeper, answers[: len(slates)], doors(slates, scratch))


def test_ill(spell, scratch, rng):
    """when the brain fails, those before it get 5xx; it gets better, and so does the service"""
    keeper = kept(spell, scratch)
    slates = BOOK[rng.choice(len(BOOK), 5, replace=False)]

    async def visit():
        async with client_of(keeper, PATIENCE) as client:
            return await asyncio.gather(*(bring(client, petition(slate)) for slate in slates))

    keeper.tell("ill")
    for status, said in asyncio.run(visit()):
        require(
            500 <= status < 600,
            "5xx when the brain fails",
            f"{status}, `{str(said)[:60]}`" if status else "no answer at all",
            mistakes={"came-down": not keeper.alive, "no-answer": status == 0, "blames-them": 400 <= status < 500, "hushed-up": 200 <= status < 300},
        )
    keeper.tell("well")
    _right(keeper, asyncio.run(visit()), doors(slates, scratch))


def test_gone_home(spell, scratch, rng):
    """those who do not wait for their answer do no harm to those who do"""
    keeper = kept(spell, scratch)
    slates = BOOK[rng.choice(len(BOOK), 10, replace=False)]

    async def visit():
        already = keeper.tell("hold")["arrived"]
        async with client_of(keeper, 30) as client:
            everybody = [asyncio.ensure_future(bring(client, petition(slate))) for slate in slates]
            for _ in range(int(PATIENCE / 0.02)):
                await asyncio.sleep(0.02)
                if keeper.tell("")["arrived"] - already >= len(slates):
                    break
            for one in everybody[::2]:
                one.cancel()
            await asyncio.sleep(0.05)
            keeper.tell("go")
            return await asyncio.gather(*everybody[1::2])

    _right(keeper, asyncio.run(visit()), doors(slates[1::2], scratch))
    if not keeper.alive:
        mistake("came-down")
