"""Markdown that is divided by second-level headings: ``story.md``, ``reference.md``, spell texts.

`divide` knows only headings and fences. `Prose` is a stage's ``story.md``: each text under a
heading that says whose it is, perhaps with a condition, perhaps with several tellings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oz.campaign.faults import Faults, near
from oz.campaign.source import LineSpot, Spot
from oz.story.model import Condition, Text, Variant

KINDS: Mapping[str, int] = {
    "arrival": 0, "room": 1, "listen": 1, "smell": 1, "thing": 1, "read": 1, "lists": 1, "exit": 2,
    "talk": 1, "topic": 2, "default": 1, "cue": 1, "victory": 1, "say": 1, "score": 1, "journal": 1,
    "proof": 0, "placement": 0,
}  # fmt: skip
"""The kinds of text in a story, and how many words follow the kind."""

_MAY_BE_SILENT = {"arrival", "listen", "smell", "lists", "cue"}
"""Kinds that may have nothing to say when no condition holds."""

_HEADING = re.compile(r"## +(.+?) *$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_WHEN = re.compile(r"\s+([|+])\s*when\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading. The text before the first heading has the heading ``""``."""

    heading: str
    line: int
    """Of the heading."""
    body: tuple[str, ...]
    """Its lines; the first is the line after the heading."""

    @property
    def text(self) -> str:
        return "\n".join(self.body).strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """One telling, with where it stands: for checks that read the prose."""

    key: str
    """Of its `Text`."""
    path: Path
    line: int
    """Of its first line."""
    text: str
    when: Condition = ()


def divide(text: str, line: int = 1) -> Iterator[Section]:
    """The sections of a Markdown text whose first line is `line`; fenced code hides headings."""
    heading, at, fence = "", line - 1, ""
    body: list[str] = []
    for number, content in enumerate(text.split("\n"), line):
        if _may_fence(content):
            fence = _fence_after(content, fence)
        if content.startswith("## ") and not fence and (found := _HEADING.match(content)):
            yield Section(heading, at, tuple(body))
            heading, at, body = found[1], number, []
        else:
            body.append(content)
    yield Section(heading, at, tuple(body))


def _may_fence(line: str) -> bool:
    """Cheaper than the pattern, and false for nearly every line."""
    return "```" in line or "~~~" in line


def _fence_after(line: str, fence: str) -> str:
    """The fence in which what follows `line` stands, when `line` stands in `fence`."""
    mark = _FENCE.match(line)
    if mark and (not fence or mark[1].startswith(fence)):
        return "" if fence else mark[1]
    return fence


def _parted(section: Section) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The tellings of a section, each with the line where it begins."""
    start, fence = 0, ""
    for place, content in enumerate(section.body):
        fence = _fence_after(content, fence)
        if content == "---" and not fence:
            yield section.line + 1 + start, section.body[start:place]
            start = place + 1
    yield section.line + 1 + start, section.body[start:]


@dataclass
class _Entry:
    """A text being gathered."""

    line: int
    variants: list[Variant]
    taken: bool = False
    complained: bool = False


class Prose:
    """The texts of one stage, to be taken by what they belong to; `done` names what nobody took."""

    def __init__(
        self,
        path: Path,
        text: str,
        stage: str,
        faults: Faults,
        condition: Callable[[str, Spot], Condition],
    ) -> None:
        self.path = path
        self.stage = stage
        self.texts: dict[str, Text] = {}
        """Every text that was taken, by key."""
        self.passages: list[Passage] = []
        self._faults = faults
        self._condition = condition
        self._entries: dict[str, _Entry] = {}
        for section in divide(text):
            if section.heading:
                self._add(section)
            else:
                self._preamble(section)

    def _preamble(self, section: Section) -> None:
        for number, line in enumerate(section.body, 1):
            if line.strip() and not line.startswith(("# ", "<!--")):
                self._faults.add(
                    self.path, number, "text before the first heading; put it under '## KIND NAME'"
                )
                return

    def _add(self, section: Section) -> None:
        headed = self._headed(section, self.path)
        if headed is None:
            return
        bare, adds, when = headed
        entry = self._entries.setdefault(bare, _Entry(section.line, []))
        if not adds and not when and any(not v.when and not v.adds for v in entry.variants):
            self._fault(section.line, f"'## {bare}' is there already, at line {entry.line}")
        tellings = tuple(self._tellings(bare, section, when))
        if tellings:
            entry.variants.append(Variant(when, adds, tellings))
        else:
            entry.complained = True
            self._fault(section.line, f"'## {section.heading}' has no text under it")

    def _headed(self, section: Section, path: Path) -> tuple[str, bool, Condition] | None:
        """Whose text a section of `path` is, whether it adds to it, and when it holds."""
        heading, adds = section.heading, False
        when: Condition = ()
        found = _WHEN.search(heading)
        if found:
            heading, adds = heading[: found.start()], found[1] == "+"
            when = self._condition(found[2], LineSpot(path, section.line))
        words = heading.split()
        said = ""
        if words[0] not in KINDS:
            said = f"unknown kind of text '{words[0]}'{near(words[0], KINDS)}"
        elif len(words) - 1 != KINDS[words[0]]:
            wanted = ("no word", "one word", "two words")[KINDS[words[0]]]
            said = f"after '{words[0]}' comes {wanted}, not '{heading}'"
        elif (found is None) and re.search(r"[|+]", heading):
            said = "a condition is written '| when …' or '+ when …'"
        if said:
            self._faults.add(path, section.line, said)
            return None
        return " ".join(words), adds, when

    def translate(self, path: Path, text: str, gap: Callable[[int, str], None]) -> None:
        """Tell the texts of the sibling `path` in place of those with the same heading.

        Texts that it leaves out stay as they are, and are named to `gap` with their line."""
        told: set[tuple[str, int]] = set()
        for section in divide(text):
            headed = self._headed(section, path) if section.heading else None
            if headed is None:
                continue
            bare, adds, when = headed
            entry = self._entries.get(bare)
            variants = entry.variants if entry else []
            fits = (n for n, v in enumerate(variants) if (v.when, v.adds) == (when, adds))
            place = next(fits, None)
            if entry is None or place is None:
                hint = near(bare, self._entries) if entry is None else ""
                said = f"'## {section.heading}' is not in {self.path.name}{hint}"
                self._faults.add(path, section.line, said)
                continue
            parts = ("\n".join(lines).strip() for _, lines in _parted(section))
            tellings = tuple(part for part in parts if part)
            wanted = len(entry.variants[place].tellings)
            if (bare, place) in told:
                self._faults.add(path, section.line, f"'## {section.heading}' is there already")
            elif len(tellings) != wanted:
                said = f"'## {section.heading}' has {len(tellings)} tellings, in English {wanted}"
                self._faults.add(path, section.line, said)
            else:
                entry.variants[place] = Variant(when, adds, tellings)
                told.add((bare, place))
        for bare, entry in self._entries.items():
            for place in range(len(entry.variants)):
                if (bare, place) not in told:
                    gap(entry.line, f"'## {bare}' is not translated (its wording {place + 1})")

    def _tellings(self, bare: str, section: Section, when: Condition) -> Iterator[str]:
        parts = [(section.line + 1, section.body)]
        if "---" in section.body:
            parts = list(_parted(section))
        for line, lines in parts:
            text = "\n".join(lines).strip()
            if text:
                skipped = next(i for i, content in enumerate(lines) if content.strip())
                self.passages.append(
                    Passage(self._key(bare), self.path, line + skipped, text, when)
                )
                yield text
            elif len(parts) > 1:
                said = "an empty telling: '---' separates one telling from the next"
                self._fault(line, said)

    def _key(self, bare: str) -> str:
        return f"{self.stage}/{bare}"

    def _fault(self, line: int, message: str) -> None:
        self._faults.add(self.path, line, message)

    def line(self, bare: str) -> int | None:
        """The line of the heading of the text `bare` (``room kitchen``)."""
        entry = self._entries.get(bare)
        return entry.line if entry else None

    def of_kind(self, kind: str) -> Iterator[str]:
        """What follows `kind` in the headings of that kind."""
        for bare in self._entries:
            first, _, rest = bare.partition(" ")
            if first == kind:
                yield rest

    def take(self, *words: str) -> Text | None:
        """The text under ``## WORDS``, or `None` where there is none."""
        bare = " ".join(words)
        entry = self._entries.get(bare)
        if entry is None:
            return None
        key = self._key(bare)
        if not entry.taken:
            entry.taken = True
            silent = words[0] in _MAY_BE_SILENT
            base = any(not v.when and not v.adds for v in entry.variants)
            if not base and not silent and not entry.complained:
                self._fault(entry.line, f"'## {bare}' needs a variant without condition")
            variants = sorted(entry.variants, key=lambda v: not v.adds and not v.when)
            self.texts[key] = Text(key, tuple(variants))
        return self.texts[key]

    def done(self, owners: Mapping[str, Sequence[str]]) -> None:
        """Note every text that nobody took; `owners` gives the known names for each kind."""
        for bare, entry in self._entries.items():
            if entry.taken:
                continue
            kind, _, rest = bare.partition(" ")
            hint = near(rest, owners.get(kind, ()))
            self._fault(entry.line, f"'## {bare}' belongs to nothing{hint or _unused(kind)}")


def _unused(kind: str) -> str:
    if kind in {"say", "score", "journal"}:
        return f": no rule and no effect names it ('{kind} …')"
    return ""
