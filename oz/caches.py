"""Where what is slow to make again is kept: compiled kernels, lessons that were read."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """``OZ_CACHE``, else the platform's folder. It need not be there, and may go at any time."""
    if named := os.environ.get("OZ_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path  # costs time that not everybody need pay

    return user_cache_path("oz", appauthor=False)
