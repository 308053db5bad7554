"""Prose set like a book: blocks wrapped to a measure, in a column, scrolled.

Quick with a long transcript: lines are made once for each width, only those in sight are painted.
Knows nothing of stories or spells; `oz.tui.typeset` makes its blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer

from oz.tongue import _
from oz.tui import finding
from oz.tui.typeset import Block, Look

MEASURE = 72
"""Cells of a line of prose, at most."""
ROLES = (
    "strong",
    "em",
    "code",
    "code-title",
    "code-bar",
    "code-ground",
    "quote",
    "rule",
    "heading",
    "place",
    "chapter",
    "speaker-0",
    "speaker-1",
    "speaker-2",
    "speaker-3",
    "speaker-4",
    "report",
    "refusal",
    "question",
    "cue",
    "system",
    "map",
    "typed",
    "score",
    "ok",
    "bad",
    "wait",
    "error",
    "py-comment",
    "py-string",
    "py-number",
    "py-keyword",
    "py-name",
)


_WORD = re.compile(r"\w[\w'’-]*")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
"""A dotted name of code, such as ``torch.arange``."""


class Prose(ScrollView, can_focus=True):
    """A scrolling column of `Block`s."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"prose--{role}" for role in ROLES}
    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", _("Scroll up"), show=False),
        Binding("down", "scroll_down", _("Scroll down"), show=False),
        Binding("pageup", "page_up", _("Page up"), show=False),
        Binding("pagedown", "page_down", _("Page down"), show=False),
        Binding("home", "scroll_home", _("Top"), show=False),
        Binding("end", "scroll_end", _("End"), show=False),
    ]
    KEEP: ClassVar[int] = 2000
    """Blocks kept; older ones are in the journey's transcript."""

    def __init__(
        self,
        blocks: Iterable[Block] = (),
        *,
        measure: int = MEASURE,
        centred: bool = False,
        follow: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._measure = measure
        self._centred = centred
        self._follow = follow
        """Stay at the end when the width changes there."""
        self._blocks: list[Block] = list(blocks)
        self._strips: list[Strip] = []
        self._laid = 0
        """How many of the blocks are in `_strips`."""
        self._starts: list[int] = []
        """Where each block begins in `_strips`."""
        self._before = ("", "", "")
        """Margin and ground of the block laid last."""
        self._width = 0
        self._height = 0
        self._revealed: tuple[int, int] | None = None
        """The line that was asked for last, and where it was scrolled to for that."""
        self._found: tuple[int, int, int] | None = None
        """Line and columns of the place that was found."""
        self._wanted = ""
        self._unrolled: int | None = None
        """Lines that are to be seen yet while prose arrives; `None`: all."""
        self._arriving: Timer | None = None

    # --- what it shows ------------------------------------------------------------------------

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks shown."""
        return tuple(self._blocks)

    @property
    def text(self) -> str:
        """The lines as laid out, as plain text."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    @property
    def margin(self) -> int:
        """Cells left of the column."""
        spare = self._width - self._column
        return max(1, spare // 2) if self._centred else 1

    @property
    def _column(self) -> int:
        return max(10, min(self._measure, self._width - 2))

    def set_measure(self, measure: int) -> None:
        """Set lines of at most so many cells."""
        if measure != self._measure:
            self._measure = measure
            self._relay()

    def add(self, blocks: Iterable[Block]) -> None:
        """Append blocks."""
        self._blocks += blocks
        if len(self._blocks) > self.KEEP:
            del self._blocks[: len(self._blocks) - self.KEEP + self.KEEP // 10]
            self._relay()
        else:
            self._lay()

    def set_blocks(self, blocks: Iterable[Block]) -> None:
        """Show these instead."""
        self._blocks = list(blocks)
        self._relay()

    # --- arriving -----------------------------------------------------------------------------

    @property
    def arriving(self) -> bool:
        """Whether lines that are laid out are not to be seen yet."""
        return self._unrolled is not None

    def unroll(self, line: int, pace: float) -> None:
        """Have what begins at laid-out line `line` arrive, a line in `pace` seconds. What is
        arriving already goes on from where it is; nothing that was read is taken away."""
        if pace <= 0 or line >= len(self._strips) or self.app.animation_level == "none":
            return
        if self._unrolled is None:
            self._unrolled = line
            self._arriving = self.set_interval(pace, self.arrive)
        self.refresh()

    def show_all(self) -> None:
        """Let nobody wait: everything is to be seen now."""
        if self._unrolled is None:
            return
        if self._arriving is not None:
            self._arriving.stop()
        self._arriving = self._unrolled = None
        self.refresh()

    def arrive(self) -> None:
        """Show the next line, and the empty ones before it."""
        if self._unrolled is None:
            return
        below = self.scroll_offset.y + self.scrollable_content_region.height
        blank = True
        while blank and self._unrolled < len(self._strips):  # nobody waits for an empty line
            blank = not self._strips[self._unrolled].text.strip()
            self.refresh_line(self._unrolled)
            self._unrolled += 1
        if self._unrolled >= min(below, len(self._strips)):
            self.show_all()

    # --- layout -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        # The styles of the roles are worked out a moment after the theme has changed.
        self.app.theme_changed_signal.subscribe(
            self, lambda _: self.call_after_refresh(self.notify_style_update)
        )

    def on_resize(self) -> None:
        width, height = self.scrollable_content_region.size
        if (width, height) == (self._width, self._height):
            return
        y = self.scroll_offset.y
        asked = self._revealed
        stays = asked is not None and asked[1] == y  # nobody has scrolled since
        at_end = self._follow and self.is_vertical_scroll_end
        line = asked[0] if asked is not None and stays else y
        block = max(0, bisect_right(self._starts, line) - 1)
        self._height = height
        if width != self._width:
            self._width = width
            self._relay()
        elif not stays:
            return
        if at_end and not stays:
            self.reveal(len(self._strips))
        elif (stays or block) and self._starts:
            self.reveal(self._starts[block])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        # Asked before the first resize: a column of automatic height needs its lines now.
        if width != self._width and width > 0:
            self._width = width
            self._relay()
        return len(self._strips)

    def reveal(self, line: int) -> None:
        """Scroll so that what begins at laid-out line `line` is read from its beginning."""
        height = self.scrollable_content_region.height
        end = max(0, len(self._strips) - height)
        to = min(line, end)
        self._revealed = (line, to)
        self.scroll_to(y=to, animate=False, force=True)

    @property
    def length(self) -> int:
        """Laid-out lines."""
        return len(self._strips)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self._width:
            self._relay()

    def _relay(self) -> None:
        self._found = None
        if self.arriving:
            self.show_all()
        self._strips = []
        self._starts = []
        self._laid = 0
        self._before = ("", "", "")
        self._lay()

    def _lay(self) -> None:
        if self._width <= 0:
            return
        for block in self._blocks[self._laid :]:
            self._starts.append(len(self._strips))
            self._strips += self._set(block)
        self._laid = len(self._blocks)
        self.virtual_size = Size(self._width, len(self._strips))
        self.refresh()

    def _role(self, role: str | Style) -> Style:
        if isinstance(role, Style):
            return role
        return self.get_visual_style(f"prose--{role}", partial=True) if role else Style.null()

    @property
    def _look(self) -> Look:
        letters = bool(getattr(self.app, "letters", self.app.no_color))
        return Look(letters=letters, dark=self.app.current_theme.dark)

    def _set(self, block: Block) -> list[Strip]:
        # A partial style carries no background, hence the whole one.
        ground = (
            self.get_visual_style(f"prose--{block.ground}") if block.ground else self.visual_style
        )
        margin = Content.styled(block.margin, block.margin_role) if block.margin else Content("")
        lead = block.lead if isinstance(block.lead, Content) else Content(block.lead)
        width = max(4, self._column - margin.cell_length - lead.cell_length)
        lines: list[Content] = []
        if block.draw is not None:
            lines = list(block.draw(width, self._look).split("\n", allow_blank=True))
        elif block.wrap:
            lines = block.content.wrap(width)
        else:
            for line in block.content.split("\n", allow_blank=True):
                lines += line.expand_tabs(4).fold(width)
        rest = Content(" " * lead.cell_length)
        blank = Strip.blank(self._width, self.visual_style.rich_style)
        if self._before == (block.margin, block.margin_role, block.ground):
            # A bar goes on through the gap between two paragraphs of the same speech.
            blank = self._strip(margin, block, ground)
        self._before = (block.margin, block.margin_role, block.ground)
        strips = [blank] * (block.gap if self._strips else 0)
        for number, line in enumerate(lines or [Content("")]):
            strips.append(self._strip(margin + (rest if number else lead) + line, block, ground))
        return strips

    def _strip(self, line: Content, block: Block, ground: Style) -> Strip:
        base = self.visual_style
        left = self.margin
        if block.centred:
            left += max(0, (self._column - line.cell_length) // 2)
        segments = [Segment(" " * left, base.rich_style)]
        for text, style in line.render(Style.null(), end="", parse_style=self._role):
            segments.append(Segment(text, (ground + style).rich_style))
        strip = Strip(segments)
        if block.ground:
            strip = strip.extend_cell_length(left + self._column, ground.rich_style)
        return strip.extend_cell_length(self._width, base.rich_style)

    def render_line(self, y: int) -> Strip:
        _, scroll_y = self.scroll_offset
        at = scroll_y + y
        if at >= len(self._strips) or (self._unrolled is not None and at >= self._unrolled):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        strip = self._strips[at].crop_extend(0, self.size.width, self.visual_style.rich_style)
        if self._found is not None and self._found[0] == at:
            strip = self._selected(strip, *self._found[1:])
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(at)) is not None:
            strip = self._selected(strip, *span)
        return strip.apply_offsets(0, at)

    # --- finding ------------------------------------------------------------------------------

    def find_older(self, wanted: str) -> tuple[int, int] | None:
        """Mark the next place of `wanted` above the one that is marked, or the last of all, and
        bring it into sight: its number from the top, and how many there are."""
        found = finding.places(self.text, wanted)
        if not found:
            self.unmark()
            return None
        if self._found is not None and self._wanted == wanted:
            above = [place for place in found if place < self._found[:2]]
        else:
            above = []
        row, column = (above or found)[-1]
        self._found, self._wanted = (row, column, column + len(wanted)), wanted
        self.scroll_to(
            y=max(0, row - self.scrollable_content_region.height // 2), animate=False, force=True
        )
        self.refresh()
        return found.index((row, column)) + 1, len(found)

    def unmark(self) -> None:
        """Mark no place any more."""
        self._found = None
        self.refresh()

    # --- pointing at words --------------------------------------------------------------------

    class Pointed(Message):
        """A word was clicked. `phrase`: the words in bold that it is one of; `name`: the dotted
        name that it is a part of; each else empty."""

        def __init__(self, prose: Prose, word: str, phrase: str, name: str = "") -> None:
            super().__init__()
            self.prose = prose
            self.word = word
            self.phrase = phrase
            self.name = name

        @property
        def control(self) -> Prose:
            return self.prose

    def on_click(self, event: events.Click) -> None:
        """Tell which word was clicked."""
        offset = event.get_content_offset(self)
        at = self.scroll_offset.y + offset.y if offset is not None else -1
        if offset is None or not 0 <= at < len(self._strips) or self.text_selection is not None:
            return
        strip, column = self._strips[at], offset.x
        text = strip.text
        word = _at(_WORD, text, column)
        if word:
            name = _at(_NAME, text, column)
            self.post_message(self.Pointed(self, word, _bold_at(strip, column), name))

    # --- selecting with the mouse -------------------------------------------------------------

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        if end == -1:
            end = len(strip.text.rstrip())
        style = self.screen.get_component_rich_style("screen--selection")
        before, inside, after = (
            strip.crop(0, start),
            strip.crop(start, max(start, end)),
            strip.crop(max(start, end)),
        )
        painted = [Segment(text, (was + style) if was else style) for text, was, _ in inside]
        return Strip.join([before, Strip(painted), after])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract(self.text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        self.refresh()


def _at(pattern: re.Pattern[str], text: str, column: int) -> str:
    """What of `text` stands at a column and is of this kind; empty for nothing."""
    return next((m[0] for m in pattern.finditer(text) if m.start() <= column < m.end()), "")


def _bold_at(strip: Strip, column: int) -> str:
    """The words in bold around a column."""
    end = 0
    for segment in strip:
        start, end = end, end + segment.cell_length
        if start <= column < end:
            bold = segment.style is not None and segment.style.bold
            return segment.text.strip() if bold else ""
    return ""
