"""What a spell is, as plain frozen data, and what judging one gives.

Made by `oz.campaign` from a folder under ``lessons/``; nothing here reads files, runs code or
knows a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from oz.crucible.model import Check, ErrorPage, Reason


class Kind(StrEnum):
    """What the player is asked to do."""

    PREDICT = "predict"
    """Say what real code will print; the code (``program.py`` beside the spell) is then run."""
    MEND = "mend"
    """Code that runs and is wrong, or crashes: find out why."""
    CAST = "cast"
    """Write it."""
    TRAIN = "train"
    """Make a model reach a bar on held-out data."""
    COMMAND = "command"
    """A shell command, really executed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a `predict` spell; the answer becomes ``id = <answer>`` in the draft."""

    id: str
    """A Python identifier."""
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that is known, and the words for it."""

    id: str
    message: str
    """Markdown: one to three sentences by a good teacher."""
    error: str | None = None
    """Regular expression searched in ``Type: message`` of what the player's program raised (and of
    a failed check's exception), for mistakes that show as an error."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of the model answer that changes nothing anybody could see, and why.

    Only ``oz lessons mutate`` asks for it."""

    before: str
    """The line as it stands in the model answer, without indent and comment."""
    after: str
    """The same line changed; ``pass`` for a statement that was left out; empty for any change."""
    why: str


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell. `id` is ``stage/name``, for example ``munchkins/first-stones``."""

    id: str
    stage: str
    title: str
    kind: Kind
    goals: tuple[str, ...]
    """What the player has to reach, one line each (markdown), shown beside the editor."""
    briefing: str
    """Markdown."""
    hints: tuple[str, ...]
    worth_knowing: str
    """Markdown, shown after the pass: substance the player did not need."""
    reference: tuple[str, ...]
    """Names of API to look up, for example ``torch.arange``."""
    mistakes: tuple[Mistake, ...]
    questions: tuple[Question, ...]
    """Only for `Kind.PREDICT`."""
    seconds: float
    """Time limit of one run."""
    memory: int
    """Memory limit of one run, bytes."""
    folder: Path
    starter: Path
    solution: Path
    trial: Path
    program: Path | None
    """Only for `Kind.PREDICT`: the code whose behaviour is asked."""
    files: tuple[Path, ...]
    """What is laid into the scratch folder before a run: the files in the folder ``files/``."""
    keep: tuple[str, ...]
    """Files the player's program makes that the journey keeps after a pass."""
    right: tuple[Path, ...]
    wrong: tuple[Path, ...]
    equivalents: tuple[Equivalent, ...] = ()
    apart: bool = False
    """Whether the trial is held in another process than the program ran in (`Job.apart`)."""
    uses: tuple[str, ...] = ()
    """Files that an earlier spell kept and this one cannot do without."""
    prose: str = ""
    """Under this name the story so far is laid beside the program; empty where it is not."""
    needs: tuple[str, ...] = ()
    """Packages beside torch that program or trial import, by the name that both `import` and the
    installer know."""
    also_called: tuple[str, ...] = ()
    """Its title in English, where `title` is another language's."""
    phrases: tuple[tuple[str, str], ...] = ()
    """What the trial says, in English and in the player's language (`Job.phrases`)."""

    @property
    def draft_name(self) -> str:
        """File name of the player's draft: ``first-stones.py``, ``.sh`` for a command."""
        return self.id.split("/", 1)[1] + self.starter.suffix

    def mistake(self, id: str) -> Mistake | None:
        """The known mistake called `id`."""
        return next((m for m in self.mistakes if m.id == id), None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the game says of one attempt. `passed` is true for `Reason.PASSED` alone."""

    spell: str
    reason: Reason
    checks: tuple[Check, ...]
    """In the trial's order; checks that were never reached are not in it."""
    mistake: str | None
    """Id of the known mistake, if the attempt is one."""
    message: str
    """Markdown: what to tell the player, whole. Empty for a pass."""
    line: int | None
    """Line of the player's file to look at, 1-based."""
    seconds: float
    error: ErrorPage | None = None

    @property
    def passed(self) -> bool:
        return self.reason is Reason.PASSED
