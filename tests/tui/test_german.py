"""The screens in German. What they say is looked up when they are imported, so a process of its own
is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
def test_the_screens_speak_german() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(HERE / "in_german.py")],
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
        env={**os.environ, "OZ_LANGUAGE": "de", "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
