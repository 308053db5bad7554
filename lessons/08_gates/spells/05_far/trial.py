"""Whether pooling is right by hand, and a stack's field is reckoned and measured as it is."""

import torch
import torch.nn.functional as F
from torch import nn

from oz.trial import require, same

POOLS = (
    "torch.nn.functional.max_pool2d",
    "torch.nn.functional.max_pool1d",
    "torch.nn.functional.max_pool3d",
    "torch.nn.functional.adaptive_max_pool2d",
    "torch.max_pool2d",
    "torch.nn.AdaptiveMaxPool2d",
)


def _near(a, b):
    return a.shape == b.shape and torch.allclose(a, b)


def _reversed_panes(x, size):
    n, c, height, width = x.shape
    rows, columns = height // size, width // size
    x = x[:, :, : rows * size, : columns * size]
    return x.reshape(n, c, size, rows, size, columns).amax(dim=(2, 4))


def test_by_hand(spell):
    """`pooled` is written out: PyTorch's pools are not asked"""
    require(
        not spell.calls(*POOLS) and not spell.calls("torch.nn.MaxPool2d", inside="pooled"),
        "no max pool of PyTorch's in `pooled`",
        "one is called",
        mistakes={"asked-pool": True},
    )


def test_pooled(spell, rng):
    """`pooled` keeps the greatest of every pane, for any size; what is left over is left out"""
    for shape, size in (
        ((1, 1, 4, 4), 2),
        ((2, 3, 6, 4), 2),
        ((1, 2, 9, 6), 3),
        ((2, 2, 7, 5), 2),
        ((3, 1, 5, 8), 3),
        ((1, 1, 3, 3), 1),
    ):
        # all below nought, so that noughts from nowhere would show
        x = torch.tensor(rng.normal(size=shape) - 6, dtype=torch.float32)
        words = f"pooled(x, {size}), x {shape}"
        try:
            got = spell.pooled(x, size)
        except RuntimeError as error:
            require(
                "invalid for input of size" not in str(error),
                f"an answer from {words}",
                "`RuntimeError`",
                mistakes={"left-over": True},
            )
            raise
        same(
            got,
            F.max_pool2d(x, size),
            words,
            mistakes={
                "nothing-yet": lambda t, x=x: t is x or t is None,
                "averaged": lambda t, x=x, s=size: _near(t, F.avg_pool2d(x, s)),
                "rounded-up": lambda t, x=x, s=size: _near(t, F.max_pool2d(x, s, ceil_mode=True)),
                "far-panes": lambda t, x=x, s=size: _near(t, _reversed_panes(x, s)),
                "overlapping": lambda t, x=x, s=size: _near(t, F.max_pool2d(x, s, stride=1)),
                "across-sheets": lambda t, x=x, s=size: any(
                    torch.allclose(t, F.max_pool2d(x, s).amax(axes, keepdim=True).expand_as(t))
                    for axes in (1, (0, 1))
                ),
            },
        )


def _square(n):
    return n[0] if isinstance(n, tuple) else n


def _reckoned(layers, *, gap=1, pools=True, early=False, flat=False, times=False, add=False):
    """The field by the rule; by other rules where a flag says so."""
    size = apart = 1
    for layer in layers:
        if not hasattr(layer, "kernel_size") or (not pools and not isinstance(layer, nn.Conv2d)):
            continue
        kernel, stride = _square(layer.kernel_size), _square(layer.stride)
        after = apart + stride - 1 if add else apart * stride
        reach = 1 if flat else after if early else apart
        size = size * kernel if times else size + (kernel - gap) * reach
        apart = after
    return size, apart


def _stacks(rng):
    """Stacks of layers, some by hand and some by chance."""
    yield [nn.Conv2d(1, 4, 3)]
    yield [nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3)]
    yield [nn.ReLU()]
    yield [nn.Conv2d(1, 4, 5, stride=2), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 3, stride=2)]
    yield [nn.Conv2d(1, 4, 3), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3), nn.AvgPool2d((2, 2))]
    yield [nn.MaxPool2d(3, stride=2), nn.Conv2d(1, 2, (3, 3), padding=1), nn.Dropout(0.5)]
    yield [nn.Conv2d(1, 4, 1), nn.Conv2d(4, 4, 3, stride=3), nn.Conv2d(4, 4, 2)]
    for _ in range(4):
        yield [
            nn.Conv2d(2, 2, int(rng.integers(1, 6)), stride=int(rng.integers(1, 4)))
            if rng.random() < 0.6
            else nn.AvgPool2d(int(rng.integers(2, 4)), stride=int(rng.integers(1, 4)))
            for _ in range(int(rng.integers(2, 6)))
        ]


def _words(layers):
    return "[" + ", ".join(repr(layer) for layer in layers) + "]"


def test_field(spell, rng):
    """`field` reckons how wide one number sees, and how far apart neighbours look"""
    for layers in _stacks(rng):
        got = spell.field(nn.Sequential(*layers))
        asked = _reckoned(layers)
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "two numbers from `field`: how wide, and how far apart",
            f"`{got!r}`",
            mistakes={"one-number": True},
        )
        got = tuple(int(n) for n in got)
        rules = {
            "nothing-yet": got == (1, 1),
            "pools-forgotten": got == _reckoned(layers, pools=False),
            "gap-too-many": got == _reckoned(layers, gap=0),
            "steps-forgotten": got == _reckoned(layers, flat=True),
            "step-too-soon": got == _reckoned(layers, early=True),
            "multiplied": got == _reckoned(layers, times=True),
            "steps-added": got == _reckoned(layers, add=True),
        }
        require(got == asked, f"`{asked}` for `{_words(layers)}`", f"`{got}`", mistakes=rules)


def _net(rng, channels, shapes):
    """A net without a number below nought in it, so that nothing cancels and no ReLU is shut."""
    layers = []
    for kind, kernel, stride, padding in shapes:
        if kind == "conv":
            layer = nn.Conv2d(channels, 3, kernel, stride=stride, padding=padding)
            with torch.no_grad():
                layer.weight.copy_(
                    torch.tensor(rng.uniform(0.2, 1, size=tuple(layer.weight.shape)))
                )
                layer.bias.fill_(0.1)
            layers += [layer, nn.ReLU()]
            channels = 3
        else:
            layers.append(nn.AvgPool2d(kernel, stride=stride))
    return nn.Sequential(*layers).eval()


def _truth(net, slip, row, column):
    leaf = slip.clone().requires_grad_()
    (answer,) = torch.autograd.grad(net(leaf[None])[0, :, row, column].sum(), leaf)
    return answer


NETS = (
    (1, (14, 11), (("conv", 3, 1, 0),), 2, 5),
    (1, (16, 13), (("conv", 3, 1, 1), ("pool", 2, 2, 0), ("conv", 3, 1, 1)), 0, 4),
    (2, (15, 19), (("conv", 5, 2, 0), ("conv", 3, 1, 0)), 1, 3),
    (3, (12, 12), (("pool", 2, 2, 0), ("conv", 2, 2, 1)), 2, 0),
)


def test_seen(spell, rng):
    """`seen` measures which places of a slip move one number behind a net"""
    for channels, (height, width), shapes, row, column in NETS:
        net = _net(rng, channels, shapes)
        slip = torch.tensor(
            rng.uniform(0.1, 1, size=(channels, height, width)), dtype=torch.float32
        )
        asked = _truth(net, slip, row, column)
        mask = (asked != 0).any(0)
        before = slip.clone()
        grads = [torch.full_like(p, 0.5) for p in net.parameters()]
        for p, grad in zip(net.parameters(), grads, strict=True):
            p.grad = grad.clone()
        got = spell.seen(net, slip, row, column)
        require(
            torch.equal(slip, before) and not slip.requires_grad,
            "the slip as it was handed over",
            "it wants a gradient now" if slip.requires_grad else "written into",
            mistakes={"slip-changed": True},
        )
        require(
            all(torch.equal(p.grad, g) for p, g in zip(net.parameters(), grads, strict=True)),
            "nothing left in the `.grad` of the net's own parameters",
            "something was added there",
            mistakes={"left-rust": True},
        )
        require(
            isinstance(got, torch.Tensor) and tuple(got.shape) == (height, width),
            f"a mask of shape `{(height, width)}`",
            f"`{tuple(got.shape) if isinstance(got, torch.Tensor) else type(got).__name__}`",
            mistakes={
                "sheets-kept": isinstance(got, torch.Tensor) and got.ndim == 3,
            },
        )
        require(
            got.dtype is torch.bool,
            "`True` and `False`",
            f"`{got.dtype}`",
            mistakes={"not-a-mask": True},
        )
        _mask(net, slip, got, mask, row, column)


def _mask(net, slip, got, mask, row, column):
    # a number at [column, row], where the net gives one
    height, width = net(slip[None]).shape[2:]
    turned = None
    if column < height and row < width:
        turned = (_truth(net, slip, column, row) != 0).any(0)
    size, apart = _reckoned(net)
    square = torch.zeros_like(mask)
    square[row * apart : row * apart + size, column * apart : column * apart + size] = True
    leaf = slip.clone().requires_grad_()
    (everything,) = torch.autograd.grad(net(leaf[None]).sum(), leaf)
    same(
        got,
        mask,
        f"seen(net, slip, {row}, {column})",
        mistakes={
            "nothing-yet": lambda t: not t.any(),
            "on-its-side": lambda t: turned is not None and torch.equal(t, turned),
            "whole-slip": lambda t: torch.equal(t, (everything != 0).any(0)),
            "by-formula": lambda t: torch.equal(t, square),
        },
    )


def test_faint(spell, rng):
    """a place counts whatever its sheet, and whether it raises or lowers the number"""
    net = nn.Sequential(nn.Conv2d(2, 1, 3)).eval()
    with torch.no_grad():
        net[0].weight.zero_()
        net[0].weight[0, 1, 0, 2] = -0.7
        net[0].weight[0, 0, 2, 1] = 1e-3
        net[0].weight[0, 1, 1, 1] = 0.4
    slip = torch.tensor(rng.uniform(size=(2, 6, 6)), dtype=torch.float32)
    asked = torch.zeros(6, 6, dtype=torch.bool)
    asked[1, 4] = asked[3, 3] = asked[2, 3] = True
    first, raised = torch.zeros_like(asked), torch.zeros_like(asked)
    first[3, 3] = raised[3, 3] = raised[2, 3] = True
    same(
        spell.seen(net, slip, 1, 2),
        asked,
        "seen(net, slip, 1, 2), where only the places (1, 4), (2, 3) and (3, 3) matter",
        mistakes={
            "first-sheet": lambda t: torch.equal(t, first),
            "sign": lambda t: torch.equal(t, raised),
        },
    )
