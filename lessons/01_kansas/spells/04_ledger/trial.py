"""The county's figures: whatever comes, it goes in as `float32`, where it was told to."""

import warnings

import numpy as np
import pytest
import torch

from oz.trial import mistake, require, same

CAPITAL = ("torch.Tensor", "torch.FloatTensor")


@pytest.fixture(autouse=True)
def house():
    """Each check finds the house as it is by default, and no talk about copying."""
    torch.set_default_dtype(torch.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield
    torch.set_default_dtype(torch.float32)


def carried(spell, figures, device="cpu"):
    try:
        return spell.carry_in(figures, device)
    except TypeError as error:
        if "expected np.ndarray" in str(error):
            mistake("numpy-only")
        if spell.calls(*CAPITAL):
            mistake("capital-tensor", f"`{type(error).__name__}: {str(error).splitlines()[0]}`")
        raise


def check(spell, figures, name, device="cpu"):
    """`figures` come in right: measure, shape, values, place."""
    plain = figures.numpy() if isinstance(figures, torch.Tensor) else figures
    expected = torch.tensor(np.array(plain, dtype=np.float32)).to(device)
    keeps_nothing = "=figures.to(" not in spell.source.replace(" ", "") and any(
        line.strip().startswith("figures.to(") for line in spell.source.splitlines()
    )
    same(
        carried(spell, figures, device),
        expected,
        name,
        mistakes={
            "nothing-given-back": lambda t: t is None,
            "capital-tensor": spell.calls(*CAPITAL),
            "not-kept": keeps_nothing,
            "not-sent": lambda t: t.dtype == torch.float32 and t.device != expected.device,
            "twice-as-wide": lambda t: t.dtype == torch.float64,
            "whole-numbers-stay-whole": lambda t: not t.is_floating_point(),
        },
    )


def test_our_own(spell, rng):
    """rows of whole numbers and of decimals, written by hand"""
    whole = rng.integers(0, 9, size=int(rng.integers(2, 7))).tolist()
    check(spell, whole, f"carry_in({whole}, 'cpu')")
    check(spell, [0.5, 1.25, 3.0], "carry_in([0.5, 1.25, 3.0], 'cpu')")
    check(spell, [[1, 2], [3, 4], [5, 6]], "carry_in([[1, 2], [3, 4], [5, 6]], 'cpu')")
    check(spell, [True, False, True], "carry_in([True, False, True], 'cpu')")


def test_numpy(spell, rng):
    """arrays from NumPy, of any width"""
    for dtype in ("float64", "float32", "int64", "int32", "uint8", "bool"):
        array = (rng.random((2, 3)) * 9).astype(dtype)
        check(spell, array, f"carry_in(array of {dtype}, 'cpu')")
    check(spell, (rng.random((4, 6)) * 9)[:, ::2], "carry_in(every second column, 'cpu')")


def test_tensors(spell, rng):
    """tensors that somebody has already made"""
    for dtype in (torch.float64, torch.float32, torch.int64, torch.bool):
        made = torch.tensor(rng.integers(0, 2, size=5)).to(dtype)
        check(spell, made, f"carry_in(tensor of {str(dtype).removeprefix('torch.')}, 'cpu')")


def test_small(spell):
    """one number alone, and no numbers at all"""
    check(spell, 3, "carry_in(3, 'cpu')")
    check(spell, 2.5, "carry_in(2.5, 'cpu')")
    check(spell, [], "carry_in([], 'cpu')")
    check(spell, np.array(1.5), "carry_in(numpy.array(1.5), 'cpu')")


def test_place(spell, rng):
    """they are on `device`, wherever that is"""
    for figures in ([1, 2, 3], rng.random(4), torch.ones(2, dtype=torch.float64)):
        check(spell, figures, "carry_in(…, 'meta')", "meta")
    check(spell, [1, 2, 3], "carry_in([1, 2, 3], torch.device('meta'))", torch.device("meta"))


def test_house(spell):
    """`float32` in any house, and the house is left as it was found"""
    before = torch.get_default_dtype()
    carried(spell, [1.5, 2.5])
    require(
        torch.get_default_dtype() == before,
        "the default dtype to be left alone",
        f"is `{torch.get_default_dtype()}` afterwards",
        mistakes={"changes-the-house": True},
    )
    torch.set_default_dtype(torch.float64)
    for figures in ([1.5, 2.5], [1, 2], np.array([1.0, 2.0])):
        got = carried(spell, figures)
        require(
            got.dtype == torch.float32,
            "`float32` where the default is `float64`",
            f"is `{got.dtype}`",
            mistakes={"leans-on-the-house": True},
        )
    require(
        torch.get_default_dtype() == torch.float64,
        "the default dtype to be left alone",
        f"is `{torch.get_default_dtype()}` afterwards",
        mistakes={"changes-the-house": True},
    )
