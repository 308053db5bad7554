"""Which limits and sandbox layers are in force on this machine, for ``oz doctor``.

The answer is measured, not guessed: a small process goes through the same steps as a real run and
tells what worked. No torch is imported, here or there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from oz.crucible.backends import default_backend
from oz.tongue import _


@dataclass(frozen=True, slots=True)
class Layer:
    """One limit or layer of the sandbox."""

    name: str
    in_force: bool
    detail: str
    """What it does, or why it is not in force."""


_LAYERS = (
    ("user", _("user namespace"), _("programs have no rights over the rest of the system")),
    ("pid", _("process namespace"), _("one signal ends everything that a program started")),
    ("net", _("network namespace"), _("programs cannot reach the network")),
    ("loopback", "loopback", _("processes of one program can talk to each other (gloo, torchrun)")),
    ("mount", _("mount namespace"), _("programs have their own /proc and /dev/shm")),
    ("proc", _("own /proc"), _("programs see their own processes only")),
    ("shm", _("own /dev/shm"), _("shared memory is counted, and gone after the run")),
    ("ipc", _("ipc namespace"), _("message queues and semaphores are gone after the run")),
    ("capabilities", _("capabilities dropped"), _("programs cannot get privileges back")),
    (
        "landlock",
        "Landlock",
        _("programs write to their scratch folder only; spells cannot read your home"),
    ),
    ("memory", _("memory limit"), _("the kernel refuses what goes beyond it")),
    ("files", _("file size limit"), _("no single file can fill the disk")),
    ("processes", _("process limit"), _("a fork bomb ends itself")),
    ("watch", _("memory watch"), _("counts all processes of a program, shared memory included")),
)


def report(timeout: float = 20.0) -> list[Layer]:
    """The layers of this machine, the backend first. Never raises: what cannot be asked is not in
    force, and says why."""
    chosen = os.environ.get("OZ_CRUCIBLE") or default_backend()
    told = {
        "zygote": _("one warm process is forked for every run"),
        "spares": _("warm processes serve one run each"),
    }.get(chosen, _("OZ_CRUCIBLE is zygote or spares"))
    layers = [Layer("backend", chosen in ("zygote", "spares"), f"{chosen}: {told}")]
    found, failure = _probe(timeout)
    for key, name, what in _LAYERS:
        why = found.get(key, failure)
        layers.append(
            Layer(name, why == "", what if why == "" else _("not in force: {why}").format(why=why))
        )
    return layers


def _probe(timeout: float) -> tuple[dict[str, str], str]:
    """For each layer empty or why not; and what to say of those that were not told."""
    root = str(Path(__file__).resolve().parents[2])
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p]; "
        f"sys.path.insert(0, {root!r}); from oz.crucible.child.probe import main; main()"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            cwd="/",
            check=False,
        )
        found = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return {}, _("could not be measured ({name})").format(name=type(error).__name__)
    if not isinstance(found, dict):
        return {}, _("could not be measured")
    return {str(key): str(why) for key, why in found.items()}, _("not told")
