"""The report of a journey: what was learned, made and tried, as a page to keep.

`gather` reads a journey (also one that is being played); `as_page` makes one HTML file of it that
needs nothing beside it, and `as_text` its twin for those who read or hear plain text. Knows no
screen, and runs nothing: what a model's file holds is told to it.
"""

from oz.report.gather import gather
from oz.report.model import KeptModel, Report, SpellReport, StageReport
from oz.report.page import as_page
from oz.report.text import as_text

__all__ = [
    "KeptModel", "Report", "SpellReport", "StageReport", "as_page", "as_text", "gather",
]  # fmt: skip
