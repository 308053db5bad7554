"""Whether the twelve numbers are in the jar, unharmed, and light."""

import numpy as np

from oz.trial import mistake, require

HARVEST = [201, 40, 4, 214, 25, 0, 240, 300, 2049, 61, -3, 17]


def _jar(command, scratch):
    if "weigh.py" in command.line and command.returncode == 2:
        mistake("no-such-kind", command.stderr.strip().splitlines()[-1] if command.stderr else "")
    path = scratch / "jar.npy"
    require(
        path.is_file(),
        "`jar.npy` in the folder when the command has run",
        "there is none",
        mistakes={"no-jar": True},
    )
    return np.load(path, allow_pickle=False)


def test_unharmed(command, scratch):
    """the twelve numbers are in the jar as they were"""
    jar = _jar(command, scratch)
    came = jar.ravel().tolist()
    require(
        came == HARVEST,
        f"`{HARVEST}`",
        f"`{came}`",
        mistakes={
            "went-round": jar.itemsize == 1 and jar.dtype.kind in "iu",
            "lost-the-debt": jar.dtype.kind == "u",
            "lost-the-odd-one": jar.dtype.kind == "f",
        },
    )


def test_light(command, scratch):
    """the jar weighs 24 bytes or less"""
    jar = _jar(command, scratch)
    require(
        jar.nbytes <= 24,
        "24 bytes or less",
        f"{jar.nbytes} bytes ({jar.dtype})",
        mistakes={"too-heavy": jar.itemsize > 2},
    )
