"""Whether the convolution written by hand is the one that `F.conv2d` makes, on any geometry."""

import torch
import torch.nn.functional as F

from oz.trial import require, same

TOOLS = (
    "torch.nn.functional.conv1d",
    "torch.nn.functional.conv2d",
    "torch.nn.functional.conv3d",
    "torch.nn.functional.conv_transpose2d",
    "torch.conv1d",
    "torch.conv2d",
    "torch.conv3d",
    "torch.conv_transpose2d",
    "torch.convolution",
    "torch.nn.Conv1d",
    "torch.nn.Conv2d",
    "torch.nn.Conv3d",
    "torch.nn.LazyConv2d",
)
FIELDS = "N, C, H, W, O, kh, kw, stride, padding".split(", ")


def _geometries(rng):
    """Sizes of slips and lenses: the odd ones on purpose, and some by chance."""
    yield 2, 3, 7, 5, 4, 3, 2, (1, 2), (2, 1)
    yield 1, 1, 4, 4, 1, 4, 4, 1, 0
    yield 1, 2, 5, 6, 3, 1, 1, 3, 0
    for _ in range(4):
        kh, kw = (int(n) for n in rng.integers(1, 5, size=2))
        n, c, o = (int(k) for k in rng.integers(1, 5, size=3))
        stride = tuple(int(s) for s in rng.integers(1, 4, size=2))
        padding = tuple(int(p) for p in rng.integers(0, 3, size=2))
        height, width = (int(k) for k in rng.integers(4, 10, size=2))
        yield n, c, height, width, o, kh, kw, stride, padding


def _tensors(rng, n, c, height, width, o, kh, kw, dtype=torch.float64):
    shapes = (n, c, height, width), (o, c, kh, kw), (o,)
    return [torch.tensor(rng.normal(size=shape), dtype=dtype) for shape in shapes]


def _near(a, b):
    return a.shape == b.shape and torch.allclose(a, b, rtol=1e-4, atol=1e-6)


def _scrambled(asked):
    n, o, rows, columns = asked.shape
    return asked.permute(0, 2, 3, 1).reshape(n, o, rows, columns)


def _swapped(pair):
    return pair[::-1] if isinstance(pair, tuple) else pair


def _known(x, w, b, stride, padding, asked):
    """What the common mistakes would have given; `b` is `None` where no bias was handed over."""

    def is_(make):
        return lambda got: not _near(asked, make()) and _near(got, make())

    bias = torch.zeros(w.shape[0], dtype=x.dtype) if b is None else b
    above, beside = padding if isinstance(padding, tuple) else (padding, padding)
    rows, columns = asked.shape[2:]
    return {
        "nothing-yet": lambda got: got is None or got is x,
        "other-numbers": lambda got: got.dtype != asked.dtype and got.shape == asked.shape,
        "turned-round": is_(lambda: F.conv2d(x, w.flip(2, 3), b, stride, padding)),
        "no-border": is_(lambda: F.conv2d(x, w, b, stride)),
        "border-swapped": is_(lambda: F.conv2d(x, w, b, stride, _swapped(padding))),
        "border-once": is_(lambda: F.conv2d(F.pad(x, (beside, 0, above, 0)), w, b, stride)),
        "no-stride": is_(lambda: F.conv2d(x, w, b, 1, padding)),
        "stride-swapped": is_(lambda: F.conv2d(x, w, b, _swapped(stride), padding)),
        "no-bias": is_(lambda: F.conv2d(x, w, None, stride, padding)),
        "bias-often": is_(lambda: asked + ((x.shape[1] - 1) * bias)[:, None, None]),
        "one-sheet": is_(lambda: F.conv2d(x[:, :1], w[:, :1], b, stride, padding)),
        "averaged": is_(lambda: (asked - bias[:, None, None]) / x.shape[1] + bias[:, None, None]),
        "on-its-side": is_(lambda: F.conv2d(x, w.transpose(2, 3), b, stride, padding)),
        "scrambled": is_(lambda: _scrambled(asked)),
        "one-lens": lambda got: w.shape[0] > 1 and _near(got, asked[:, :1]),
        "place-lost": lambda got: tuple(got.shape[2:]) == (rows - 1, columns - 1),
    }


def _ask(spell, x, w, b, stride, padding):
    before = [t.detach().clone() for t in (x, w)]
    got = spell.see(x, w, b, stride=stride, padding=padding)
    require(
        torch.equal(x.detach(), before[0]) and torch.equal(w.detach(), before[1]),
        "slips and lenses left as they were handed over",
        "written into",
        mistakes={"changed-inputs": True},
    )
    return got


def _compare(spell, x, w, b, stride, padding, words):
    asked = F.conv2d(x, w, b, stride, padding)
    got = _ask(spell, x, w, b, stride, padding)
    same(
        got,
        asked,
        f"see(…) with {words}",
        rtol=1e-4,
        atol=1e-6,
        requires_grad=False,
        mistakes=_known(x, w, b, stride, padding, asked),
    )


def test_by_hand(spell):
    """the convolution is written out: none of PyTorch's own is called"""
    require(
        not spell.calls(*TOOLS),
        "no convolution of PyTorch's",
        "one is called",
        mistakes={"asked-conv2d": True},
    )


def test_plain(spell, rng):
    """one sheet, one lens of three, no border"""
    for size in ((1, 1, 6, 6, 1, 3, 3), (2, 1, 5, 8, 1, 3, 3)):
        x, w, _ = _tensors(rng, *size)
        _compare(spell, x, w, None, 1, 0, f"x {tuple(x.shape)}, weight {tuple(w.shape)}")
        same(
            spell.see(x, w),
            F.conv2d(x, w),
            "see(x, weight), with nothing said of bias, stride and padding",
            rtol=1e-4,
            atol=1e-6,
        )


def test_channels(spell, rng):
    """several sheets and several lenses, and a bias"""
    for size in ((2, 3, 6, 5, 4, 3, 3), (1, 2, 5, 5, 5, 2, 2)):
        x, w, b = _tensors(rng, *size)
        words = f"x {tuple(x.shape)}, weight {tuple(w.shape)}"
        _compare(spell, x, w, None, 1, 0, words)
        _compare(spell, x, w, b, 1, 0, f"{words} and a bias")


def test_border(spell, rng):
    """with a border, the same all round or not"""
    for size, padding in (((1, 2, 5, 5, 2, 3, 3), 1), ((2, 1, 4, 6, 3, 3, 3), (2, 0))):
        x, w, b = _tensors(rng, *size)
        _compare(spell, x, w, b, 1, padding, f"x {tuple(x.shape)}, padding={padding}")


def test_stride(spell, rng):
    """with a stride, the same both ways or not"""
    for size, stride in (((1, 2, 8, 7, 2, 3, 3), 2), ((2, 1, 9, 8, 3, 2, 3), (3, 1))):
        x, w, b = _tensors(rng, *size)
        _compare(spell, x, w, b, stride, 0, f"x {tuple(x.shape)}, stride={stride}")


def test_any(spell, rng):
    """any sizes, strides and borders: what comes out is what `F.conv2d` gives"""
    for geometry in _geometries(rng):
        *size, stride, padding = geometry
        x, w, b = _tensors(rng, *size)
        words = ", ".join(f"{k}={v}" for k, v in zip(FIELDS, geometry, strict=True))
        _compare(spell, x, w, b, stride, padding, words)
    x, w, b = _tensors(rng, 1, 2, 6, 6, 2, 3, 3, dtype=torch.float32)
    _compare(spell, x.transpose(2, 3), w, b, 1, 1, "x in float32, on its side (not contiguous)")


def test_learns(spell, rng):
    """gradients find their way back: to slips, lenses and bias"""
    x, w, b = (t.requires_grad_() for t in _tensors(rng, 2, 2, 5, 6, 3, 3, 2))
    got = _ask(spell, x, w, b, (2, 1), (1, 1))
    require(
        isinstance(got, torch.Tensor) and got.requires_grad,
        "a graph behind what `see` gives",
        "there is none",
        mistakes={"no-graph": True},
    )
    weights = torch.tensor(rng.normal(size=tuple(got.shape)))
    mine = torch.autograd.grad((got * weights).sum(), (x, w, b), allow_unused=True)
    asked = torch.autograd.grad((F.conv2d(x, w, b, (2, 1), (1, 1)) * weights).sum(), (x, w, b))
    for name, got_, asked_ in zip(("x", "weight", "bias"), mine, asked, strict=True):
        same(
            got_,
            asked_,
            f"gradient of {name}",
            rtol=1e-4,
            atol=1e-6,
            mistakes={"no-graph": lambda g: g is None or not g.any()},
        )
