"""What is told after a run: tensors, modules, a graph, pictures; and in how little time."""

from __future__ import annotations

import time

import pytest
import torch
from torch import nn

from oz.crucible.child.aftermath import show
from oz.crucible.child.autograd_graph import graph_of
from oz.crucible.child.images import images_in
from oz.crucible.child.namespace import namespace_of
from oz.crucible.child.rasters import picture_of
from oz.crucible.model import Graph, Job, Mode, Namespace, Picture

NEVER = float("inf")

MODEL = """
import torch
from torch import nn
model = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 10)
)
model[0].bias.requires_grad_(False)
x, y = torch.rand(16, 1, 8, 8), torch.randint(0, 10, (16,))
view = x[0]
broken = torch.tensor([1.0, float("nan"), float("inf"), -2.0])
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
image = torch.rand(3, 20, 30)
"""


async def test_the_whole_of_it(zygote) -> None:
    told = await zygote.run(MODEL)
    seen = told.seen
    assert list(seen) == ["model", "x", "y", "view", "broken", "loss", "image"]
    assert seen["x"].shape == (16, 1, 8, 8)
    assert seen["x"].strides == (64, 64, 8, 1)
    assert seen["x"].shares_with == ("view",)
    assert 0 <= seen["x"].minimum < seen["x"].mean < seen["x"].maximum < 1
    assert (seen["broken"].nans, seen["broken"].nonfinite) == (1, 2)
    assert (seen["broken"].minimum, seen["broken"].maximum) == (-2.0, float("inf"))
    assert seen["loss"].grad_fn == "NllLossBackward0"
    layers = {layer.path: layer for layer in seen["model"].layers}
    assert list(layers) == ["", "0", "1", "2", "3", "4"]
    assert (layers[""].parameters, layers[""].trainable) == (690, 686)
    assert layers["0"].shape == layers["1"].shape == (16, 4, 8, 8)
    assert layers["4"].shape == (16, 10)
    assert layers["4"].kind == "Linear"
    assert "in_features=64" in layers["4"].detail
    (graph,) = told.of(Graph)
    assert graph.of == "loss"
    assert [node.name for node in graph.nodes[:3]] == [
        "NllLossBackward0",
        "LogSoftmaxBackward0",
        "AddmmBackward0",
    ]
    assert {node.leaf for node in graph.nodes} >= {"model.0.weight", "model.4.weight"}
    assert graph.nodes[0].inputs == (1,)
    (picture,) = told.of(Picture)
    assert (picture.name, picture.width, picture.height, picture.channels) == ("image", 30, 20, 3)
    assert len(picture.pixels) == 1800


async def test_only_when_it_is_wanted(zygote) -> None:
    told = await zygote.done(Job(Mode.RUN, source=MODEL, show=False))
    assert not told.of(Namespace)
    assert not told.of(Graph)
    assert not told.of(Picture)


async def test_the_graph_of_a_chosen_tensor(zygote) -> None:
    source = "import torch\na = torch.ones(2, requires_grad=True)\nb = a * 2\nc = (b + 1).sum()\n"
    told = await zygote.done(Job(Mode.RUN, source=source, graph="b"))
    (graph,) = told.of(Graph)
    assert graph.of == "b"
    assert [(node.name, node.leaf, node.inputs) for node in graph.nodes] == [
        ("MulBackward0", "", (1,)),
        ("AccumulateGrad", "a", ()),
    ]


def test_a_shared_parameter_counts_once() -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = nn.Linear(4, 4, bias=False)
            self.b = nn.Linear(4, 4, bias=False)
            self.b.weight = self.a.weight

    (seen,) = namespace_of({"tied": Tied()}).seen
    assert seen.parameters == 16


def test_odd_tensors_are_listed_with_what_is_known() -> None:
    names = {
        "empty": torch.empty(0, 3),
        "meta": torch.empty(3, device="meta"),
        "sparse": torch.eye(3).to_sparse(),
        "complex": torch.tensor([3 + 4j]),
        "flags": torch.tensor([True, False]),
        "half": torch.tensor([1.0, 2.0], dtype=torch.bfloat16),
        "lazy": nn.LazyLinear(3),
        "flipped": torch.tensor([1 + 1j]).conj().imag,
        "whole": torch.tensor(7, dtype=torch.uint16),
    }
    seen = {each.name: each for each in namespace_of(names).seen}
    assert set(seen) == set(names)
    assert seen["complex"].maximum == 5.0
    assert seen["flags"].mean == 0.5
    assert seen["half"].maximum == 2.0
    assert seen["flipped"].maximum == -1.0
    assert seen["whole"].maximum == 7.0


def test_a_long_graph_is_cut() -> None:
    value = torch.ones(1, requires_grad=True)
    for _ in range(5000):
        value = value + 1
    graph = graph_of({"value": value}, "", NEVER)
    assert graph is not None
    assert graph.more
    assert len(graph.nodes) == 160
    assert all(place < 160 for node in graph.nodes for place in node.inputs)


def test_only_what_plainly_is_an_image() -> None:
    names = {
        "weights": torch.rand(64, 64),
        "logits": torch.randn(3, 20, 20),
        "kernel": torch.rand(3, 3, 3),
        "digit": torch.rand(8, 8),
        "photo": torch.randint(0, 255, (20, 20, 3), dtype=torch.uint8),
        "images": torch.rand(5, 1, 8, 8),
    }
    pictures = {p.name: p for p in images_in(names, NEVER)}
    assert set(pictures) == {"digit", "photo", "images"}
    assert (pictures["images"].width, pictures["images"].height) == (44, 8)  # gaps between five


def pictured(**names: torch.Tensor) -> dict[str, tuple[int, int, int]]:
    """Width, height and channels of the pictures of `names`."""
    return {p.name: (p.width, p.height, p.channels) for p in images_in(names, NEVER)}


def test_what_is_called_a_map_may_be_small_and_hold_any_values() -> None:
    assert pictured(
        filters=nn.Conv2d(1, 6, 3).weight,
        feature_maps=torch.randn(1, 20, 5, 5),
        confusion=torch.tensor([[9, 1, 0], [0, 8, 2], [1, 1, 8]]),
    ) == {
        "filters": (6 * 3 + 5, 3, 1),
        "feature_maps": (12 * 5 + 11, 2 * 5 + 1, 1),
        "confusion": (3, 3, 1),
    }
    assert (
        pictured(filters=torch.randn(3, 2), heat=torch.ones(4, 4), maps=torch.empty(0, 4, 4)) == {}
    )


def test_values_of_a_map_run_from_the_lowest_to_the_highest() -> None:
    heat = torch.tensor([[-2.0, 0.0, 2.0]] * 3)
    (picture,) = images_in({"heat": heat}, NEVER)
    assert list(picture.pixels) == [0, 128, 255] * 3
    (picture,) = images_in({"heat": heat.clamp(0, 1) / 2}, NEVER)  # 0 to 1 stays what it is
    assert list(picture.pixels) == [0, 0, 128] * 3


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((8, 1, 8, 8), (8 * 8 + 7, 8, 1)),
        ((20, 1, 8, 8), (8 * 8 + 7, 3 * 8 + 2, 1)),
        ((33, 3, 8, 9), (7 * 9 + 6, 5 * 8 + 4, 3)),
        ((4, 28, 28), (4 * 28 + 3, 28, 1)),
        ((2000, 1, 8, 8), (8 * 8 + 7, 8 * 8 + 7, 1)),
        ((1000, 1, 1000, 1000), (500, 500, 1)),
    ],
)
def test_a_batch_is_a_grid_with_gaps(shape: tuple[int, ...], size: tuple[int, int, int]) -> None:
    images = torch.rand(shape[1:]).expand(shape)
    assert pictured(images=images) == {"images": size}


def test_filters_of_many_channels_stand_under_one_another() -> None:
    (picture,) = images_in({"filters": torch.rand(4, 5, 3, 3)}, NEVER)
    assert (picture.width, picture.height) == (5 * 3 + 4, 4 * 3 + 3)
    gap = list(picture.pixels)[3 * 19 : 4 * 19]
    assert set(gap) == {128}


def test_what_is_called_a_picture_is_waited_for() -> None:
    names = {"x": torch.rand(3, 8, 8), "my_image": torch.rand(8, 8), "maps": torch.rand(4, 4)}
    found = [picture.name for picture in images_in(names, until=0.0, patience=NEVER)]
    assert found == ["my_image", "maps"]
    assert not list(images_in(names, until=0.0))


def test_a_large_picture_is_thinned() -> None:
    picture = picture_of("wide", torch.rand(3, 100, 2000, dtype=torch.bfloat16), "CHW")
    assert picture is not None
    assert picture.width == 500
    assert picture.height == 25


def _took(names: dict) -> float:
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        show(names, Job(Mode.JUDGE), lambda _: None)
        best = min(best, time.perf_counter() - began)
    return best


def test_a_verdict_hardly_waits() -> None:
    """Ten thousand tensors, two gigabytes of one, and a deep model: some milliseconds."""
    many = {f"t{number}": torch.ones(4) for number in range(10_000)}
    large = {"large": torch.empty(1, dtype=torch.int8).expand(2 << 30), "deep": _deep()}
    assert _took(many) < 0.03
    assert _took(large) < 0.03
    found: list = []
    show(many, Job(Mode.JUDGE), found.append)
    assert len(found[0].seen) == 200
    assert found[0].more == 9_800


def _deep() -> nn.Module:
    return nn.Sequential(*[nn.Sequential(nn.Linear(4, 4), nn.ReLU()) for _ in range(300)])
