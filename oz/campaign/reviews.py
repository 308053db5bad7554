"""``review.md`` read into cards, one a section; ``lessons/README.md`` says how it is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from oz.campaign.faults import Faults, near
from oz.campaign.names import ID
from oz.campaign.prose import Section, divide
from oz.campaign.siblings import Siblings
from oz.campaign.source import read_text
from oz.study.cards import MARK, Card, CardKind, marked, only_marked_differs

FILE = "review.md"
_KEYS = ("kind", "after", "about")
_HEADER = re.compile(r"([A-Za-z_-]+):[ \t]*(.*?)[ \t]*\Z")
_FENCE = re.compile(r"(```+|~~~+)[ \t]*(.*?)[ \t]*\Z")
_WHY = "why"
_PROGRAM, _MENDED = "python", "python mended"


@dataclass
class _Body:
    """A section's parts, as they were found."""

    keys: dict[str, tuple[str, int]] = field(default_factory=dict)
    question: list[str] = field(default_factory=list)
    programs: dict[str, tuple[str, int]] = field(default_factory=dict)
    why: list[str] | None = None


def read_reviews(
    path: Path, stage: str, spells: Collection[str], faults: Faults
) -> dict[str, Card]:
    """The cards of `path`, by id; none where there is no such file. `spells`: ids of the stage's
    spells, after whose pass a card may come."""
    if not path.is_file():
        return {}
    found: dict[str, Card] = {}
    for section in divide(read_text(path, faults, "small questions for later") or ""):
        if not section.heading:
            _preamble(section, path, faults)
            continue
        id = f"{stage}/{section.heading}"
        if not ID.match(section.heading):
            said = f"'{section.heading}' is no name for a card: lower-case words joined by '-'"
            faults.add(path, section.line, said)
        if id in found:
            said = f"the card '{section.heading}' is there already, at line {found[id].line}"
            faults.add(path, section.line, said)
            continue
        found[id] = _Reader(section, path, faults).card(id, stage, spells)
    return found


def translated_reviews(
    cards: dict[str, Card], path: Path, stage: str, siblings: Siblings
) -> dict[str, Card]:
    """The cards of one stage with the texts that the sibling of `path` has: questions, reasons, and
    programs where a comment or a word that is printed needs it."""
    found = siblings.text(path) if cards else None
    if found is None:
        return cards
    beside, text = found
    told = dict(cards)
    for section in divide(text):
        id = f"{stage}/{section.heading}"
        if id in cards:
            told[id] = _Reader(section, beside, siblings.faults).told(cards[id])
        elif section.heading:
            names = [card.partition("/")[2] for card in cards]
            said = f"'{section.heading}' is not in {path.name}{near(section.heading, names)}"
            siblings.faults.add(beside, section.line, said)
    for id, card in cards.items():
        if told[id].question == card.question or told[id].why == card.why:
            siblings.gap(path, card.line, f"'{id.partition('/')[2]}' is not translated")
    return told


def _preamble(section: Section, path: Path, faults: Faults) -> None:
    for number, line in enumerate(section.body, 1):
        if line.strip() and not line.startswith(("# ", "<!--")):
            faults.add(path, number, "text before the first card; a card begins with '## its-name'")
            return


class _Reader:
    """One section, read; what is wrong with it is noted by its line."""

    def __init__(self, section: Section, path: Path, faults: Faults) -> None:
        self._section = section
        self._path = path
        self._faults = faults
        self._body = _Body()

    def card(self, id: str, stage: str, spells: Collection[str]) -> Card:
        """The card, as far as it can be read; each fault in it is noted."""
        self._divide()
        kind = self._kind()
        after = self._after(stage, spells)
        about = tuple(name for part in self._key("about").split(",") if (name := part.strip()))
        if "about" in self._body.keys and not about:
            self._fault("'about:' names nothing", self._body.keys["about"][1])
        question = "\n".join(self._body.question).strip()
        if not question:
            self._fault("the question is missing: write it between 'about:' and the program")
        why = "\n".join(self._body.why or ()).strip()
        if not why:
            wanted = "one or two sentences that are said after the answer"
            self._fault(f"'### {_WHY}' is missing, or has no text under it: {wanted}")
        program, mended = self._programs(kind)
        return Card(
            id, stage, kind, after, about, question, program, why, mended,
            self._path, self._section.line, self._at(_PROGRAM), self._at(_MENDED),
        )  # fmt: skip

    def told(self, card: Card) -> Card:
        """`card` with the texts that the section has for it."""
        self._divide()
        for key, (_, line) in self._body.keys.items():
            self._fault(f"'{key}:' is the same in every language and stands in {FILE} alone", line)
        program, mended = card.program, card.mended
        if self._body.programs:
            program, mended = self._programs(card.kind)
        return replace(
            card,
            question="\n".join(self._body.question).strip() or card.question,
            why="\n".join(self._body.why or ()).strip() or card.why,
            program=program,
            mended=mended,
        )

    def _fault(self, message: str, line: int = 0) -> None:
        self._faults.add(self._path, line or self._section.line, message)

    # the parts

    def _divide(self) -> None:
        lines = iter(enumerate(self._section.body, self._section.line + 1))
        header = True
        for number, line in lines:
            fence = _FENCE.match(line)
            if fence:
                header = False
                self._fenced(fence, number, lines)
            elif line.startswith("#"):
                header = False
                self._part(line, number)
            elif header and (pair := _HEADER.match(line)):
                self._header(pair[1], pair[2], number)
            elif line.strip():
                header = False
                self._text(line, number)
            else:
                header = header and not self._body.keys
                self._blank()

    def _header(self, key: str, value: str, line: int) -> None:
        if key not in _KEYS:
            self._fault(f"unknown key '{key}:'{near(key, _KEYS)}", line)
        elif key in self._body.keys:
            self._fault(f"'{key}:' is there already", line)
        else:
            self._body.keys[key] = (value, line)

    def _part(self, line: str, number: int) -> None:
        name = line.lstrip("#").strip()
        if line.split(maxsplit=1)[0] != "###" or name != _WHY:
            self._fault(f"unknown part '{line.strip()}'; known: '### {_WHY}'", number)
        elif self._body.why is not None:
            self._fault(f"'### {_WHY}' is there already", number)
        self._body.why = self._body.why or []

    def _text(self, line: str, number: int) -> None:
        if self._body.why is not None:
            self._body.why.append(line)
        elif self._body.programs:
            said = f"text between the program and '### {_WHY}'; the question stands before both"
            self._fault(said, number)
        else:
            self._body.question.append(line)

    def _blank(self) -> None:
        part = self._body.question if self._body.why is None else self._body.why
        if part and (self._body.why is not None or not self._body.programs):
            part.append("")

    def _fenced(self, fence: re.Match[str], number: int, lines: Iterator[tuple[int, str]]) -> None:
        code: list[str] = []
        for _, line in lines:
            if line.rstrip() == fence[1]:
                break
            code.append(line)
        else:
            self._fault(f"the program that begins here is not closed by '{fence[1]}'", number)
        what = " ".join(fence[2].split())
        if self._body.why is not None:
            self._fault(f"a program after '### {_WHY}'; it stands before", number)
        elif what not in (_PROGRAM, _MENDED):
            self._fault(f"'```{what}' must be '```{_PROGRAM}' or '```{_MENDED}'", number)
        elif what in self._body.programs:
            self._fault(f"'```{what}' is there already", number)
        else:
            self._body.programs[what] = ("\n".join(code).rstrip(), number)

    # the values

    def _key(self, key: str) -> str:
        if key not in self._body.keys:
            self._fault(f"'{key}:' is missing")
            return ""
        return self._body.keys[key][0]

    def _kind(self) -> CardKind:
        word = self._key("kind")
        kinds = [kind.value for kind in CardKind]
        if word in kinds:
            return CardKind(word)
        if "kind" in self._body.keys:
            said = f"unknown kind '{word}'{near(word, kinds)}"
            self._fault(said, self._body.keys["kind"][1])
        return CardKind.MEND if _MENDED in self._body.programs else CardKind.PREDICT

    def _after(self, stage: str, spells: Collection[str]) -> str:
        word = self._key("after")
        id = f"{stage}/{word}"
        if id not in spells and "after" in self._body.keys:
            known = [spell.partition("/")[2] for spell in spells]
            said = f"there is no spell '{word}' in this stage{near(word, known)}"
            self._fault(said, self._body.keys["after"][1])
        return id

    def _at(self, what: str) -> int:
        return self._body.programs.get(what, ("", -1))[1] + 1

    def _programs(self, kind: CardKind) -> tuple[str, str]:
        program, line = self._body.programs.get(_PROGRAM, ("", 0))
        mended, mended_line = self._body.programs.get(_MENDED, ("", 0))
        if not program.strip():
            self._fault(f"the program is missing, or empty: write it in '```{_PROGRAM}'", line)
            return program, mended
        marks = len(marked(program))
        if kind is CardKind.PREDICT:
            if marks:
                self._fault(f"a line ends in '{MARK}', and the card's kind is predict", line)
            if mended_line:
                said = f"a card of kind predict has no '```{_MENDED}'"
                self._fault(said, mended_line)
            return program, ""
        if marks != 1:
            self._fault(f"one line of the program must end in '{MARK}'; {marks} do", line)
        if not mended.strip():
            said = f"the program as it should be is missing: write it in '```{_MENDED}'"
            self._fault(said, mended_line or line)
        elif marks == 1 and (marked(mended) or not only_marked_differs(program, mended)):
            said = f"the mended program must differ in the line '{MARK}' alone, and not be marked"
            self._fault(said, mended_line)
        return program, mended
