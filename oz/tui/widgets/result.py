"""What a cast gives: its output as it comes, the curve of a training, and then the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from oz.crucible.model import (
    Announced,
    Dropped,
    Metric,
    Output,
    Progress,
    Warned,
)
from oz.crucible.training import Heard
from oz.session.model import Judged, SessionEvent
from oz.spells.model import Verdict
from oz.story.model import World
from oz.tongue import _
from oz.tui.pictures import picture_blocks
from oz.tui.remains import Remains
from oz.tui.telling import checks_of, judged, namespace, tell
from oz.tui.typeset import Block, typeset
from oz.tui.widgets.output import OutputLog
from oz.tui.widgets.plot import TrainingPlot
from oz.tui.widgets.prose import Prose

RUNNING = _("Running. F6 or 'stop' ends it.")
WAKING = _("PyTorch is being woken, which takes a second or two. F6 or 'stop' ends it.")
PICTURES, PICTURE_ROWS = 6, 12
"""Pictures that are drawn under the verdict, and rows that each may take."""
FEW = 3
"""Lines of output that need no room of their own beside the verdict."""
WAKES_AFTER = 0.3
"""Seconds without a word from the program after which it is said that PyTorch is being woken: a
warm one answers sooner, and its line does not flicker."""


class Result(Vertical):
    """Verdict above, curve and output below; each is there only when there is something in it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._checks: tuple[str, ...] = ()
        self.remains = Remains()
        """What the last run left behind."""
        self._large = False
        """The training has all the room."""
        self._passed: Verdict | None = None
        """The verdict of a spell that has passed, while its checks are still to be shown."""
        self._state = RUNNING
        self._why = ""
        """What began the run, where that was not a key or a word."""
        self._covered: list[Block] | None = None
        """What the last run gave, while an answer to something else stands in its place."""
        self._waking: Timer | None = None
        """Runs until the program has begun."""

    def compose(self) -> ComposeResult:
        yield Static("", id="running", markup=False)
        yield Prose(id="verdict")
        yield TrainingPlot(id="plot")
        yield Static(_("Output"), id="output-caption", classes="caption", markup=False)
        yield OutputLog(id="output")

    def on_mount(self) -> None:
        for name in ("#running", "#plot", "#output", "#output-caption"):
            self.query_one(name).display = False
        self.say(typeset(_("Nothing was run yet. `run` or F5 runs what you have written."), "cue"))

    @property
    def verdict(self) -> Prose:
        """The prose of the verdict, and of whatever is said at the desk."""
        return self.query_one("#verdict", Prose)

    @property
    def output(self) -> OutputLog:
        """The program's output."""
        return self.query_one("#output", OutputLog)

    @property
    def training(self) -> TrainingPlot:
        """The training under way, or the last one."""
        return self.query_one("#plot", TrainingPlot)

    def start(self, before: Heard | None = None, *, limit: float = 0.0) -> None:
        """A run begins: forget the last one. `before` and `limit` as in `TrainingPlot.start`."""
        self._large = False
        self._checks = ()
        self.remains = Remains()
        self.output.start()
        self.training.start(before, limit=limit)
        self._say_state(RUNNING)
        self._waking = self.set_timer(WAKES_AFTER, self._wake)
        self.query_one("#running").display = True
        self._covered = None
        self.verdict.set_blocks([])
        self._share_room()

    def end(self) -> None:
        """The run is over, however it went."""
        self._begun()
        self._why = ""
        self.query_one("#running").display = False
        self.training.end()
        self._share_room()

    def enlarge(self) -> bool:
        """Give the last training all the room, or take it back; whether there is one."""
        if not self.training.display:
            return False
        self._large = not self._large
        self._share_room()
        return True

    def take(self, batch: Sequence[SessionEvent]) -> None:
        """Show the events that have arrived."""
        if batch:
            self._begun()
        printed = [event for event in batch if isinstance(event, Output | Warned | Dropped)]
        if printed:
            self.output.take(printed)
            self._share_room()
        heard = [event for event in batch if isinstance(event, Metric | Progress)]
        if heard:
            self.training.take(heard)
        self.remains.take(batch)
        for event in batch:
            match event:
                case Announced(checks=checks):
                    self._checks = checks
                case Judged(verdict=verdict, attempt=attempt):
                    self.end()
                    self.say(judged(verdict, attempt, self._checks))
                    self._passed = verdict if verdict.passed else None

    def say_why(self, why: str) -> None:
        """Say, before what is said of the run that begins or is under way, what has begun it."""
        self._why = why
        self._say_state(self._state)

    def _say_state(self, text: str) -> None:
        self._state = text
        self.query_one("#running", Static).update(" ".join(filter(None, (self._why, text))))

    def _wake(self) -> None:
        self._say_state(WAKING)

    def _begun(self) -> None:
        """The program has been heard of."""
        if self._waking is not None:
            self._waking.stop()
            self._waking = None
            self._say_state(RUNNING)

    def story(self, events: Iterable[SessionEvent], world: World) -> None:
        """Tell, under the verdict, what the story says to it."""
        for event in events:
            blocks = tell(event, world)
            if blocks:
                self.add(blocks)

    def finish(self) -> None:
        """Add the checks that passed, which nobody has to read before the story, and what the
        program left behind, last of all."""
        self.end()
        if self._passed is not None:
            self.add(checks_of(self._passed, self._checks))
            self._passed = None
        if self.remains.pictures:
            self.add(picture_blocks(self.remains.pictures[-PICTURES:], rows=PICTURE_ROWS))
        if self.remains.namespace is not None:
            self.add(namespace(self.remains.namespace))

    def say(self, blocks: list[Block]) -> None:
        """Show these as what the last run gave."""
        self._covered = None
        self._show(blocks)

    def answer(self, blocks: list[Block]) -> None:
        """Show these in place of what the last run gave, until `back`."""
        if self._covered is None:
            self._covered = list(self.verdict.blocks)
        self._show(blocks)

    def back(self) -> bool:
        """Show again what the last run gave; whether something stood in its place."""
        if self._covered is None:
            return False
        self.say(self._covered)
        return True

    def _show(self, blocks: list[Block]) -> None:
        self.verdict.set_blocks(blocks)
        self._large = False
        self._share_room()
        self.verdict.scroll_home(animate=False)

    def add(self, blocks: list[Block]) -> None:
        """Add these under the verdict."""
        self.verdict.add(blocks)
        self._share_room()

    def _share_room(self) -> None:
        """Show what there is, or the training alone while it is enlarged."""
        printed = self.output.anything and not self._large
        self.output.display = printed
        self.query_one("#output-caption").display = printed
        self.verdict.display = bool(self.verdict.blocks) and not self._large
        self.set_class(printed, "-output")
        self.set_class(printed and self.output.line_count > FEW, "-much")
        self.set_class(bool(self.training.display), "-trained")
        self.set_class(self._large, "-large")
        self.screen.set_class(self._large, "-enlarged")
