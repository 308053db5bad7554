"""Where a journey stands, as plain frozen data that turns into JSON and back.

Undo keeps the last of these. Nothing here knows a file, a clock or chance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, replace

from oz.story.model import NOWHERE, PLAYER, Character, World
from oz.story.renames import called_now


@dataclass(frozen=True, slots=True)
class State:
    """Everything that changes in the story."""

    room: str
    places: Mapping[str, str] = field(default_factory=dict)
    """Where things are that are no longer where the world put them."""
    flags: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    """Spells."""
    proven: frozenset[str] = frozenset()
    """Stages that were proven instead of walked. Their spells count as cast in the story, and are
    in `passed` only if they were."""
    proving: str | None = None
    """The stage that the spell of the open desk would prove."""
    visited: frozenset[str] = frozenset()
    examined: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    """Things that Dorothy has had in her hands."""
    talked: frozenset[str] = frozenset()
    """``character.topic``."""
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    """Things that start open and were closed."""
    told: Mapping[str, int] = field(default_factory=dict)
    """How often a text was told, by key: chooses the telling."""
    fired: frozenset[str] = frozenset()
    """Rules with ``once`` that have fired; stages that were announced."""
    scored: Mapping[str, int] = field(default_factory=dict)
    """Points by what they were given for."""
    journal: tuple[str, ...] = ()
    """Keys of journal texts, in order."""
    turns: int = 0
    mode: str = "verbose"
    """``verbose``, ``brief`` or ``superbrief``."""
    it: str | None = None
    him: str | None = None
    her: str | None = None
    them: tuple[str, ...] = ()
    last_line: str = ""
    """For 'again'."""
    unknown_word: str = ""
    """For 'oops'."""
    pending: Mapping[str, object] = field(default_factory=dict)
    """The question the game has asked and waits for, as plain JSON data; empty: none."""
    desk: str | None = None
    """The spell whose desk is open, so that 'run', 'hint' and 'show' know which is meant."""

    kept: frozenset[str] = frozenset()
    """What was done with what the lessons no longer have, each with its field before it (``passed
    munchkins/old``): it counts again should that come back."""

    @property
    def score(self) -> int:
        return sum(self.scored.values())


def carried_off(state: State, world: World) -> frozenset[tuple[str, str]]:
    """Things that are no longer where the world put them, each with its place; no characters, who
    come and go by themselves."""
    things = world.things
    return frozenset(
        (id, place)
        for id, place in state.places.items()
        if not isinstance(things.get(id), Character)
    )


def finished_mark(stage: str) -> str:
    """What stands in `State.fired` once `stage` is finished."""
    return f"finished:{stage}"


# --- to JSON and back
# -------------------------------------------------------------------------------


def dump(state: State) -> dict[str, object]:
    """`state` as plain data that `json.dumps` takes; the same state gives the same data."""
    return {item.name: _plain(getattr(state, item.name)) for item in fields(State)}


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def load(
    data: Mapping[str, object], world: World | None = None, dropped: list[str] | None = None
) -> State:
    """The state that `dump` made `data` of.

    What `world` no longer knows is left out, and named in `dropped` (without a world, all is kept,
    and the state must not be played); a key that is missing has its default. Raises ValueError,
    naming the key, for a value of the wrong type.
    """
    if not isinstance(data, Mapping):
        raise ValueError("state: not a table")
    known: dict[str, object] = {}
    for item in fields(State):
        if item.name in data:
            known[item.name] = _READERS[item.name](item.name, data[item.name])
    if "room" not in known:
        raise ValueError("room: missing")
    state = State(**known)  # type: ignore[arg-type]
    if world is None:
        return state
    return prune(_with_kept(state), world, dropped if dropped is not None else [])


def _with_kept(state: State) -> State:
    """`state` with what was kept in its place again; what is still unknown is taken out anew."""
    back: dict[str, frozenset[str]] = {
        name: getattr(state, name)
        | {entry.removeprefix(f"{name} ") for entry in state.kept if entry.startswith(f"{name} ")}
        for name in _IDS
    }
    return replace(state, kept=frozenset(), **back)  # type: ignore[arg-type]


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key}: not a text")
    return value


def _maybe(key: str, value: object) -> str | None:
    return None if value is None else _text(key, value)


def _number(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{key}: not a whole number")
    return value


def _list(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{key}: not a list")
    return tuple(_text(key, item) for item in value)


def _set(key: str, value: object) -> frozenset[str]:
    return frozenset(_list(key, value))


def _table(key: str, value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{key}: not a table")
    return {_text(key, name): item for name, item in value.items()}


def _question(key: str, value: object) -> dict[str, object]:
    """A question that was asked; one of no kind that there is was never asked."""
    asked = _table(key, value)
    return asked if isinstance(asked.get("kind", ""), str) else {}


def _texts(key: str, value: object) -> dict[str, str]:
    return {name: _text(key, item) for name, item in _table(key, value).items()}


def _numbers(key: str, value: object) -> dict[str, int]:
    return {name: _number(key, item) for name, item in _table(key, value).items()}


_READERS: dict[str, Callable[[str, object], object]] = {
    "room": _text,
    "places": _texts,
    "flags": _set,
    "passed": _set,
    "proven": _set,
    "proving": _maybe,
    "visited": _set,
    "examined": _set,
    "taken": _set,
    "talked": _set,
    "opened": _set,
    "closed": _set,
    "told": _numbers,
    "fired": _set,
    "scored": _numbers,
    "journal": _list,
    "turns": _number,
    "mode": _text,
    "it": _maybe,
    "him": _maybe,
    "her": _maybe,
    "them": _list,
    "last_line": _text,
    "unknown_word": _text,
    "pending": _question,
    "desk": _maybe,
    "kept": _set,
}
_IDS = ("passed", "proven", "visited", "examined", "taken", "talked", "opened", "closed")
"""Fields that hold ids of the world."""


def renamed(data: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    """What `dump` gave, with the ids that are called otherwise now: `names` leads from old to
    new."""

    def one(value: object) -> object:
        if isinstance(value, str):
            return _called(value, names)
        if isinstance(value, list):
            return [one(item) for item in value]
        if isinstance(value, Mapping):
            return {_called(str(key), names): one(item) for key, item in value.items()}
        return value

    found = {key: one(value) for key, value in data.items()}
    if isinstance(proven := data.get("proven"), list):
        found["proven"] = [names.get(str(stage), stage) for stage in proven]
    return found


def _called(text: str, names: Mapping[str, str]) -> str:
    """An id, also where a topic stands behind it (``character.topic``) or its kind before it
    (``spell ID``, ``finished:STAGE``)."""
    head, space, id = text.rpartition(" ")
    kind, colon, stage = id.partition(":")
    if colon and stage in names:
        return f"{head}{space}{kind}:{names[stage]}"
    owner, dot, topic = id.partition(".")
    whole = id in names and "/" in id  # a bare word may be one that was typed
    now = names[id] if whole else f"{called_now(owner, names)}{dot}{topic}"
    return f"{head}{space}{now}"


def _is_topic(said: str, world: World) -> bool:
    """Whether `said`, as ``kansas/aunt-em.pump``, is a topic of somebody."""
    id, _, topic = said.partition(".")
    person = world.things.get(id)
    return isinstance(person, Character) and any(known.id == topic for known in person.topics)


def prune(state: State, world: World, dropped: list[str]) -> State:
    """`state` without what `world` does not know, which is named in `dropped` and kept aside.

    Flags, tellings and points are only counted by name, and stay. Where a thing was that is gone
    is forgotten.
    """
    things, rooms = world.things.keys(), world.rooms.keys()
    spells = set(world.offers) | {
        spell for stage in world.stages.values() for spell in stage.spells
    }
    spots = things | rooms | {PLAYER, NOWHERE}
    topics = {said for said in state.talked if _is_topic(said, world)}

    aside: set[str] = set(state.kept)

    def keep(name: str, allowed: Collection[str]) -> frozenset[str]:
        ids: frozenset[str] = getattr(state, name)
        known = frozenset(id for id in ids if id in allowed)
        dropped.extend(sorted(ids - known))
        aside.update(f"{name} {id}" for id in ids - known)
        return known

    places = {
        thing: place for thing, place in state.places.items() if thing in things and place in spots
    }
    dropped.extend(sorted(state.places.keys() - places.keys()))
    room = state.room
    if room not in rooms:
        dropped.append(room)
        stage = world.stages.get(room.split("/")[0])
        room = stage.start if stage else world.start
    return replace(
        state,
        room=room,
        places=places,
        passed=keep("passed", spells),
        proven=keep("proven", world.stages.keys()),
        proving=state.proving if state.proving in world.stages else None,
        visited=keep("visited", rooms),
        examined=keep("examined", things),
        taken=keep("taken", things),
        talked=keep("talked", topics),
        opened=keep("opened", things),
        closed=keep("closed", things),
        mode=state.mode if state.mode in {"verbose", "brief", "superbrief"} else "verbose",
        desk=state.desk if state.desk in spells else None,
        kept=frozenset(aside),
    )
