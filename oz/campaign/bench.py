"""What every part of a stage is built with: the scope of its names, its prose, its conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from oz.campaign import syntax
from oz.campaign.faults import Faults
from oz.campaign.names import Scope
from oz.campaign.prose import Prose
from oz.campaign.source import Spot
from oz.campaign.tables import Table
from oz.story.model import Condition, Effect, Text


@dataclass
class Bench:
    """The tools for one stage."""

    scope: Scope
    prose: Prose
    faults: Faults
    sources: dict[str, Spot] = field(default_factory=dict)

    def id(self, table: Table, name: str = "id") -> str:
        """The qualified id of a table (its form was checked when names were gathered)."""
        return self.scope.whole(table.text(name))

    def condition(self, table: Table, name: str) -> Condition:
        return syntax.condition(table.text(name), self.scope, table.spot(name))

    def effects(self, table: Table, name: str) -> tuple[Effect, ...]:
        spot = table.spot(name)
        made = (syntax.effect(line, self.scope, self.prose, spot) for line in table.words(name))
        return tuple(effect for effect in made if effect is not None)

    def needed(self, table: Table, what: str, *words: str) -> Text:
        """The text under ``## WORDS``; a fault at `table` where there is none."""
        text = self.prose.take(*words)
        if text is None:
            table.fault(f"{what}: write '## {' '.join(words)}' in {self.prose.path.name}")
            return Text(f"{self.prose.stage}/{' '.join(words)}", ())
        return text

    def named(self, table: Table, name: str, kind: str) -> Text | None:
        """The text ``## kind KEY`` whose key stands at `name`, if any does."""
        key = table.text(name)
        if not key:
            return None
        text = self.prose.take(kind, key)
        if text is None:
            table.fault(f"write '## {kind} {key}' in {self.prose.path.name}", name)
        return text
