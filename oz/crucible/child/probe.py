"""Goes through the steps of a run without running anything, and prints as JSON what worked."""

from __future__ import annotations

import json
import os
import resource
import tempfile
from pathlib import Path

from oz.crucible.child import census, isolate, limits, sandbox
from oz.crucible.model import Limits
from oz.tongue import _


def main() -> None:
    """Print an object: for each layer an empty string, or why it is not in force."""
    layers = isolate.enter()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            found = json.dumps(_inside(layers)).encode()
            os.write(write, found)
        finally:
            os._exit(0)
    os.close(write)
    with open(read, "rb") as file:
        found = file.read()
    os.waitpid(pid, 0)
    print(found.decode() or "{}")


def _inside(layers: dict[str, str]) -> dict[str, str]:
    layers = isolate.settle(layers, 64 << 20)
    layers["watch"] = "" if census.readable() else _("there is no /proc to read")
    place = Path(tempfile.gettempdir(), f"oz-probe-{os.getpid()}-no")
    layers.update(sandbox.confine([], []))
    limits.apply(Limits())
    if not layers["landlock"] and _can_write(place):
        layers["landlock"] = _("it did not keep a file from being written")
    for name, what in (
        ("memory", resource.RLIMIT_DATA),
        ("files", resource.RLIMIT_FSIZE),
        ("processes", resource.RLIMIT_NPROC),
    ):
        limited = resource.getrlimit(what)[0] != resource.RLIM_INFINITY
        layers[name] = "" if limited else _("the system does not take it")
    return layers


def _can_write(place: Path) -> bool:
    try:
        place.touch(exist_ok=False)
    except OSError:
        return False
    place.unlink()
    return True
