"""What the journey took: time, casts, hints, stage by stage; what was hard, and why."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from oz.crucible.training import duration
from oz.session.statistics import HARD, StageFigures, Statistics, hard_words, summary
from oz.tongue import _
from oz.tui.commands import Command, bindings, says
from oz.tui.screens.base import EVERYWHERE, READING
from oz.tui.screens.page import PageScreen
from oz.tui.typeset import Block, Look, plain, typeset

OWN = (
    Command("dismiss_screen", says("back"), _("Close this page."), "escape,q", _("Back")),
    *READING,
)
BAR = 8
"""Cells of the bar of the spells that passed."""
_STAGE = _("stage")
_COLUMNS = (_("spells"), _("time"), _("casts"), _("at first"), _("hints"))
_WIDTHS = tuple(
    max(least, len(name) + 1) for least, name in zip((8, 12, 6, 9, 6), _COLUMNS, strict=True)
)
_NAME = 24
"""Cells of the title of a stage, at most."""


class StatisticsScreen(PageScreen):
    """One page."""

    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("Statistics")

    def __init__(self, told: Statistics, reviewed: str = "") -> None:
        super().__init__()
        self._told = told
        self._reviewed = reviewed
        """What is said of the reviews, Markdown; nothing before the first."""

    def heads(self) -> tuple[str, str]:
        return _("Statistics"), _("what the journey took")

    def blocks(self) -> list[Block]:
        told = self._told
        blocks = typeset(summary(told))
        if told.stages:
            listed = plain(", ".join(stage.title for stage in told.stages))
            blocks.append(
                Block(listed, wrap=False, draw=lambda width, look: table(told.stages, width, look))
            )
        if told.hard:
            blocks.append(Block(plain(HARD, "heading"), gap=2))
            blocks += typeset("\n".join(f"- {hard_words(hard)}" for hard in told.hard))
        if self._reviewed:
            blocks += typeset(self._reviewed)
        return blocks


def table(stages: tuple[StageFigures, ...], width: int, look: Look) -> Content:
    """A line for each stage, with a bar; columns that have no room are left out from the right."""
    names = min(_NAME, max(len(_STAGE), *(len(stage.title) for stage in stages)))
    room, columns = width - names - 2 - BAR - 1, 0
    for wide in _WIDTHS:
        if room < wide:
            break
        room, columns = room - wide, columns + 1
    head = f"{_STAGE:<{names}}  {'':<{BAR}} " + _cells(_COLUMNS, columns)
    lines = [Content.styled(head.rstrip(), "cue")]
    for stage in stages:
        cells = (
            _("{passed} of {of}").format(passed=stage.passed, of=stage.of),
            duration(60 * round(stage.seconds / 60)) if stage.seconds >= 30 else "-",
            str(stage.casts),
            str(stage.first),
            str(stage.hints),
        )
        full = round(stage.passed / stage.of * BAR) if stage.of else 0
        lines.append(
            Content.assemble(
                f"{_cut(stage.title, names):<{names}}  ",
                (("#" if look.letters else "━") * full, "ok"),
                (("-" if look.letters else "─") * (BAR - full), "cue"),
                " ",
                _cells(cells, columns).rstrip(),
            )
        )
    return Content("\n").join(lines)


def _cut(title: str, width: int) -> str:
    return title if len(title) <= width else f"{title[: width - 1].rstrip(' ,')}…"


def _cells(cells: tuple[str, ...], columns: int) -> str:
    pairs = list(zip(cells, _WIDTHS, strict=True))[:columns]
    return "".join(f"{cell:>{wide}}" for cell, wide in pairs)
