"""`same` refuses whatever differs, says how, and accepts every right way to have made it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from oz.trial import CheckFailed, require, same, shares_storage
from oz.trial.failure import recognise

nan, inf = math.nan, math.inf


def said(actual: Any, expected: Any, name: str = "x", **terms: Any) -> str:
    """What the player is told; empty where the two are the same."""
    try:
        same(actual, expected, name, **terms)
    except CheckFailed as failed:
        return failed.message
    return ""


class TestWhatIsSaid:
    def test_shape(self) -> None:
        text = said(torch.ones(32, 10, 1), torch.ones(32, 10))
        assert text == "**shape** of `x` asked `(32, 10)`, yours `(32, 10, 1)`"

    def test_dtype_without_its_prefix(self) -> None:
        assert said(torch.ones(3), torch.ones(3, dtype=torch.int64)) == (
            "**dtype** of `x` asked `int64`, yours `float32`"
        )

    def test_device(self) -> None:
        text = said(torch.ones(3, device="meta"), torch.ones(3))
        assert text == "**device** of `x` asked `cpu`, yours `meta`"

    def test_requires_grad(self) -> None:
        text = said(torch.ones(3), torch.ones(3, requires_grad=True))
        assert text == "**requires_grad** of `x` asked `True`, yours `False`"
        assert not said(torch.ones(3, requires_grad=True), torch.ones(3))
        text = said(torch.ones(3, requires_grad=True), torch.ones(3), requires_grad=False)
        assert text == "**requires_grad** of `x` asked `False`, yours `True`"

    def test_the_first_differing_element_and_how_many(self) -> None:
        mine = torch.zeros(2, 3)
        mine[1, 2] = 0.25
        mine[1, 0] = 7
        assert said(mine, torch.zeros(2, 3)) == (
            "**value at `[1, 0]`** of `x` asked `0.0`, yours `7.0` (2 of 6 elements differ)"
        )

    def test_enough_digits_to_tell_two_numbers_apart(self) -> None:
        text = said(torch.tensor([1.000123]), torch.tensor([1.0]))
        assert "asked `1.0`, yours `1.00012`" in text

    def test_several_things_at_once(self) -> None:
        text = said(torch.ones(2, dtype=torch.float64), torch.ones(3, dtype=torch.int64))
        assert [line.split("**")[1] for line in text.splitlines()] == ["shape", "dtype"]

    def test_type(self) -> None:
        assert (
            said([1, 2], torch.tensor([1, 2])) == "**type** of `x` asked a `Tensor`, yours a `list`"
        )
        assert said(None, torch.ones(1)).endswith("yours `None`")
        assert "a `Tensor` of shape `(1,)`" in said(torch.ones(1), 1.0)
        assert "was it called? `f()`" in said(f, 3)

    def test_text(self) -> None:
        assert (
            said("seven eggs", "six eggs")
            == "**text** of `x` asked `'six eggs'`, yours `'seven eggs'`"
        )
        assert said("a\nb\nd", "a\nb\nc").startswith("**line 3** of `x` asked `'c'`")

    def test_an_item_of_a_sequence_or_dict(self) -> None:
        assert said([torch.ones(1), 3], [torch.ones(1), 4]).startswith(
            "**value** of `x[1]` asked `4`"
        )
        assert said({"a": 1}, {"a": 2}, "d").startswith("**value** of `d['a']`")
        assert said({"b": 1}, {"a": 1}, "d") == (
            "**keys** missing from `d`: `'a'`\n**keys** of `d` that nobody asked for: `'b'`"
        )
        assert "**length** of `x` asked `3`, yours `2`" in said((1, 2), (1, 2, 3))


def f() -> None: ...


SAME = [
    (torch.arange(7), torch.arange(7)),
    (torch.ones(2, 3).t(), torch.ones(3, 2)),
    (torch.empty(0, 3), torch.empty(0, 3)),
    (torch.tensor(3.0), torch.tensor(3.0)),
    (torch.tensor([nan, inf, -inf]), torch.tensor([nan, inf, -inf])),
    (torch.nn.Parameter(torch.ones(2)), torch.ones(2)),
    (torch.tensor([0.1 + 0.2]), torch.tensor([0.3])),
    (torch.tensor([1.0]).bfloat16(), torch.tensor([1.004]).bfloat16()),
    (torch.ones(3).to_sparse(), torch.ones(3).to_sparse()),
    (torch.tensor([1 + 2j]).conj(), torch.tensor([1 - 2j])),
    (torch.tensor([True, False]), torch.tensor([True, False])),
    (3, 3),
    (np.int64(3), 3),
    (0.1 + 0.2, 0.3),
    (nan, nan),
    ([1, 2], (1, 2)),
    (torch.Size([3, 4]), (3, 4)),
    (torch.float32, torch.float32),
    (torch.device("cpu"), torch.device("cpu")),
    (None, None),
    ("eggs", "eggs"),
    ({"a": torch.ones(2)}, {"a": torch.ones(2)}),
    (np.ones(3), np.ones(3)),
    (True, True),
]
OTHER = [
    (torch.zeros(7), torch.arange(7).float()),
    (torch.zeros(3), torch.full((3,), 1e-6)),
    (torch.zeros(3), torch.full((3,), 1e-12)),
    (torch.full((3,), nan), torch.ones(3)),
    (torch.ones(3), torch.full((3,), nan)),
    (torch.full((3,), inf), torch.full((3,), -inf)),
    (torch.full((3,), 3e38), torch.full((3,), inf)),
    (torch.full((3,), inf), torch.full((3,), 3e38)),
    (torch.empty(0), torch.ones(3)),
    (torch.empty(0, 3), torch.empty(0, 4)),
    (torch.empty(0), torch.empty(0, dtype=torch.int64)),
    (torch.tensor(3.0), torch.tensor([3.0])),
    (torch.tensor([2**60 + 1]), torch.tensor([2**60])),
    (torch.tensor([1.001]), torch.tensor([1.0])),
    (torch.tensor([True]), torch.tensor([1])),
    (torch.ones(3), torch.ones(3).to_sparse()),
    (True, 1),
    (1, True),
    (3, 3.0),
    (3.0, 3),
    ("3", 3),
    (nan, 3.0),
    (3.0, nan),
    (2**60 + 1, 2**60),
    ([], [1]),
    ([1], []),
    ("", "eggs"),
    (None, 0),
    ({}, {"a": 1}),
    (torch.float64, torch.float32),
    (np.ones(3), torch.ones(3)),
    (torch.ones(3), np.ones(3)),
    (np.ones(3, dtype=np.float32), np.ones(3)),
]


@pytest.mark.parametrize(("actual", "expected"), SAME, ids=repr)
def test_these_are_the_same(actual: Any, expected: Any) -> None:
    same(actual, expected, "x")


@pytest.mark.parametrize(("actual", "expected"), OTHER, ids=repr)
def test_these_are_not(actual: Any, expected: Any) -> None:
    assert said(actual, expected)


def test_number_types_can_be_left_out() -> None:
    assert not said(torch.ones(2, dtype=torch.int64), torch.ones(2), dtype=False)
    assert not said(3, 3.0, dtype=False)
    assert said(torch.zeros(2, dtype=torch.int64), torch.ones(2), dtype=False)


def test_a_tolerance_can_be_given() -> None:
    assert not said(torch.tensor([1.05]), torch.tensor([1.0]), atol=0.1)
    assert said(torch.tensor([1.2]), torch.tensor([1.0]), atol=0.1)
    assert not said(0.96, 0.95, rtol=0.02)
    assert said(torch.tensor([1.0 + 1e-6]), torch.tensor([1.0]), rtol=0, atol=0)


class Liar(torch.Tensor):
    """Says yes to everything."""

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return True


class Agreeable:
    """No tensor at all, whatever it says."""

    __class__ = torch.Tensor  # type: ignore[assignment]
    shape = torch.Size([3])
    dtype = torch.float32

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("eggs")

    def __torch_function__(self, *_: Any) -> Any:
        return True


class Yes(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("eggs")


class One(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Long(list):  # type: ignore[type-arg]
    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Any:
        return iter([1, 2, 3])


@pytest.mark.parametrize(
    ("liar", "expected"),
    [
        (torch.zeros(3).as_subclass(Liar), torch.ones(3)),
        (Agreeable(), torch.ones(3)),
        (Agreeable(), 3),
        (Agreeable(), "eggs"),
        (Agreeable(), None),
        (Agreeable(), [1, 2, 3]),
        (Agreeable(), torch.float32),
        (Yes("no"), "eggs"),
        (One(7), 1),
        (Long(), [1, 2, 3]),
        ([Agreeable()], [1]),
        ({"a": Agreeable()}, {"a": 1}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nobody_can_lie_their_way_past(liar: Any, expected: Any) -> None:
    assert said(liar, expected)


def test_a_mode_left_on_changes_nothing() -> None:
    from torch.overrides import TorchFunctionMode

    class Yes(TorchFunctionMode):
        def __torch_function__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            return torch._C._VariableFunctions.ones(3) if "detach" in str(func) else func(*args)

    with Yes():
        assert said(torch.zeros(3), torch.ones(3))


class TestKnownMistakes:
    def test_are_named_in_their_order(self) -> None:
        with pytest.raises(CheckFailed) as failed:
            same(
                torch.zeros(6),
                torch.zeros(7),
                "x",
                mistakes={"never": False, "first": lambda t: t.shape == (6,), "second": True},
            )
        assert failed.value.mistake == "first"

    def test_are_not_asked_about_a_right_answer(self) -> None:
        same(3, 3, "x", mistakes={"too-wide": True, "asks": lambda _: pytest.fail("asked")})

    def test_a_condition_that_raises_does_not_hold(self) -> None:
        assert recognise({"a": lambda t: t.shape[9], "b": lambda t: torch.ones(2) > 0}, 3) is None
        assert recognise({"a": lambda t: t.shape, "b": True}, 3) == "b"


def test_require_says_what_was_asked_and_what_came() -> None:
    require(True, "anything")
    with pytest.raises(CheckFailed) as failed:
        require(False, "a loss under `0.5`", "`2.3`", mistakes={"high": lambda got: "2" in got})
    assert failed.value.message == "asked a loss under `0.5`, yours `2.3`"
    assert failed.value.mistake == "high"


def test_storage_is_shared_by_views_and_by_nothing_else() -> None:
    x = torch.ones(4)
    assert shares_storage(x, x[1:])
    assert shares_storage(x, x.view(2, 2))
    assert not shares_storage(x, x.clone())
    assert not shares_storage(torch.empty(0), torch.empty(0))
