"""What a small training leaves behind, for the tests that look at it."""

from __future__ import annotations

import math

from oz.crucible.model import Graph, GraphNode, Layer, Namespace, Picture, TensorSeen

STRIPES = tuple(tuple(math.sin(x + y / 3) for x in range(12)) for y in range(6))
MODEL = TensorSeen(
    "model",
    "module",
    parameters=2410,
    layers=(
        Layer("", "Sequential", 2410, 2346),
        Layer("0", "Linear", 2080, 2080, (32, 32), "in_features=64, out_features=32"),
        Layer("1", "ReLU", 0, 0, (32, 32)),
        Layer("2", "Sequential", 330, 266),
        Layer("2.0", "Linear", 330, 266, (32, 10), "in_features=32, out_features=10"),
    ),
)
NAMESPACE = Namespace(
    (
        TensorSeen(
            "weights", "tensor", (6, 12), "torch.float32", "cpu", (12, 1), True, "",
            -1.0, 0.1, 1.0, preview=STRIPES,
        ),
        TensorSeen(
            "turned", "tensor", (3, 2), "torch.int64", "cpu", (1, 3), minimum=0, mean=2.5,
            maximum=5, shares_with=("rows",), preview=((0.0, 3.0), (1.0, 4.0), (2.0, 5.0)),
        ),
        TensorSeen(
            "broken", "tensor", (2,), "torch.float32", "cpu", (1,), nans=1, nonfinite=1,
            minimum=1.0, maximum=1.0, preview=((1.0, math.nan),),
        ),
        MODEL,
    )
)  # fmt: skip
GRAPH = Graph(
    "loss",
    (
        GraphNode("NllLossBackward0", (1,)),
        GraphNode("AddmmBackward0", (2, 3, 4), (32, 10)),
        GraphNode("AccumulateGrad", (), (10,), "model.2.0.bias"),
        GraphNode("ReluBackward0", (5,), (32, 32)),
        GraphNode("TBackward0", (6,), (32, 10)),
        GraphNode("AddmmBackward0", (7, 8), (32, 32)),
        GraphNode("AccumulateGrad", (), (10, 32), "model.2.0.weight"),
        GraphNode("AccumulateGrad", (), (32,), "model.0.bias"),
        GraphNode("TBackward0", (6,), (64, 32)),
    ),
)  # fmt: skip
FILTERS = Picture("filters", 11, 3, 1, bytes(range(0, 33 * 7, 7)))
