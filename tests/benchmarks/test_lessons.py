"""How long reading the lessons takes, against starting Python at all."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oz.campaign import default_root, load

pytestmark = pytest.mark.benchmark


def test_reading_the_lessons_costs_little(tmp_path: Path) -> None:
    """Loading everything is quicker than four starts of a bare interpreter."""
    bare, reading = [], []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", "pass"], check=True, cwd=tmp_path)
        bare.append(time.perf_counter() - began)
        began = time.perf_counter()
        campaign = load(default_root())
        reading.append(time.perf_counter() - began)
    ratio = statistics.median(reading) / statistics.median(bare)
    print(
        f"\nlessons: {len(campaign.spells)} spells in {statistics.median(reading) * 1000:.0f} ms,"
        f" {ratio:.2f} of a bare interpreter's start"
    )
    assert ratio < 0.5 * len(campaign.spells)
