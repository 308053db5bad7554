"""What a worker may touch: the list of places, and the layers that hold it to them.

The layers are independent: capabilities dropped, Landlock, and the namespaces that its supervisor
already lives in. `confine` applies what there is and says what is in force.
"""

from __future__ import annotations

import glob
import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from oz.crucible.child import isolate, landlock
from oz.tongue import _

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/etc", "/proc", "/sys", "/dev", "/run",
    "/var/lib", "/nix", "/snap",
)  # fmt: skip


def writable_everywhere() -> list[Path]:
    """Devices and shared memory; the graphics card's devices where there is one (CUDA then needs to
    write below /proc, too)."""
    places = [Path(name) for name in (*_DEVICES, "/dev/shm")]
    cards = glob.glob("/dev/nvidia*") + glob.glob("/dev/dri*") + glob.glob("/dev/kfd")
    if cards:
        places += [Path(name) for name in cards]
        places.append(Path("/proc"))
    else:
        # a process may name its threads and read its own maps; nothing of others is its to write
        places.append(Path("/proc/self"))
    return places


@cache
def readable_everywhere() -> tuple[Path, ...]:
    """The system, Python and what is installed for it, this program."""
    places = [Path(name) for name in _SYSTEM]
    places += [Path(p) for p in {sys.prefix, sys.base_prefix, sys.exec_prefix} if p != "/"]
    places += [Path(p) for p in sysconfig.get_paths().values()]
    places += [Path(p) for p in (*site.getsitepackages(), site.getusersitepackages())]
    home = Path.home()
    for entry in sys.path:
        path = Path(entry or ".").absolute()
        if path.exists() and path not in (home, *home.parents):
            places.append(path)
    package = Path(__file__).resolve().parents[2]
    places.append(package)
    places.append(package.parent / "lessons")
    return tuple(dict.fromkeys(path for path in places if path.exists()))


def confine(writable: Iterable[Path], readable: Iterable[Path] | None) -> dict[str, str]:
    """Shut the sandbox around this process. For each layer: empty when in force, else why not."""
    layers = {"capabilities": isolate.drop_privileges()}
    if os.environ.get("OZ_LANDLOCK") == "off":
        return {**layers, "landlock": _("turned off by OZ_LANDLOCK")}
    reading = None if readable is None else [*readable_everywhere(), *readable]
    layers["landlock"] = landlock.shut([*writable_everywhere(), *writable], reading)
    return layers
