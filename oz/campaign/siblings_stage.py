"""``stage.de.toml`` laid over ``stage.toml``: titles, names, nouns and goals in another language.

The result is a document like the English one with other texts in it, which is then built as ever.
The nouns of both languages name a thing, so that commands in either are understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from oz.campaign.siblings import Siblings, entries, replaced
from oz.campaign.source import Document
from oz.campaign.tables import Table

Entry = dict[str, Any]

CASES = ("accusative", "dative", "one", "gender")
"""What a name may say of itself where the grammar of the language would guess wrong."""
_ARTICLES = {"the", "a", "an", "some"}


def translated_stage(document: Document, siblings: Siblings) -> Document:
    """`document` with the texts of its sibling."""
    table = siblings.table(document.path)
    if table is None:
        return document
    data: Entry = deepcopy(dict(document.data))
    if not isinstance(data.get("rooms"), list):
        return document
    over = _Over(document, siblings)
    over.texts(data, table, ("title", "topic"), ())
    over.goals(data, table)
    over.each(data, table, "rooms", over.room)
    over.each(data, table, "things", over.thing)
    over.each(data, table, "characters", over.character)
    over.offers(data, table)
    table.done()
    return replaced(document, data)


class _Over:
    """Lays tables of one sibling over tables of its document."""

    def __init__(self, document: Document, siblings: Siblings) -> None:
        self._document = document
        self._siblings = siblings

    def _gap(self, key: tuple[str | int, ...], what: str) -> None:
        self._siblings.gap(self._document.path, self._document.line(key), what)

    def each(
        self,
        data: Entry,
        table: Table,
        kind: str,
        lay: Callable[[Entry, Table, tuple[str | int, ...]], None],
    ) -> None:
        """Lay each table ``[kind.ID]`` over the one of `data` that has this id."""
        named = _by_id(data.get(kind))
        found = entries(table, kind, named)
        for id, (index, entry) in named.items():
            if id in found:
                lay(entry, found[id], (kind, index))
                found[id].done()
            else:
                self._gap((kind, index), f"'{id}' of {kind} is not translated")

    def texts(
        self, entry: Entry, table: Table, names: tuple[str, ...], key: tuple[str | int, ...]
    ) -> None:
        """Replace the texts called `names`."""
        for name in names:
            if table.has(name):
                entry[name] = table.text(name, required=True)
            elif entry.get(name):
                self._gap((*key, name), f"'{name}' is not translated")

    def goals(self, data: Entry, table: Table) -> None:
        """Goals are known by their `done`, and by `when` where two have the same."""
        goals = [goal for goal in data.get("goals", ()) if isinstance(goal, dict)]
        seen: list[int] = []
        for one in table.tables("goals"):
            done, when = one.text("done"), one.text("when")
            fits = [
                index
                for index, goal in enumerate(goals)
                if goal.get("done", "") == done and (not when or goal.get("when", "") == when)
            ]
            if len(fits) != 1:
                said = "no goal" if not fits else "more than one goal"
                one.fault(f"{said} in English has this 'done'; say its 'when' too", "done")
            else:
                goals[fits[0]]["text"] = one.text("text", required=True)
                seen.append(fits[0])
            one.done()
        for index in set(range(len(goals))) - set(seen):
            self._gap(("goals", index), "this goal is not translated")

    def room(self, entry: Entry, table: Table, key: tuple[str | int, ...]) -> None:
        self.texts(entry, table, ("name",), key)
        ways = entry.get("exits", {})
        exits = table.table("exits")
        if exits is None:
            return
        for direction in exits.data:
            way = ways.get(direction)
            if way is None:
                exits.fault(f"no way leads {direction} in English", direction)
            elif not isinstance(way, dict):
                ways[direction] = {"to": way, "nouns": list(exits.words(direction))}
            else:
                way["nouns"] = _both(exits.words(direction), way.get("nouns"))

    def thing(self, entry: Entry, table: Table, key: tuple[str | int, ...]) -> None:
        english = str(entry.get("name", ""))
        self.texts(entry, table, ("name",), key)
        if table.has("nouns"):
            entry["nouns"] = _both(table.words("nouns"), entry.get("nouns"))
        elif table.has("name"):
            self._gap((*key, "nouns"), f"'{english}' has no nouns in this language")
        words = [word for word in english.casefold().split() if word not in _ARTICLES]
        known = [*(entry.get("adjectives") or ()), *(word for word in words if word.isalpha())]
        entry["adjectives"] = _both(table.words("adjectives"), known)
        if table.has("plural"):
            entry["plural"] = table.flag("plural")
        if table.has("conjure") and "conjure" in entry:
            entry["conjure"] = table.text("conjure")
        cases = {name: table.text(name) for name in CASES if table.has(name)}
        if cases:
            entry["cases"] = cases

    def character(self, entry: Entry, table: Table, key: tuple[str | int, ...]) -> None:
        self.thing(entry, table, key)
        named = _by_id(entry.get("topics"))
        found = entries(table, "topics", named)
        for id, (index, topic) in named.items():
            if id not in found:
                self._gap((*key, "topics", index), f"the topic '{id}' is not translated")
                continue
            if topic.get("listed"):
                self.texts(topic, found[id], ("listed",), (*key, "topics", index))
            topic["words"] = _both(found[id].words("words"), topic.get("words"))
            found[id].done()

    def offers(self, data: Entry, table: Table) -> None:
        offers = [offer for offer in data.get("offers", ()) if isinstance(offer, dict)]
        named = {str(offer.get("spell")): offer for offer in offers}
        for id, one in entries(table, "offers", named).items():
            named[id]["nouns"] = _both(one.words("nouns"), named[id].get("nouns"))
            one.done()


def _by_id(tables: object) -> dict[str, tuple[int, Entry]]:
    if not isinstance(tables, list):
        return {}
    return {
        str(entry.get("id")): (index, entry)
        for index, entry in enumerate(tables)
        if isinstance(entry, dict)
    }


def _both(own: tuple[str, ...], english: object) -> list[str]:
    """The words of the language, then the English ones."""
    more = english if isinstance(english, (list, tuple)) else ()
    return list(dict.fromkeys((*own, *more)))


def cases_of(table: Table) -> Mapping[str, str]:
    """What a thing's sibling said of its name; nothing in English."""
    return {str(key): str(value) for key, value in table.get("cases", dict, {}).items()}
