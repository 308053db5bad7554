"""Whether he can be greeted while he thinks, has read something before the doors open, and stays in if he cannot."""

import importlib.util
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import onnxruntime

from oz.trial import mistake, require

HERE = Path(__file__).parent
# Two hundred of scikit-learn's digits, as they are there: whole numbers from 0 to 16.
BOOK = np.load(HERE / "files" / "slates.npz")
PATIENCE = 2.5
"""Seconds for a greeting. Answered, it takes milliseconds; what it is measured against never ends."""


def _palace():
    made = importlib.util.spec_from_file_location("palace_of_the_trial", HERE / "files" / "palace.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


opened = _palace().opened


class Brain:
    """A brain that notes what it is asked, and can be held up in the middle of a thought."""

    def __init__(self, think):
        self.think = think
        self.asked = []
        self.entered = threading.Event()
        self.may_go = threading.Event()
        self.may_go.set()

    def __call__(self, slates):
        self.asked.append((getattr(slates, "dtype", None), getattr(slates, "shape", None)))
        self.entered.set()
        self.may_go.wait(60)
        return self.think(slates)


def _sum(slates):
    return np.asarray(slates, dtype=np.float32).reshape(len(slates), -1)[:, :10]


def _app(spell, brain):
    app = spell.throne(brain)
    require(callable(app), "an application from `throne(brain)`", f"`{type(app).__name__}`")
    return app


def _slate(rng):
    return rng.integers(0, 17, size=(8, 8)) / 16


def test_reads(spell, rng, scratch):
    """slates are read as before, and what is no slate refused"""
    session = onnxruntime.InferenceSession(str(scratch / "balloon.onnx"), providers=["CPUExecutionProvider"])
    brain = Brain(lambda slates: session.run(None, {"x": slates})[0])
    with opened(_app(spell, brain)) as address, httpx.Client(base_url=address, timeout=20) as client:
        for which in rng.choice(len(BOOK["slates"]), 5, replace=False):
            slate = BOOK["slates"][which] / 16
            asked = int(brain.think(slate.astype(np.float32)[None, None]).argmax())
            answer = client.post("/read", json={"slate": slate.tolist()})
            require(
                answer.status_code == 200 and answer.json().get("door") == asked,
                f"200 and door {asked}",
                f"{answer.status_code}, `{answer.text[:60]}`",
                mistakes={"no-door": answer.status_code == 200},
            )
        answer = client.post("/read", json={"slate": "seven"})
        require(400 <= answer.status_code < 500, "4xx for a word", f"{answer.status_code}")


def test_greeted(spell, rng):
    """while the brain is thinking, GET `/health` is answered at once: 200"""
    brain = Brain(_sum)
    slate = _slate(rng)
    with opened(_app(spell, brain)) as address, ThreadPoolExecutor(1) as other:
        brain.entered.clear()
        brain.may_go.clear()
        reading = other.submit(httpx.post, f"{address}/read", json={"slate": slate.tolist()}, timeout=60)
        try:
            thinking = brain.entered.wait(PATIENCE)
            before = len(brain.asked)
            try:
                answer = httpx.get(f"{address}/health", timeout=PATIENCE)
            except httpx.TimeoutException:
                if len(brain.asked) > before:
                    mistake("examined")
                require(
                    False,
                    "an answer to 'how do you do', while he thinks",
                    f"none, for {PATIENCE:g} seconds",
                    mistakes={"deaf": thinking},
                )
        finally:
            brain.may_go.set()
        require(thinking, "the brain asked about the slate", "it was not")
        require(
            answer.status_code == 200,
            "200 at `/health`",
            f"{answer.status_code}",
            mistakes={"no-health": answer.status_code in (404, 405)},
        )
        require(len(brain.asked) == before, "a greeting, no examination", "the brain was asked", mistakes={"examined": True})
        answer = reading.result(60)
        asked = int(slate.reshape(64)[:10].argmax())
        require(
            answer.status_code == 200 and answer.json().get("door") == asked,
            f"door {asked} for who waited meanwhile",
            f"{answer.status_code}, `{answer.text[:60]}`",
        )


def test_unexamined(spell, rng):
    """a greeting is no examination: the brain is not asked"""
    brain = Brain(_sum)
    with opened(_app(spell, brain)) as address, httpx.Client(base_url=address, timeout=20) as client:
        before = len(brain.asked)
        for _ in range(3):
            answer = client.get("/health")
            require(
                answer.status_code == 200,
                "200 at `/health`",
                f"{answer.status_code}",
                mistakes={"no-health": answer.status_code in (404, 405)},
            )
        require(len(brain.asked) == before, "a greeting, no examination", "the brain was asked", mistakes={"examined": True})


def test_warm(spell):
    """before the doors open he has read something, `float32` of shape `(n, 1, 8, 8)`; not sooner"""
    brain = Brain(_sum)
    app = _app(spell, brain)
    require(
        not brain.asked,
        "nobody asked by `throne(brain)` itself",
        "the brain was asked",
        mistakes={"too-early": True},
    )
    brain.may_go.clear()
    with ThreadPoolExecutor(1) as other:
        door = opened(app)
        opening = other.submit(door.__enter__)
        while not brain.entered.wait(0.02) and not opening.done():
            pass
        thinking = brain.entered.is_set()
        early = False
        if thinking:
            try:
                opening.result(0.3)
                early = True
            except TimeoutError:
                pass
        brain.may_go.set()
        opening.result(60)
    asked = list(brain.asked)
    door.__exit__(None, None, None)
    require(
        thinking and asked,
        "the brain asked before the doors are open",
        "it was not",
        mistakes={"cold": True},
    )
    require(
        not early,
        "doors that stay shut until he has read it",
        "they open while he is still thinking",
        mistakes={"still-warming": True},
    )
    dtype, shape = asked[0]
    require(
        dtype == np.float32 and shape is not None and len(shape) == 4 and shape[0] >= 1 and shape[1:] == (1, 8, 8),
        "something of the kind that will come: `float32`, `(n, 1, 8, 8)`",
        f"`{dtype}`, `{shape}`",
        mistakes={"other-shape": True},
    )


def test_ill(spell):
    """and if he cannot, the doors stay shut"""

    def ill(slates):
        raise RuntimeError("the straw has slipped")

    try:
        with opened(_app(spell, ill)):
            pass
    except RuntimeError:
        return
    require(False, "shut doors when the first thought fails", "open doors", mistakes={"opens-ill": True})
