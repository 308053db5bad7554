"""The table ``[placement]`` of a stage: how it is proven, by those who know it, and not walked."""

from __future__ import annotations

from oz.campaign.bench import Bench
from oz.campaign.tables import Table
from oz.story.model import Placement

QUIET = ("set", "clear", "move", "open", "close")
"""Effects that a placement may have: what the story would tell is told by its text."""


def placement(top: Table, bench: Bench, spells: list[str]) -> Placement | None:
    """The stage's placement, if it has one; `spells` are the stage's, in their order."""
    table = top.table("placement")
    if table is None:
        return None
    bench.sources[f"placement {bench.scope.stage}"] = table.spot()
    name = table.text("spell")
    spell = bench.scope.spell(name, table.spot("spell")) if name else next(reversed(spells), "")
    if spell not in spells:
        table.fault(f"'{name or 'spell'}' must be a spell of this stage", "spell")
    effects = bench.effects(table, "do")
    for effect in effects:
        if effect.name not in QUIET:
            table.fault(
                f"a placement has only quiet effects ({', '.join(QUIET)}), not '{effect.name}'",
                "do",
            )
    made = Placement(
        spell=spell,
        proof=bench.needed(table, "nothing says what would have to be shown", "proof"),
        told=bench.needed(table, "nothing tells what was not played", "placement"),
        do=effects,
    )
    table.done()
    return made
