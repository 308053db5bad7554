"""A kind sentence in place of a screen that the terminal is too small for."""

from __future__ import annotations

from textual.widgets import Static

from oz.tongue import _

LEAST_COLUMNS, LEAST_ROWS = 60, 16


class TooSmall(Static):
    """Shown by the stylesheet while the terminal is smaller than the least size."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Oz needs a little more room: {LEAST_COLUMNS} columns and {LEAST_ROWS} rows at "
                "least. Nothing is lost; make the window larger, or the letters smaller."
            ).format(LEAST_COLUMNS=LEAST_COLUMNS, LEAST_ROWS=LEAST_ROWS),
            markup=False,
            id="too-small",
        )
