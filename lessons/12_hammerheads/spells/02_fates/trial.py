"""Whether the bits, the gaps and the fates are those of the formats, on numbers nobody has seen."""

import math
import struct

import torch

from oz.trial import require, same

DTYPES = (torch.float16, torch.bfloat16, torch.float32)
NECK = {torch.float16: 5, torch.bfloat16: 8, torch.float32: 8}
LINES = {torch.float16: 10, torch.bfloat16: 7, torch.float32: 23}
FATES = ("burst", "lost", "blunted", "kept")


def short(dtype):
    return str(dtype).removeprefix("torch.")


def bits_of(x, dtype):
    """The three strings, from the bytes."""
    if dtype == torch.float16:
        bits = f"{struct.unpack('>H', struct.pack('>e', x))[0]:016b}"
    else:
        held = torch.tensor(x, dtype=dtype).item()
        bits = f"{struct.unpack('>I', struct.pack('>f', held))[0]:032b}"[: 1 + 8 + LINES[dtype]]
    return bits[0], bits[1 : 1 + NECK[dtype]], bits[1 + NECK[dtype] :]


def true_gap(x, dtype):
    here = torch.tensor(x, dtype=dtype)
    return torch.nextafter(here, torch.tensor(math.inf, dtype=dtype)).item() - here.item()


def _joined(got):
    return "".join(got) if all(isinstance(part, str) for part in got) else ""


def test_wrinkles(spell, rng):
    """`wrinkles` shows each bit of a number, of either sign, in all three formats"""
    for dtype in DTYPES:
        drawn = [round(float(v), 3) for v in rng.normal(0, 30, size=4)]
        for x in (1.0, -2.5, *drawn, -abs(drawn[0]), 0.0):
            got, asked = spell.wrinkles(x, dtype), bits_of(x, dtype)
            form = isinstance(got, (tuple, list)) and len(got) == 3
            require(
                form and all(isinstance(part, str) for part in got),
                "three strings",
                f"`{got!r}`"[:80],
                mistakes={"nothing-yet": got is None},
            )
            right_bits = _joined(got) == _joined(asked)
            value = format(int(x) & (2 ** len(_joined(asked)) - 1), f"0{len(_joined(asked))}b")
            require(
                tuple(got) == asked,
                f"`{' '.join(asked)}` for {x} in `{short(dtype)}`",
                f"`{' '.join(got)}`",
                mistakes={
                    "one-neck-for-all": right_bits,
                    "minus-in-words": "-" in _joined(got),
                    "value-not-bits": len(_joined(got)) <= 3 or _joined(got) == value,
                },
            )


def test_gap(spell, rng):
    """`gap` is the way from a number up to its next neighbour, which grows with the number"""
    for dtype in DTYPES:
        small = torch.finfo(dtype).smallest_normal
        drawn = [float(v) for v in 10 ** rng.uniform(-3, 4, size=6)]
        for x in (1.0, 2.0, 1024.0, *drawn, 1.9999, small, small / 4):
            got, asked = spell.gap(x, dtype), true_gap(x, dtype)
            got = got.item() if isinstance(got, torch.Tensor) and got.numel() == 1 else got
            require(
                isinstance(got, float),
                "a plain number from `gap`",
                f"`{type(got).__name__}`",
                mistakes={"nothing-yet": got is None},
            )
            held = torch.tensor(x, dtype=dtype)
            below = held.item() - torch.nextafter(held, torch.zeros((), dtype=dtype)).item()
            require(
                math.isclose(got, asked, rel_tol=1e-6),
                f"`{asked:.4g}` above {x:.6g} in `{short(dtype)}`",
                f"`{got:.4g}`",
                mistakes={
                    "no-smaller-than-normal": x < small and got < asked,
                    "eps-everywhere": math.isclose(got, torch.finfo(dtype).eps),
                    "eps-times-number": math.isclose(got, torch.finfo(dtype).eps * x, rel_tol=1e-2),
                    "gap-below": math.isclose(got, below, rel_tol=1e-6),
                    "other-width": dtype != torch.float32
                    and any(math.isclose(got, true_gap(x, d), rel_tol=1e-6) for d in (torch.float32, torch.float64)),
                },
            )


def cases(rng):
    """Values of every fate, in some order and shape."""
    wide = torch.tensor(rng.normal(size=20) * 10.0 ** rng.uniform(-9, 6, size=20))
    edges = [0.0, -0.0, 1.0, -0.5, 0.1, 2e-8, 4e-8, 1e-6, 65504.0, 65510.0, 65530.0, -7e4, 1e39, math.inf]
    yield torch.tensor(edges, dtype=torch.float64)
    yield wide
    yield wide.reshape(4, 5)
    yield wide.to(torch.float32)[:7]
    yield torch.zeros(0, dtype=torch.float64)
    yield torch.tensor(1e-9, dtype=torch.float64)


def true_fates(values, dtype):
    narrow = values.to(dtype).double()
    kept = narrow == values.double()
    burst = ~kept & narrow.isinf()
    lost = ~kept & (narrow == 0)
    return {"burst": burst, "lost": lost, "blunted": ~(kept | burst | lost), "kept": kept}


def test_fates(spell, rng):
    """`fates` puts every value into one of four masks: burst, lost, blunted, kept"""
    for dtype in DTYPES:
        for values in cases(rng):
            got, asked = spell.fates(values.clone(), dtype), true_fates(values, dtype)
            require(
                isinstance(got, dict) and set(got) == set(FATES),
                f"a dict with `{'`, `'.join(FATES)}`",
                f"`{sorted(got)}`" if isinstance(got, dict) else f"`{type(got).__name__}`",
                mistakes={"nothing-yet": got is None},
            )
            info = torch.finfo(dtype)
            inf, nought = values.isinf(), values == 0
            over = (values.abs() > info.max) & ~inf
            under = (values.abs() < info.smallest_normal) & ~nought
            for fate in FATES:
                same(
                    got[fate],
                    asked[fate],
                    f"fates(…, {short(dtype)})[{fate!r}]",
                    mistakes={
                        "everything-kept": bool(got["kept"].all()),
                        "nought-is-lost": lambda t: fate == "lost" and bool((t & nought).any()),
                        "was-infinite": lambda t: fate == "burst" and bool((t & inf).any()),
                        "burst-too-soon": lambda t: fate == "burst" and torch.equal(t, over),
                        "subnormals-live": lambda t: fate == "lost" and torch.equal(t, under),
                    },
                )
