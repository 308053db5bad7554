"""The parts that need no child: wire, channel, text, verdict."""

from __future__ import annotations

import dataclasses
import json
import math
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.crucible import wire
from oz.crucible.channel import NONCE, PART, Receiver, Sender, new_nonce, pair
from oz.crucible.model import (
    Announced,
    Check,
    Dropped,
    ErrorPage,
    Event,
    Finished,
    Frame,
    Job,
    Metric,
    Mode,
    Namespace,
    Output,
    Picture,
    Raised,
    Reason,
    Started,
    TensorSeen,
    Warned,
)
from oz.crucible.text import Cleaner, Decoder
from oz.crucible.verdict import Ended, Ledger, line_of
from oz.crucible.wire import WireError

EVENTS: list[Event] = [
    Started(3, ("a",)),
    Announced(("a", "b")),
    Output("héllo \ud800"),
    Output("no", "stderr"),
    Dropped(7),
    Warned("UserWarning", "w", 3),
    Metric(4, {"loss": 1.5, "lr": math.inf}, ("lr",), 0.5),
    Picture("p", 2, 1, 3, b"\x00\xffabcd"),
    Namespace((TensorSeen("x", "tensor", (2, 3), "float32", preview=((1.0, 2.0),)),)),
    Check("a", False, "why", "id", 3, 0.1),
    Raised(ErrorPage("ValueError", "m", (Frame(1, "f", "x", 0, 1),), "plain", ("a (2,)",), "in")),
    Finished(Reason.PASSED, "", kept=(Path("/a"),)),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_events_come_back_as_they_went(event: Event) -> None:
    assert wire.event_from(wire.loads(wire.dumps(wire.event_to(event)))) == event


def test_a_job_comes_back_as_it_went() -> None:
    job = Job(Mode.JUDGE, program=Path("/p"), trial=Path("/t"), files=(Path("/f"),), argv=("a",))
    assert wire.job_from(json.loads(json.dumps(wire.to_plain(job)))) == job


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"event": None},
        {"event": "Popen", "args": ["ls"]},
        {"event": "Output", "text": 3},
        {"event": "Output", "text": "x", "stream": "stdin"},
        {"event": "Check", "name": "a", "passed": "yes"},
        {"event": "Check", "name": "a"},
        {"event": "Announced", "checks": "abc"},
        {"event": "Metric", "step": True, "values": {}},
        {"event": "Metric", "step": 1, "values": {"loss": "low"}},
        {"event": "Picture", "name": "", "width": 1, "height": 1, "channels": 1, "pixels": "!"},
        {"event": "Finished", "reason": "won", "message": ""},
    ],
)
def test_malformed_events_are_refused(plain: dict) -> None:
    with pytest.raises(WireError):
        wire.event_from(plain)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.sampled_from(EVENTS), st.data())
def test_damaged_events_are_refused_or_sound(event: Event, data: st.DataObject) -> None:
    plain = wire.event_to(event)
    plain[data.draw(st.sampled_from(sorted(plain)))] = data.draw(_JSON)
    try:
        found = wire.event_from(plain)
    except WireError:
        return
    assert dataclasses.is_dataclass(found)


@given(st.binary(max_size=200))
def test_noise_is_no_message(data: bytes) -> None:
    receiver = Receiver(new_nonce())
    assert receiver.take(data) == []
    with pytest.raises(WireError):
        wire.event_from(wire.loads(data))


def test_long_messages_travel_in_parts() -> None:
    ours, theirs = pair()
    nonce = new_nonce()
    receiver = Receiver(nonce)
    payload = bytes(range(256)) * (3 * PART // 256)
    with ours, theirs:
        Sender(ours, nonce).send(payload)
        found: list[bytes] = []
        while not found:
            found = receiver.read(theirs) or []
    assert found == [payload]


def test_another_nonce_is_a_stray() -> None:
    receiver = Receiver(b"a" * NONCE)
    assert receiver.take(b"b" * NONCE + b"Wpassed") == []
    assert receiver.take(b"passed") == []
    assert receiver.strays == 2


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["plain\n"], "plain\n"),
        (["\x1b[31mred\x1b[0m\n"], "red\n"),
        (["\x1b[3", "1mred\n"], "red\n"),
        (["\x1b]0;title\x07x\n"], "x\n"),
        (["a\r", "\nb\n"], "a\nb\n"),
        (["\r10%", "\r20%", "\r30%\n", "done\n"], "30%\ndone\n"),
        (["\r99%"], "99%"),
        (["a\x00\x07b\n"], "ab\n"),
        (["tab\there\n"], "tab\there\n"),
        (["\ud800\n"], "\ufffd\n"),
        (["\x1b"], ""),
    ],
)
def test_what_is_shown(pieces: list[str], shown: str) -> None:
    cleaner = Cleaner()
    assert "".join(map(cleaner.feed, pieces)) + cleaner.close() == shown


@given(st.lists(st.text(st.sampled_from("ab\r\n\x1b[]0;1m\x07\x9b\t é"), max_size=12), max_size=8))
def test_nothing_shown_controls_a_terminal(pieces: list[str]) -> None:
    cleaner = Cleaner()
    shown = "".join(map(cleaner.feed, pieces)) + cleaner.close()
    assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]


def test_characters_cut_in_two_are_whole() -> None:
    decoder = Decoder(100)
    assert "".join(decoder.feed(bytes([b])) for b in "né☃\n".encode()) == "né☃\n"


def test_bytes_beyond_the_limit_are_counted() -> None:
    decoder = Decoder(10)
    assert decoder.feed(b"x" * 8) + decoder.feed(b"y" * 8) == "x" * 8 + "yy"
    assert decoder.dropped == 6


# --- the verdict ----------------------------------------------------------------------------------

JOB = Job(Mode.JUDGE, program=Path("/spell.py"), trial=Path("/trial.py"))
GOOD = Ended(status=0)


def _finish(events: list, said: dict | None, ended: Ended = GOOD) -> Finished:
    ledger = Ledger(JOB, Path("/spell.py"))
    for event in events:
        ledger.take(event)
    if said is not None:
        ledger.say(said)
    return ledger.finish(ended, 0.1)


A, B = Check("a", True), Check("b", True)
BOTH = Announced(("a", "b"))
YES = {"done": "passed"}


def test_a_pass_is_said_whole() -> None:
    assert _finish([BOTH, A, B], YES).reason is Reason.PASSED


@pytest.mark.parametrize(
    ("events", "said", "ended"),
    [
        ([BOTH, A, B], None, GOOD),
        ([BOTH, A, B], {"done": "ran"}, GOOD),
        ([BOTH, A, B], {"done": "failed"}, GOOD),
        ([BOTH, A, B], {"done": True}, GOOD),
        ([BOTH, A, B], {}, GOOD),
        ([], YES, GOOD),
        ([A, B], YES, GOOD),
        ([Announced(()),], YES, GOOD),
        ([BOTH, A], YES, GOOD),
        ([BOTH, B, A], YES, GOOD),
        ([BOTH, A, A, B], YES, GOOD),
        ([BOTH, A, Check("b", False, "no")], YES, GOOD),
        ([BOTH, BOTH, A, B], YES, GOOD),
        ([BOTH, A, B, Finished(Reason.PASSED, "")], YES, GOOD),
        ([BOTH, A, B], YES, Ended(status=1 << 8)),
        ([BOTH, A, B], YES, Ended(status=signal.SIGSEGV)),
        ([BOTH, A, B], YES, Ended(status=None)),
        ([BOTH, A, B], YES, Ended(status=0, cause="time")),
        ([BOTH, A, B], YES, Ended(cause="gone")),
        ([BOTH, A, B], YES, Ended(cause="stop")),
    ],
)  # fmt: skip
def test_nothing_less_is_a_pass(events: list, said: dict | None, ended: Ended) -> None:
    finished = _finish(events, said, ended)
    assert finished.reason is not Reason.PASSED
    assert finished.message


def test_a_second_word_spoils_it() -> None:
    ledger = Ledger(JOB, Path("/spell.py"))
    for event in (BOTH, A, B):
        ledger.take(event)
    ledger.say({"done": "failed"})
    ledger.say(YES)
    assert ledger.finish(GOOD, 0.1).reason is not Reason.PASSED


_EVENT = st.sampled_from([BOTH, A, B, Check("b", False, "no"), Announced(("a",)), Output("x")])
_SAID = st.sampled_from([YES, {"done": "failed"}, {"done": "error"}, {"done": 3}])
_STATUS = st.sampled_from([0, 256, 9, 11, None])


@given(st.lists(_EVENT, max_size=6), st.lists(_SAID, max_size=2), _STATUS)
def test_a_pass_is_always_whole(events: list, said: list, status: int | None) -> None:
    ledger = Ledger(JOB, Path("/spell.py"))
    for event in events:
        ledger.take(event)
    for word in said:
        ledger.say(word)
    if ledger.finish(Ended(status=status), 0.1).reason is Reason.PASSED:
        checks = [event for event in events if isinstance(event, Check)]
        (announced,) = [event for event in events if isinstance(event, Announced)]
        assert tuple(check.name for check in checks) == announced.checks
        assert all(check.passed for check in checks)
        assert said == [YES]
        assert status == 0


DUMP = """Thread 0x00007f (most recent call first):
  File "/lib/threading.py", line 320 in wait

Current thread 0x00007e (most recent call first):
  File "/lib/torch/nn/functional.py", line 99 in linear
  File "/spell.py", line 12 in forward
  File "/spell.py", line 20 in <module>
  File "/oz/crucible/child/worker.py", line 5 in work
"""


def test_the_innermost_line_of_the_program_is_named() -> None:
    assert line_of(DUMP, Path("/spell.py")) == 12
    assert line_of(DUMP, Path("/other.py")) is None
    assert line_of("", Path("/spell.py")) is None
