"""A stage's ``stage.toml`` and ``story.md`` read into the model of the story.

Reading has two passes, because stages refer to each other: `gather` notes every id of every stage,
`build` then makes the rooms, things, rules and offers and resolves what they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oz.campaign import syntax
from oz.campaign.bench import Bench
from oz.campaign.faults import Faults, near
from oz.campaign.model import StageInfo
from oz.campaign.names import ID, Names, Scope
from oz.campaign.placement import placement
from oz.campaign.prose import Prose
from oz.campaign.siblings import Siblings
from oz.campaign.source import Document, KeySpot, Spot
from oz.campaign.spells import SpellFile
from oz.campaign.tables import Table
from oz.campaign.things import character, thing
from oz.spells.model import Spell
from oz.story.model import (
    DIRECTIONS,
    Character,
    Condition,
    Exit,
    Goal,
    Offer,
    Room,
    Rule,
    Stage,
    Term,
    Thing,
)  # fmt: skip
from oz.story.verbs import VERBS


@dataclass
class StageFiles:
    """What was found in a stage's folder before anything was resolved."""

    id: str
    folder: Path
    document: Document
    story: str
    spells: list[SpellFile]
    spell_ids: list[str]
    """Of those too that could not be read."""


@dataclass
class StageParts:
    """A stage, built."""

    stage: Stage
    info: StageInfo
    prose: Prose
    rooms: list[Room]
    things: list[Thing]
    rules: list[Rule]
    offers: list[Offer]
    spells: Mapping[str, Spell]
    sources: dict[str, Spot] = field(default_factory=dict)

    def most_points(self) -> int:
        """What can be scored here: spells, things first taken, and each reason once."""
        done = [effect for rule in self.rules for effect in rule.do]
        for who in self.things:
            if isinstance(who, Character):
                done.extend(effect for topic in who.topics for effect in topic.do)
        reasons: dict[str, int] = {}
        for effect in done:
            if effect.name == "score":
                reasons[effect.target] = max(effect.points, reasons.get(effect.target, 0))
        offered = sum(offer.points for offer in self.offers)
        return offered + sum(found.points for found in self.things) + sum(reasons.values())


def gather(files: StageFiles, names: Names, faults: Faults) -> None:
    """Note the ids of this stage in `names`."""
    top = Table(files.document, faults)
    names.spells.update(files.spell_ids)
    for kind in ("rooms", "things", "characters"):
        for table in top.tables(kind):
            id = _new_id(table, files.id, names)
            if id is None:
                continue
            (names.rooms if kind == "rooms" else names.things)[id] = files.id
            if kind == "characters":
                _gather_topics(table, id, names)


def _new_id(table: Table, stage: str, names: Names) -> str | None:
    word = table.text("id", required=True)
    if not word:
        return None
    if not ID.match(word):
        table.fault(f"'{word}' is no id: lower-case words joined by '-'", "id")
        return None
    id = f"{stage}/{word}"
    if id in names.rooms or id in names.things:
        table.fault(
            f"the id '{word}' is used already; rooms, things and characters share them", "id"
        )
    return id


def _gather_topics(table: Table, character: str, names: Names) -> None:
    for topic in table.tables("topics"):
        word = topic.text("id", required=True)
        if word and not ID.match(word):
            topic.fault(f"'{word}' is no id: lower-case words joined by '-'", "id")
        elif f"{character}.{word}" in names.topics:
            topic.fault(f"the topic '{word}' is there already", "id")
        names.topics.add(f"{character}.{word}")


def build(
    files: StageFiles, names: Names, faults: Faults, siblings: Siblings | None = None
) -> StageParts:
    """Everything in the stage's files, told in the language of `siblings`."""
    scope = Scope(files.id, names, faults)
    path = files.folder / "story.md"
    prose = Prose(
        path, files.story, files.id, faults, lambda text, spot: syntax.condition(text, scope, spot)
    )
    if siblings is not None and (beside := siblings.text(path)):
        prose.translate(*beside, lambda line, what: siblings.gap(path, line, what))
    bench = Bench(scope, prose, faults)
    top = Table(files.document, faults)
    rooms = [_room(table, bench) for table in top.tables("rooms")]
    if not rooms:
        top.fault("a stage needs at least one room: [[rooms]]")
    here = [room.id for room in rooms]
    spells = [spell.spell for spell in files.spells]
    parts = StageParts(
        stage=_stage(top, bench, here, [spell.id for spell in spells]),
        info=_info(top, files.folder),
        prose=prose,
        rooms=rooms,
        things=[thing(table, bench, here) for table in top.tables("things")]
        + [character(table, bench, here) for table in top.tables("characters")],
        rules=_rules(top, bench),
        offers=_offers(top, bench, {spell.id: spell for spell in spells}),
        spells={spell.id: spell for spell in spells},
    )
    top.done()
    for spell in files.spells:
        bench.sources[f"spell {spell.spell.id}"] = KeySpot(spell.document, ())
        for index, mistake in enumerate(spell.spell.mistakes):
            what = f"mistake {spell.spell.id} {mistake.id}"
            bench.sources[what] = KeySpot(spell.document, ("mistakes", index))
    for key in ("teaches", "figurative"):
        bench.sources[f"{key} {files.id}"] = top.spot(key)
    parts.sources = {f"stage {files.id}": top.spot(), **bench.sources}
    return parts


def owners(parts: StageParts, names: Names) -> Mapping[str, list[str]]:
    """What may follow each kind of heading in this stage's story, as its author writes it."""
    scope = Scope(parts.stage.id, names, Faults())

    def bare(ids: Iterable[str]) -> list[str]:
        return [scope.bare(id) for id in ids]

    rooms, things = bare(parts.stage.rooms), bare(made.id for made in parts.things)
    people = [made for made in parts.things if isinstance(made, Character)]
    topics = [f"{scope.bare(who.id)} {topic.id}" for who in people for topic in who.topics]
    exits = [f"{scope.bare(room.id)} {way.direction}" for room in parts.rooms for way in room.exits]
    spells = bare(offer.spell for offer in parts.offers)
    characters = bare(who.id for who in people)
    return {
        "room": rooms, "listen": rooms, "smell": rooms, "thing": things, "read": things,
        "lists": things, "talk": characters, "default": characters, "topic": topics, "exit": exits,
        "cue": spells, "victory": spells,
    }  # fmt: skip


def _stage(top: Table, bench: Bench, rooms: list[str], spells: list[str]) -> Stage:
    start = top.text("start", required=True)
    begin = bench.scope.room(start, top.spot("start")) if start else ""
    if start and begin not in rooms and begin in bench.scope.names.rooms:
        top.fault(f"'start' must be a room of this stage, not '{start}'", "start")
    finished: Condition = bench.condition(top, "finished")
    if not finished:
        finished = tuple(Term("passed", spell) for spell in spells)
    return Stage(
        id=bench.scope.stage, title=top.text("title", required=True),
        topic=top.text("topic", required=True), start=begin, arrival=bench.prose.take("arrival"),
        finished=finished, rooms=tuple(rooms), spells=tuple(spells),
        goals=tuple(_goal(table, bench) for table in top.tables("goals")),
        placement=placement(top, bench, spells),
    )  # fmt: skip


def _info(top: Table, folder: Path) -> StageInfo:
    return StageInfo(
        folder=folder,
        core=top.flag("core"),
        minutes=top.whole("minutes", 0),
        hardware=top.text("hardware", "cpu"),
        teaches=top.words("teaches"),
        figurative=frozenset(top.words("figurative")),
    )


def _goal(table: Table, bench: Bench) -> Goal:
    goal = Goal(
        table.text("text", required=True),
        bench.condition(table, "when"),
        bench.condition(table, "done"),
    )
    table.done()
    return goal


def _room(table: Table, bench: Bench) -> Room:
    name = table.text("id")
    id = bench.id(table)
    bench.sources[f"room {id}"] = table.spot()
    exits = table.table("exits")
    room = Room(
        id=id,
        stage=bench.scope.stage,
        name=table.text("name", required=True),
        description=bench.needed(table, f"'{name}' has no description", "room", name),
        exits=tuple(_exits(exits, name, bench)) if exits else (),
        map=_map(table),
        listen=bench.prose.take("listen", name),
        smell=bench.prose.take("smell", name),
    )
    table.done()
    return room


def _map(table: Table) -> tuple[int, int]:
    value = table.get("map", list, [0, 0], required=True)
    if len(value) != 2 or not all(type(item) is int for item in value):
        table.fault("'map' must be [column, row], two whole numbers", "map")
        return (0, 0)
    return (value[0], value[1])


def _exits(table: Table, room: str, bench: Bench) -> Iterator[Exit]:
    for direction, value in table.data.items():
        if direction not in DIRECTIONS:
            table.fault(f"unknown direction '{direction}'{near(direction, DIRECTIONS)}", direction)
            continue
        bench.sources[f"exit {bench.scope.whole(room)} {direction}"] = table.spot(direction)
        if isinstance(value, str):
            table.text(direction)
            yield Exit(direction, bench.scope.room(value, table.spot(direction)))
            continue
        way = table.table(direction)
        if way is not None:
            yield _way(way, direction, room, bench)


def _way(table: Table, direction: str, room: str, bench: Bench) -> Exit:
    to = table.text("to", required=True)
    when = bench.condition(table, "when")
    blocked = bench.prose.take("exit", room, direction)
    if when and blocked is None:
        table.fault(
            f"the way is not always open and nothing says why: write '## exit {room} {direction}'"
            f" in {bench.prose.path.name}"
        )
    made = Exit(
        direction,
        bench.scope.room(to, table.spot("to")) if to else "",
        when,
        blocked,
        table.words("nouns"),
        table.flag("hidden"),
    )
    table.done()
    return made


def _rules(top: Table, bench: Bench) -> list[Rule]:
    made: dict[str, Rule] = {}
    for table in top.tables("rules"):
        rule = _rule(table, bench)
        id, copy = rule.id, 2
        while id in made:
            id, copy = f"{rule.id}-{copy}", copy + 1
        bench.sources[f"rule {id}"] = table.spot()
        made[id] = replace(rule, id=id)
        table.done()
    return list(made.values())


def _rule(table: Table, bench: Bench) -> Rule:
    on = table.text("on", required=True)
    known = (*(verb.name for verb in VERBS if not verb.game), "arrive", "turn", "pass")
    if on and on not in known:
        table.fault(f"unknown verb '{on}'{near(on, known)}", "on")
    target = table.text("thing")
    find = bench.scope.spell if on == "pass" else bench.scope.thing
    second = table.text("second")
    say = table.text("say")
    derived = "-".join(filter(None, (on, target, second, say))).replace("/", ".")
    rule = Rule(
        id=bench.scope.whole(table.text("id") or derived),
        on=on,
        thing=find(target, table.spot("thing")) if target else None,
        second=bench.scope.thing(second, table.spot("second")) if second else None,
        when=bench.condition(table, "when"),
        say=bench.named(table, "say", "say"),
        do=bench.effects(table, "do"),
        instead=table.flag("instead", default=True),
        once=table.flag("once"),
    )
    if rule.say is None and not rule.do and not say:
        table.fault("a rule must 'say' or 'do' something")
    return rule


def _offers(top: Table, bench: Bench, spells: Mapping[str, Spell]) -> list[Offer]:
    made: dict[str, Offer] = {}
    for table in top.tables("offers"):
        name = table.text("spell", required=True)
        spell = bench.scope.spell(name, table.spot("spell")) if name else ""
        if spell in made:
            table.fault(f"'{name}' is offered already; name all its rooms in one offer", "spell")
        bench.sources[f"offer {spell}"] = table.spot()
        made[spell] = Offer(
            spell=spell,
            title=spells[spell].title if spell in spells else name,
            rooms=tuple(
                bench.scope.room(room, table.spot("rooms"))
                for room in table.words("rooms", required=True)
            ),
            when=bench.condition(table, "when"),
            cue=bench.prose.take("cue", name),
            victory=bench.prose.take("victory", name),
            points=table.whole("points", 5),
            nouns=(*table.words("nouns"), *(spells[spell].also_called if spell in spells else ())),
        )
        table.done()
    for spell in spells:
        if spell not in made:
            said = f"the spell '{bench.scope.bare(spell)}' is offered nowhere: write [[offers]]"
            top.fault(said)
    return list(made.values())
