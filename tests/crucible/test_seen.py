"""What a run left behind, in words."""

from __future__ import annotations

import pytest

from oz.crucible.model import Layer, Namespace, TensorSeen
from oz.crucible.seen import MOST, described, seen_lines


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (
            TensorSeen("x", "tensor", (3,), "int64", "cpu", minimum=0, maximum=2),
            "(3,) int64, 0 to 2",
        ),
        (TensorSeen("x", "tensor", (), "float32", "cuda:0"), "() float32 on cuda:0"),
        (
            TensorSeen("w", "parameter", (2, 2), "float32", "cpu", requires_grad=True, nans=1),
            "(2, 2) float32, requires grad, 1 NaN",
        ),
        (TensorSeen("net", "module", dtype="Linear", parameters=1200), "module, 1,200 parameters"),
        (
            TensorSeen("net", "module", layers=(Layer("", "ReLU", 0, 0),)),
            "module, 0 parameters",
        ),
        (TensorSeen("net", "module", dtype="Linear"), "module"),
    ],
)
def test_a_tensor_or_module_in_words(seen: TensorSeen, told: str) -> None:
    assert described(seen) == told


def test_names_stand_under_one_another_and_the_rest_is_counted() -> None:
    seen = tuple(TensorSeen(f"x{n}", "tensor", (n,), "int64") for n in range(MOST + 2))
    lines = seen_lines(Namespace(seen, more=3))
    assert lines[1] == "x1   (1,) int64"
    assert lines[10] == "x10  (10,) int64"
    assert lines[-1] == "… and 5 more"
    assert len(lines) == MOST + 1
    assert seen_lines(Namespace(())) == []
