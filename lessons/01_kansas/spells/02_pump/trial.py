"""The pump: the programme is run again on machines that the player does not have."""

import pytest
import torch

from oz.trial import require, same
from oz.trial.machines import APPLE, INTEL, NVIDIA, PLAIN, STRANGER, WITHOUT

ACCELERATED = (NVIDIA, APPLE, INTEL, STRANGER)
STOPS = {
    "no-driver": lambda e: "NVIDIA driver" in str(e) or "CUDA enabled" in str(e),
    "no-such-backend": lambda e: "backend" in str(e),
}


def named(where):
    """A device, however it is written."""
    return torch.device(where) if isinstance(where, str) else where


def test_without(spell, ran):
    """where there is no accelerator, `trough` and `water` are on the `cpu`, and nothing stops"""
    for machine in (WITHOUT, PLAIN):
        with machine.playing(spell.source, ran.program, STOPS) as mended:
            same(named(mended.trough), torch.device("cpu"), "trough")
            same(mended.water.device, torch.device("cpu"), "water.device")


def test_trough(spell, ran):
    """where there is an accelerator, `trough` is that one, whichever it is"""
    chosen = {}
    for machine in ACCELERATED:
        with machine.playing(spell.source, ran.program, STOPS) as mended:
            chosen[machine] = getattr(named(mended.trough), "type", mended.trough)
    for machine, got in chosen.items():
        require(
            got == machine.has,
            f"`trough` to be `{machine.has}` on {machine.name}",
            f"is `{got}`",
            mistakes={
                "always-cpu": set(chosen.values()) == {"cpu"},
                "by-name": got == "cpu",
            },
        )


def test_water(spell, ran):
    """the water really is in the trough"""
    for machine in ACCELERATED:
        with machine.playing(spell.source, ran.program, STOPS) as mended:
            where = mended.water.device.type
        require(
            where == machine.has,
            f"`water.device` to be `{machine.has}` on {machine.name}",
            f"is `{where}`",
            mistakes={"not-kept": where == "cpu"},
        )


def test_ones(spell, ran):
    """`water` is still four ones"""
    with PLAIN.playing(spell.source, ran.program) as mended:
        same(
            mended.water,
            torch.ones(4),
            "water",
            mistakes={"no-water": lambda w: not w.any()},
        )
