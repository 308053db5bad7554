"""What a report says, as frozen data; how it looks is for `oz.report.page` and `oz.report.text`."""

from __future__ import annotations

from dataclasses import dataclass

from oz.saves.keepsakes import KeptCurve, KeptPicture


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A file that the player's programs made and the journey kept."""

    name: str
    size: int
    """Bytes."""
    made_by: str
    """Title of the spell; empty where no spell keeps a file of this name."""
    tensors: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Names and shapes of what is in it, as far as that is known."""

    @property
    def values(self) -> int:
        """Numbers in all its tensors."""
        total = 0
        for _, shape in self.tensors:
            count = 1
            for size in shape:
                count *= size
            total += count
        return total


@dataclass(frozen=True, slots=True)
class SpellReport:
    """One spell that was cast."""

    id: str
    title: str
    casts: int
    hints: int
    passed_at: str | None
    """ISO time of the first pass (UTC)."""
    mistakes: tuple[tuple[str, int], ...]
    """What the known mistakes that were met say, and how often; the most frequent first."""
    code: str
    """The newest answer that passed; empty where none did."""
    curves: tuple[KeptCurve, ...] = ()
    """Of the cast that is shown: the newest that passed, else the newest."""
    before: tuple[KeptCurve, ...] = ()
    """The curve of the same name of earlier casts, oldest first."""
    pictures: tuple[KeptPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class StageReport:
    """One stage that was begun."""

    id: str
    title: str
    topic: str
    passed: int
    of: int
    learned: tuple[str, ...]
    """What the journal says, Markdown."""
    teaches: tuple[str, ...]
    """Names of API that were met here first."""
    spells: tuple[SpellReport, ...]
    proven: bool = False
    """It was proven by its trial instead of walked."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole journey."""

    journey: str
    title: str
    """Of the campaign."""
    begun: str
    """ISO date; empty where it is not known."""
    played: float
    """Seconds."""
    turns: int
    score: int
    max_score: int
    passed: int
    of: int
    casts: int
    hints: int
    stages: tuple[StageReport, ...]
    models: tuple[KeptModel, ...]

    @property
    def finished(self) -> bool:
        """Whether every spell there is was passed."""
        return self.passed == self.of
