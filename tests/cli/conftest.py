"""What the tests of a player's own tools share."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.outside import oz


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = oz(tmp_path, "watch", "first-count")
    timer = threading.Timer(120, process.kill)
    timer.start()
    yield process
    timer.cancel()
    process.kill()
    process.communicate()
