"""A review: earlier ideas asked as small questions, one after another, up to five.

While a question is open, the next line is its answer. Only the answers are kept; which question is
open is not, so a game that ends in the middle of a review has lost nothing but the question.
Knows the journey, the cards and the crucible; no screen.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from oz.crucible.model import Event
from oz.saves import SavesError
from oz.session import review_words as say
from oz.session.casting import Furnace
from oz.session.review_figures import time_of
from oz.session.table import Answer, StopNow, Table, TruthNow, refusal, system
from oz.session.typed import english
from oz.story.events import Said, StageFinished
from oz.story.staged import stage_of
from oz.story.verbs import DIRECTION_WORDS, verb_words
from oz.study import schedule
from oz.study.cards import Card, CardKind
from oz.study.deck import Deck, deck
from oz.study.schedule import Answer as Rating
from oz.study.truth import Ran, heard, job

MOST = 5
"""Questions of one review."""
_SKIP = {"skip", "skip it", "skip this", "skip question"}
_STOP = {"stop", "cancel"}
_ENOUGH = {"enough", "stop review", "end review"} | _STOP
_HELP = {"help", "?", "h"}
_QUIT = {"quit", "q", "quit game"}
WORDS = ("skip", "enough", "help")
"""What may be typed besides an answer, for completion."""
_REMIND = "reminders"
"""The name of the journey's note of whether it reminds: ``off``, or nothing."""
_OF_SCREENS = {"panel", "stages", "settings", "options", "theme", "keys", "palette", "title"}
_PLAIN_WORDS = re.compile(r"[a-z][a-z' -]*")
_ANSWERS = {"y", "n", "yes", "no", "true", "false", "none", "error", "raises", "fails"}

_LOOKING_UP = {"reference", "doc", "docs", "broadcast", "spellbook"}
"""With a name behind them: nobody answers a question so."""

Clock = Callable[[], datetime]


def clock() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


@dataclass
class _Round:
    """A review under way."""

    cards: tuple[Card, ...]
    at: int = 0
    """The question that is open."""
    right: int = 0
    answered: int = 0

    @property
    def card(self) -> Card:
        return self.cards[self.at]


class Reviewing:
    """The reviews of a session."""

    def __init__(self, table: Table, furnace: Furnace, clock: Clock = clock) -> None:
        self._table = table
        self._furnace = furnace
        self._clock = clock
        self._round: _Round | None = None
        self._running = False
        self._explained: set[CardKind] = set()
        """Kinds of question of which it was said, in this sitting, how they are answered."""
        self._skipped: set[str] = set()
        """Cards that were left for another time in this sitting: asked again after the others."""
        self._reminded = False
        self.waiting = False
        """It was said that cards are due, and no review has asked them all since."""
        self.reminds = True
        """Whether the player wants to be reminded, in any journey."""

    @property
    def asking(self) -> bool:
        """A question is open: the next line is its answer."""
        return self._round is not None

    def drop(self) -> None:
        """Close the question that is open, if any; the player does something else."""
        self._round = None

    # the quiet line

    def reminder(self) -> list[Said]:
        """The line that says that cards are due: once a sitting, and only if there are any."""
        wanted = self.reminds and self._table.journey.meta(_REMIND) != "off"
        if self._reminded or not wanted or not self._table.campaign.reviews:
            return []
        try:
            due = len(self._deck().due(self._clock()))
        except SavesError:
            return []  # nothing can be written just now; the story says so where it matters
        if not due:
            return []
        self._reminded = self.waiting = True
        return [system(say.reminder(due, MOST))]

    def after_stage(self, shown: Iterable[Answer]) -> list[Said]:
        """The reminder, where a stage was finished in `shown`."""
        ended = any(isinstance(event, StageFinished) for event in shown)
        return self.reminder() if ended and not self.asking else []

    # the command

    def asked(self, argument: str) -> Iterable[Said]:
        """The answer to ``review ARGUMENT``."""
        self._round = None
        word = argument.strip().lower()
        if word in ("on", "off"):
            self._table.journey.note(**{_REMIND: word})
            return [system(say.ON if word == "on" else say.OFF)]
        if not self._table.campaign.reviews:
            return [system(say.NO_CARDS)]
        now, found = self._clock(), self._deck()
        if not found.cards:
            return [system(say.EMPTY)]
        if not word:
            return self._begin(found.due(now)) or [system(self._not_due(found, now))]
        stage = "" if word in ("all", "everything") else self._stage(word)
        if stage is None:
            known = ", ".join(f"`{id}`" for id in self._taught(found))
            return [refusal(say.NO_STAGE.format(word=word, known=known))]
        title = self._title(stage) if stage else ""
        return self._begin(found.all(now, stage)) or [system(say.NONE_OF_STAGE.format(stage=title))]

    def _begin(self, cards: tuple[Card, ...]) -> list[Said]:
        if not cards:
            return []
        ordered = sorted(cards, key=lambda card: card.id in self._skipped)
        self._round = _Round(tuple(ordered[:MOST]))
        return self._question()

    def _not_due(self, found: Deck, now: datetime) -> str:
        wait = found.next(now)
        assert wait is not None
        told = say.NOT_DUE.format(count=len(found.cards), when=say.soon(wait))
        stage = self._taught(found)[-1]
        return f"{told} {say.PRACTISE.format(stage=stage, title=self._title(stage))}"

    def _taught(self, found: Deck) -> list[str]:
        """The stages of which cards are in the deck."""
        return list(dict.fromkeys(card.stage for card, _ in found.cards.values()))

    def _stage(self, word: str) -> str | None:
        """The stage that is meant: by its id, or words of its title."""
        sought = word.replace("-", " ")
        titles = {id: stage.title for id, stage in self._table.world.stages.items()}
        for id in titles:
            if sought == id.replace("-", " "):
                return id
        return next((id for id, title in titles.items() if sought in title.lower()), None)

    def _title(self, stage: str) -> str:
        return self._table.world.stages[stage].title

    # questions and answers

    def _question(self) -> list[Said]:
        """The open question, with how it is answered: in full once a sitting for each kind."""
        assert self._round is not None
        card = self._round.card
        told = say.question(
            card, self._title(card.stage), self._round.at + 1, len(self._round.cards)
        )
        how = say.SHORT if card.kind in self._explained else say.HOW[card.kind]
        self._explained.add(card.kind)
        return [system(f"{told}\n\n{how}")]

    def answer(self, line: str) -> Sequence[Answer] | None:
        """What a line comes to while a question is open; `None`: it is a command after all, and
        the question is closed."""
        assert self._round is not None
        typed, line = line, english(line)
        said = " ".join(line.lower().split())
        if self._running:
            return [StopNow() if said in _STOP else refusal(say.RUNNING)]
        if said in _QUIT or said.split(" ", maxsplit=1)[0] == "review":
            self._round = None
            return None
        if not said:
            return self._question()
        if said in _HELP:
            return [system(say.HELP), *self._question()]
        if said in _ENOUGH:
            return self._over()
        if said in _SKIP:
            self._skipped.add(self._round.card.id)
            return [system(say.SKIPPED), *self._on()]
        if _is_for_the_story(said, self._round.card):
            return [refusal(say.NOT_AN_ANSWER.format(line=" ".join(typed.lower().split())))]
        return [TruthNow(self._round.card, line.strip())]

    def _on(self) -> list[Said]:
        """The next question, or the end."""
        if self._round is None:
            return []
        self._round.at += 1
        return self._question() if self._round.at < len(self._round.cards) else self._over()

    def _over(self) -> list[Said]:
        done, self._round = self._round, None
        assert done is not None
        now, found = self._clock(), self._deck()
        left = len(found.due(now))
        self.waiting = self.waiting and left > 0
        told = say.over(done.right, done.answered, left, found.next(now))
        return [system(told)]

    # the truth

    async def truth(self, answered: TruthNow) -> list[Said]:
        """Run the card for real, note the answer, say what came out; then the next question."""
        self._running = True
        try:
            rated, told = await self._judged(answered.card, answered.answer)
        finally:
            self._running = False
        if rated is None:
            return [system(say.UNKNOWN.format(why=told)), *self._again(answered.card)]
        try:
            back = self._note(answered.card, answered.answer, rated)
        except SavesError as error:
            return [system(say.UNSAVED.format(why=error)), *self._again(answered.card)]
        shown = [system(f"{told}\n\n{say.after(answered.card, back)}")]
        if self._round is not None and self._round.card is answered.card:
            self._round.answered += 1
            self._round.right += rated is not Rating.WRONG
            shown += self._on()
        return shown

    def _again(self, card: Card) -> list[Said]:
        return self._question() if self._round and self._round.card is card else []

    async def _judged(self, card: Card, answer: str) -> tuple[Rating | None, str]:
        """How `answer` is rated, with what is told of it; `None`, with the reason, where that
        cannot be known."""
        if card.kind is CardKind.PREDICT:
            ran = await self._run(card.program, answer)
            if ran.failed:
                return None, ran.failed
            rated = Rating.NEARLY if ran.nearly else Rating.RIGHT if ran.right else Rating.WRONG
            return rated, say.predicted(answer, ran, rated)
        wanted = await self._run(card.mended)
        ran = wanted if wanted.failed else await self._run(card.with_line(answer))
        if wanted.failed or ran.unknown:
            return None, ran.failed
        rated = Rating.RIGHT if ran.prints_like(wanted) else Rating.WRONG
        return rated, say.mended(card, ran, wanted, rated)

    async def _run(self, program: str, answer: str | None = None) -> Ran:
        events: list[Event] = []
        async for batch in self._furnace.run(job(program, answer)):
            events += batch
        return heard(events)

    def _note(self, card: Card, answer: str, rated: Rating) -> timedelta:
        """Put an answer on disk; how long it is until the card comes back."""
        now = self._clock()
        journey = self._table.journey
        with journey.transaction():
            _, standing = self._deck().cards[card.id]
            standing = schedule.after(standing, rated, now)
            journey.add_review(card.id, schedule.dump(standing), rated, answer, now)
        return standing.due - now

    def _deck(self) -> Deck:
        """The player's deck; what has come into it, or was damaged, is put on disk."""
        journey = self._table.journey
        passed: dict[str, datetime | None] = dict.fromkeys(self._table.state.passed)
        passed |= {spell: time_of(at) for spell, at in journey.passes().items()}
        stages, known = {stage_of(spell) for spell in passed}, self._table.campaign.reviews
        cards = (known[id] for id in known if stage_of(id) in stages)
        found, anew = deck(cards, passed, journey.cards(), self._clock())
        if anew:
            journey.keep_cards(anew)
        return found


def _is_for_the_story(said: str, card: Card) -> bool:
    """Whether a line is meant for the story: plain words that begin with one of its verbs, and
    neither Python nor a word that the program has."""
    first = said.split(" ", maxsplit=1)[0]
    if first in _LOOKING_UP and first != said:
        return True
    if not _PLAIN_WORDS.fullmatch(said) or said in _ANSWERS:
        return False
    if keyword.iskeyword(first) or first in re.findall(r"\w+", card.program.lower()):
        return False
    return first in verb_words() or said in DIRECTION_WORDS or said in _OF_SCREENS
