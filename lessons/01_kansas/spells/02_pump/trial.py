"""The pump: the programme is run again on machines that the player does not have."""

import torch

from oz.trial import require, same
from oz.trial.machines import APPLE, INTEL, NVIDIA, PLAIN, STRANGER, WITHOUT

ACCELERATED = (NVIDIA, APPLE, INTEL, STRANGER)
STOPS = {
    "no-driver": lambda e: "NVIDIA driver" in str(e) or "CUDA enabled" in str(e),
    "no-such-backend": lambda e: "backend" in str(e),
}


def kind_of(where):
    """The type of a device, however the device is written; anything else as it is."""
    return getattr(torch.device(where) if isinstance(where, str) else where, "type", where)


def test_without(spell, ran):
    """where there is no accelerator, `trough` and `water` are on the `cpu`, and nothing stops"""
    for machine in (WITHOUT, PLAIN):
        with machine.playing(spell.source, ran.program, STOPS) as mended:
            trough, water = kind_of(mended.trough), kind_of(mended.water.device)
        require(
            trough == "cpu",
            f"`trough` to be the `cpu` on {machine.name}",
            f"is `{trough}`",
            mistakes={
                "none-there": trough is None,
                "no-driver": trough == "cuda",
                "no-such-backend": trough in ("mps", "xpu"),
            },
        )
        require(
            water == "cpu", f"`water` on the `cpu` on {machine.name}", f"is on `{water}`"
        )


def test_trough(spell, ran):
    """where there is an accelerator, `trough` is that one, whichever it is"""
    chosen = {}
    for machine in ACCELERATED:
        with machine.playing(spell.source, ran.program, STOPS) as mended:
            chosen[machine] = kind_of(mended.trough)
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
