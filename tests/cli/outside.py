"""The game from outside: `oz` as a process of its own, on the good lessons."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "lessons" / "good"


def oz(saves: Path, *args: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "oz", *args, "--saves", str(saves), "--lessons", str(GOOD)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "HOME": str(saves), **environment},
    )


def until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if word in line:
            return told
    raise AssertionError(f"it ended without {word!r}: {told}")
