"""The events of a run as lines of JSON, for other programs (``oz run FILE --json-events``).

The format is described in ``oz/crucible/README.md``. `VERSION` grows when something that a reader
may rely on is taken away or changes its meaning; new events and new fields come without that.
"""

from __future__ import annotations

import json
import math
from typing import Any

from oz.crucible.model import Event
from oz.crucible.wire import event_to

VERSION = 1


def header(program: str) -> str:
    """The first line."""
    return _line({"event": "Stream", "version": VERSION, "program": program})


def line(event: Event) -> str:
    """`event` as a line, without its end."""
    return _line(event_to(event))


def _line(plain: dict[str, Any]) -> str:
    try:
        return json.dumps(plain, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    except ValueError:
        return json.dumps(_strict(plain), ensure_ascii=True, separators=(",", ":"))


def _strict(value: Any) -> Any:
    """JSON has no word for NaN and infinity: they become strings."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {name: _strict(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_strict(each) for each in value]
    return value
