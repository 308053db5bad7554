"""Whether the porch lets slates in and nothing else, and stays up whatever comes."""

import contextlib
import importlib.util
import json
from pathlib import Path

import httpx
import numpy as np
import onnxruntime
import pytest

from oz.trial import mistake, require

HERE = Path(__file__).parent
# Two hundred of scikit-learn's digits, as they are there: whole numbers from 0 to 16.
BOOK = np.load(HERE / "files" / "slates.npz")


def _palace():
    made = importlib.util.spec_from_file_location("palace_of_the_trial", HERE / "files" / "palace.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


opened = _palace().opened


class Brain:
    """A brain that can be looked into: logits that are a fixed sum of the chalk."""

    def __init__(self, rng):
        self.weights = rng.normal(size=(64, 10)).astype(np.float32)
        self.asked = []
        self.ill = False

    def __call__(self, slates):
        self.asked.append((getattr(slates, "dtype", type(slates)), getattr(slates, "shape", ())))
        if self.ill:
            raise RuntimeError("the straw has slipped")
        rows = np.asarray(slates, dtype=np.float32).reshape(len(slates), -1)
        return rows @ self.weights

    def door(self, slate):
        return int((np.asarray(slate, dtype=np.float32).reshape(64) @ self.weights).argmax())


@pytest.fixture
def brain(rng):
    return Brain(rng)


class Visit:
    """Somebody at the door: a new connection each time, since what was refused may have been shut."""

    def __init__(self, address):
        self.client = httpx.Client(
            base_url=address, timeout=15, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def bring(self, content):
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        try:
            return self.client.post("/read", content=content, headers={"content-type": "application/json"})
        except httpx.TransportError as error:
            require(False, "an answer to whatever comes", f"none: `{type(error).__name__}`")


class Served:
    """The player's porch, opened once for all checks; the brain behind it is exchanged from check to check."""

    def __init__(self, porch):
        self.thinker = None
        self.porch = porch
        app = porch(lambda slates: self.thinker(slates))
        require(
            callable(app),
            "an application from `porch(brain)`",
            f"`{type(app).__name__}`",
            mistakes={"nothing": app is None},
        )
        self.open = opened(app)  # held, and never shut: the process ends with the trial
        self.visit = Visit(self.open.__enter__())


_SERVED = []


@contextlib.contextmanager
def visiting(spell, brain):
    if not _SERVED or _SERVED[0].porch is not spell.porch:
        _SERVED[:] = [Served(spell.porch)]
    _SERVED[0].thinker = brain
    yield _SERVED[0].visit


def _slate(rng):
    return rng.integers(0, 17, size=(8, 8)) / 16


def _whole_body(answer):
    """Whether it was FastAPI that refused, because the object is not what the function takes."""
    if answer.status_code != 422:
        return False
    places = [fault.get("loc") for fault in answer.json()["detail"]]
    return ["body"] in places or ["query", "slate"] in places


def _door(answer, asked, brain=None):
    if brain is not None and brain.asked:
        dtype, shape = brain.asked[-1]
        require(
            shape == (1, 1, 8, 8),
            "one slate for the brain, `(1, 1, 8, 8)`",
            f"`{tuple(shape)}`",
            mistakes={"no-batch": True},
        )
        require(dtype == np.float32, "`float32` for the brain", f"`{dtype}`", mistakes={"float64": dtype == np.float64})
    require(
        answer.status_code == 200,
        "200 for a right slate",
        f"{answer.status_code}",
        mistakes={
            "unwritable": answer.status_code == 500 and brain is not None and bool(brain.asked),
            "other-body": lambda _: _whole_body(answer),
            "too-strict": 400 <= answer.status_code < 500,
        },
    )
    said = answer.json()
    require(
        isinstance(said, dict) and set(said) >= {"door"},
        '`{"door": …}`',
        f"`{answer.text[:80]}`",
    )
    door = said["door"]
    require(
        isinstance(door, int) and not isinstance(door, bool),
        "the number of a door, one whole number",
        f"`{json.dumps(door)[:60]}`",
        mistakes={"not-one-door": True},
    )
    require(door == asked, f"door {asked}", f"door {door}", mistakes={"another-door": True})


def test_reads(spell, brain, rng):
    """a slate is read: 200, and `{"door": …}`"""
    with visiting(spell, brain) as visit:
        require(not brain.asked, "nobody asked before somebody comes", "the brain was asked")
        for turn in range(1, 4):
            slate = _slate(rng)
            answer = visit.bring({"slate": slate.tolist()})
            _door(answer, brain.door(slate), brain)
            require(len(brain.asked) == turn, "one question to the brain for one slate", f"{len(brain.asked)} for {turn}")
        for slate in (np.zeros((8, 8)), np.ones((8, 8)), np.eye(8, dtype=int)):
            _door(visit.bring({"slate": slate.tolist()}), brain.door(slate), brain)


def test_real(spell, rng, scratch):
    """with `balloon.onnx` for a brain, slates of real chalk go to the doors that it says"""
    session = onnxruntime.InferenceSession(str(scratch / "balloon.onnx"), providers=["CPUExecutionProvider"])

    def brain(slates):
        return session.run(None, {"x": slates})[0]

    with visiting(spell, brain) as visit:
        for which in rng.choice(len(BOOK["slates"]), 8, replace=False):
            slate = BOOK["slates"][which] / 16
            asked = int(brain(slate.astype(np.float32)[None, None]).argmax())
            _door(visit.bring({"slate": slate.tolist()}), asked)


def _refused(visit, brain, what, content, **mistakes):
    before = len(brain.asked)
    answer = visit.bring(content)
    status = answer.status_code
    held = {name: holds(status) for name, holds in mistakes.items()}
    require(
        400 <= status < 500,
        f"a refusal, 4xx, for {what}",
        f"{status}",
        mistakes={
            "smiling": 200 <= status < 300 and len(brain.asked) == before and "door" not in answer.text,
            **held,
            "our-fault": status >= 500,
        },
    )
    require(
        len(brain.asked) == before,
        f"the brain left in peace over {what}",
        "it was asked",
        mistakes={"asked-anyway": True},
    )


def test_shape(spell, brain, rng):
    """what is not eight rows of eight is refused, 4xx, and the brain not asked"""
    good = _slate(rng).tolist()

    def accepted(status):
        return status == 200

    with visiting(spell, brain) as visit:
        _refused(visit, brain, "a slate of seven rows", {"slate": good[:7]}, **{"any-size": accepted})
        _refused(visit, brain, "a slate of nine rows", {"slate": [*good, good[0]]}, **{"any-size": accepted})
        _refused(visit, brain, "rows of seven", {"slate": [row[:7] for row in good]}, ragged=lambda s: s >= 500, **{"any-size": accepted})
        wide = [[*row, 0.5] for row in good]
        _refused(visit, brain, "rows of nine", {"slate": wide}, ragged=lambda s: s >= 500, **{"any-size": accepted})
        ragged = [*good[:7], good[7][:5]]
        _refused(visit, brain, "a slate with a corner off", {"slate": ragged}, ragged=lambda s: s != 200)
        four = [[*a, *b] for a, b in zip(good[::2], good[1::2], strict=True)]
        _refused(visit, brain, "four rows of sixteen", {"slate": four}, reshaped=accepted)
        _refused(visit, brain, "sixty-four numbers in one row", {"slate": sum(good, [])}, reshaped=accepted)
        _refused(visit, brain, "a slate inside a slate", {"slate": [good]}, reshaped=accepted)
        _refused(visit, brain, "a slate with nothing on it", {"slate": []}, **{"any-size": accepted})


def test_stuff(spell, brain, rng):
    """what is no slate at all is refused: other words, other things, no JSON"""
    good = _slate(rng).tolist()
    word = [row[:] for row in good]
    word[3][4] = "chalk"
    gap = [row[:] for row in good]
    gap[2][5] = None
    with visiting(spell, brain) as visit:
        for what, content in {
            "a greeting": {"greeting": "good morning"},
            "an empty hand": {},
            "a word for a slate": {"slate": "seven"},
            "a number for a slate": {"slate": 7},
            "null": None,
            "a list": [good],
            "a slate with a word on it": {"slate": word},
            "a slate with a hole in it": {"slate": gap},
            "half of a sentence": b'{"slate": [[0.0, 0.5,',
            "nothing": b"",
            "bytes that are no text": b"\xff\xfe\x00",
        }.items():
            _refused(visit, brain, what, content)


def test_range(spell, brain, rng):
    """chalk is from 0 to 1: sixteenths, negatives and what is beyond are refused"""
    good = _slate(rng)
    good[0, 0], good[7, 7] = 0.25, 0.5

    def accepted(status):
        return status == 200

    with visiting(spell, brain) as visit:
        _refused(visit, brain, "a slate in sixteenths", {"slate": (good * 16).tolist()}, unscaled=accepted)
        for value in (-0.01, 1.01, 255, -1e30):
            for place in ((0, 0), (7, 7)):
                slate = good.copy()
                slate[place] = value
                _refused(visit, brain, f"chalk of {value}", {"slate": slate.tolist()}, unscaled=accepted)


def test_nan(spell, brain, rng):
    """a NaN is refused, and infinity, and that without falling over them"""
    text = json.dumps({"slate": _slate(rng).tolist()})
    with visiting(spell, brain) as visit:
        for value in ("NaN", "Infinity", "-Infinity", "1e999"):
            first = text.index("[[") + 2
            content = text[:first] + value + text[text.index(",", first) :]
            _refused(
                visit,
                brain,
                f"`{value}`",
                content.encode(),
                **{
                    "nan-let-in": lambda status: status == 200,
                    "repeats-it": lambda status: status >= 500,
                },
            )


def test_own_fault(spell, brain, rng):
    """when the brain itself fails that is 5xx, nobody's fault outside; and the next one is answered"""
    slate = _slate(rng)
    with visiting(spell, brain) as visit:
        brain.ill = True
        status = visit.bring({"slate": slate.tolist()}).status_code
        require(
            500 <= status < 600,
            "5xx when the brain fails over a right slate",
            f"{status}",
            mistakes={"blames-them": 400 <= status < 500, "smiling": status < 300},
        )
        brain.ill = False
        _door(visit.bring({"slate": slate.tolist()}), brain.door(slate), brain)


def test_after_all(spell, brain, rng):
    """and after a morning of all that, right slates are read as before"""
    with visiting(spell, brain) as visit:
        for bad in (b"{", b'{"slate": [[NaN]]}', b"[" * 5000, b'{"slate": "' + b"x" * 300_000 + b'"}'):
            if not 400 <= visit.bring(bad).status_code < 500:
                mistake("our-fault")
            slate = _slate(rng)
            _door(visit.bring({"slate": slate.tolist()}), brain.door(slate), brain)
