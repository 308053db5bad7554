"""Which wording of a text is told now, and whether a condition holds.

Pure functions over `Facts`, a view of the state; they change nothing. Telling (and counting it) is
done by `oz.story.play`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from oz.story.model import Condition, Term, Test, Text
from oz.story.state import State


class Facts(Protocol):
    """What conditions ask of the world as it stands."""

    @property
    def state(self) -> State: ...
    def carried(self, thing: str) -> bool:
        """Whether Dorothy carries it, perhaps in something."""
        ...

    def in_sight(self, thing: str) -> bool: ...
    def place(self, thing: str) -> str: ...
    def is_open(self, thing: str) -> bool: ...


def _behind(state: State, name: str) -> bool:
    """Whether `name` belongs to a stage that was proven: what is done there counts as done."""
    return name.partition("/")[0] in state.proven


_TESTS: dict[Test, Callable[[Facts, Term], bool]] = {
    "flag": lambda facts, term: term.name in facts.state.flags,
    "has": lambda facts, term: facts.carried(term.name),
    "in": lambda facts, term: facts.state.room == term.name,
    "here": lambda facts, term: facts.in_sight(term.name),
    "at": lambda facts, term: facts.place(term.name) == term.place,
    "passed": lambda facts, term: (
        term.name in facts.state.passed or _behind(facts.state, term.name)
    ),
    "visited": lambda facts, term: (
        term.name in facts.state.visited or _behind(facts.state, term.name)
    ),
    "talked": lambda facts, term: (
        term.name in facts.state.talked or _behind(facts.state, term.name)
    ),
    "examined": lambda facts, term: term.name in facts.state.examined,
    "open": lambda facts, term: facts.is_open(term.name),
}


def term_holds(facts: Facts, term: Term) -> bool:
    """Whether one term holds."""
    return _TESTS[term.test](facts, term) is not term.negated


def holds(facts: Facts, condition: Condition) -> bool:
    """Whether every term holds; the empty condition does."""
    return all(term_holds(facts, term) for term in condition)


def _counter(text: Text, number: int) -> str:
    return f"{text.key}|{number}"


def choose(facts: Facts, text: Text) -> tuple[str, tuple[str, ...]]:
    """The wording of `text` for now, and the keys of `State.told` that telling it counts up.

    Each variant counts its own tellings, so that one which comes late still begins with its first.
    An empty wording means that no variant applies.
    """
    parts: list[str] = []
    keys = [text.key]
    based = False
    for number, variant in enumerate(text.variants):
        if (based and not variant.adds) or not variant.tellings or not holds(facts, variant.when):
            continue
        based = based or not variant.adds
        key = _counter(text, number)
        count = max(facts.state.told.get(key, 0), 0)
        telling = variant.tellings[min(count, len(variant.tellings) - 1)]
        if variant.adds:
            parts.append(telling.strip())
        else:
            parts.insert(0, telling.strip())
        keys.append(key)
    return "\n\n".join(part for part in parts if part), tuple(keys)
