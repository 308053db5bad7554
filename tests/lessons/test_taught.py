"""Whether a name counts as taught."""

from __future__ import annotations

import pytest

from oz.lessons_check.taught import _is_known

NODE = "torch.autograd.graph.Node.name"


@pytest.mark.parametrize(
    ("name", "known", "asked"),
    [
        ("torch.Tensor.name", NODE, True),  # nothing says whether a node or a tensor is asked
        ("torch.name", NODE, False),
        ("torch.Tensor.name", "torch.graph.name", False),
        ("torch.Tensor.exp", "torch.exp", True),
        ("torch.Tensor.exp", NODE, False),
    ],
)
def test_known(name: str, known: str, asked: bool) -> None:
    """An attribute is known by that of any class that was taught."""
    assert _is_known(name, {known}) is asked
