"""A yard whose games meet with faults: real processes, forked from warm ones."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.yard import Yard


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    if not sys.platform.startswith("linux"):
        pytest.skip("the yard looks into /proc")
    with (
        tempfile.TemporaryDirectory(prefix="ozk-") as place,
        Yard(Path(place), namespaces=False).open() as opened,
    ):
        yield opened
