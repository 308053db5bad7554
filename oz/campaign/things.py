"""Things and characters, from their tables in ``stage.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast, get_args

from oz.campaign.bench import Bench
from oz.campaign.siblings_stage import cases_of
from oz.campaign.tables import Table
from oz.story.model import NOWHERE, Character, Thing, Topic

Pronoun = Literal["him", "her", "it", "them"]


def thing(table: Table, bench: Bench, rooms: Sequence[str]) -> Thing:
    """The thing in `table`; `rooms` are those of its stage."""
    made = Thing(**_common(table, bench, rooms))
    table.done()
    return made


def character(table: Table, bench: Bench, rooms: Sequence[str]) -> Character:
    """The character in `table`."""
    common = _common(table, bench, rooms)
    name = table.text("id")
    pronoun = table.text("pronoun", "it")
    if pronoun not in get_args(Pronoun):
        table.fault(f"'pronoun' must be one of {', '.join(get_args(Pronoun))}", "pronoun")
    made = Character(
        **common,
        pronoun=cast("Pronoun", pronoun),
        greeting=bench.prose.take("talk", name),
        topics=tuple(_topic(topic, name, bench) for topic in table.tables("topics")),
        default=bench.prose.take("default", name),
        follows=bench.condition(table, "follows") if table.has("follows") else None,
    )
    table.text("follows")
    table.done()
    return made


def _common(table: Table, bench: Bench, rooms: Sequence[str]) -> dict[str, Any]:
    """What things and characters share, as the fields of `Thing`."""
    name = table.text("id")
    id = bench.id(table)
    bench.sources[f"thing {id}"] = table.spot()
    also = _also_in(table, bench, rooms)
    return {
        "id": id,
        "stage": bench.scope.stage,
        "name": table.text("name", required=True),
        "nouns": _lower(table, "nouns", required=True),
        "adjectives": _lower(table, "adjectives"),
        "place": _place(table, bench, also),
        "description": bench.needed(table, f"'{name}' has no description", "thing", name),
        "also_in": also,
        "portable": table.flag("portable"),
        "plural": table.flag("plural"),
        "container": table.flag("container"),
        "openable": table.flag("openable"),
        "starts_open": table.flag("open"),
        "lists": bench.prose.take("lists", name),
        "read": bench.prose.take("read", name),
        "conjure": _snippet(table),
        "points": table.whole("points", 0),
        "cases": cases_of(table),
    }


def _place(table: Table, bench: Bench, also: Sequence[str]) -> str:
    word = table.text("in")
    if word:
        return bench.scope.place(word, table.spot("in"))
    if also:
        return also[0]
    table.fault('\'in\' is missing; it is a room, thing, character, "player" or "nowhere"')
    return NOWHERE


def _also_in(table: Table, bench: Bench, rooms: Sequence[str]) -> tuple[str, ...]:
    words = table.words("also_in")
    if words == ("*",):
        home = bench.scope.whole(table.text("in"))
        return tuple(room for room in rooms if room != home)
    return tuple(bench.scope.room(word, table.spot("also_in")) for word in words)


def _lower(table: Table, name: str, *, required: bool = False) -> tuple[str, ...]:
    words = table.words(name, required=required)
    for word in words:
        if word != word.lower() or not word.strip():
            table.fault(f"'{word}' must be lower-case words, as the player types them", name)
    return words


def _snippet(table: Table) -> str | None:
    source = table.text("conjure").strip("\n")
    if not source:
        return None
    try:
        compile(source, "conjure", "exec", dont_inherit=True)
    except SyntaxError as error:
        table.fault(f"the snippet is not Python: {error.msg} (its line {error.lineno})", "conjure")
    return source


def _topic(table: Table, character: str, bench: Bench) -> Topic:
    id = table.text("id")
    bench.sources[f"topic {bench.scope.whole(character)}.{id}"] = table.spot()
    topic = Topic(
        id=id,
        words=_lower(table, "words", required=True),
        reply=bench.needed(
            table, f"'{character}' has no reply about '{id}'", "topic", character, id
        ),
        when=bench.condition(table, "when"),
        do=bench.effects(table, "do"),
        listed=table.text("listed"),
    )
    table.done()
    return topic
