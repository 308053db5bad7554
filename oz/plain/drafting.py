"""Changes to a draft, line by line, as a player types them. Pure: text in, text out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oz.tongue import _, ngettext


class Slip(Exception):
    """The change cannot be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of lines: ``line``, ``insert`` or ``delete``."""

    what: str
    first: int
    last: int
    text: str

    def __str__(self) -> str:
        lines = (
            _("Line {first}").format(first=self.first)
            if self.first == self.last
            else _("Lines {first} to {last}").format(first=self.first, last=self.last)
        )
        one = self.first == self.last
        told = {
            "line": _("is"),
            "insert": _("is new"),
            "delete": _("is gone") if one else _("are gone"),
        }
        return f"{lines} {told[self.what]}" + ("." if self.what == "delete" else ":")


_CHANGE = re.compile(
    r"\s*(?P<what>line|insert|delete)\s+(?P<first>\d+)(?:\s*-\s*(?P<last>\d+))?(?: (?P<text>.*))?$",
    re.IGNORECASE,
)


def parse(line: str) -> Change | None:
    """The change that `line` asks for; `None` if it asks for something else."""
    found = _CHANGE.match(line)
    if found is None:
        return None
    first = int(found["first"])
    return Change(found["what"].lower(), first, int(found["last"] or first), found["text"] or "")


def change(source: str, asked: Change) -> str:
    """`source` after `asked`. Raises `Slip`."""
    lines = split(source)
    most = len(lines) + (1 if asked.what == "insert" else 0)
    if not 1 <= asked.first <= asked.last <= most:
        raise Slip(_out_of_range(asked, len(lines)))
    if asked.what == "delete":
        if asked.text.strip():
            raise Slip(_("`delete` takes a number, or two: `delete 3-5`."))
        del lines[asked.first - 1 : asked.last]
    elif asked.first != asked.last:
        raise Slip(_("`{what}` takes one number.").format(what=asked.what))
    elif asked.what == "insert":
        lines.insert(asked.first - 1, asked.text)
    else:
        lines[asked.first - 1] = asked.text
    return join(lines)


def _out_of_range(asked: Change, count: int) -> str:
    if not count:
        return _("The draft is empty. `write` or `append` begins it.")
    if asked.last < asked.first:
        return _("The first number is the greater one.")
    return ngettext(
        "There is no line {last}: the draft has {count} line.",
        "There is no line {last}: the draft has {count} lines.",
        count,
    ).format(last=asked.last, count=count)


def split(source: str) -> list[str]:
    """The lines of a draft."""
    return source.rstrip("\n").split("\n") if source.strip("\n") else []


def join(lines: list[str]) -> str:
    """A draft of `lines`."""
    return "\n".join(line.rstrip() for line in lines) + "\n" if lines else ""


def numbered(source: str, first: int = 1, last: int | None = None) -> str:
    """Lines `first` to `last` of `source` with their numbers."""
    lines = split(source)
    width = max(2, len(str(len(lines))))
    shown = list(enumerate(lines, 1))[first - 1 : last]
    return "\n".join(f"{number:>{width}}  {line}".rstrip() for number, line in shown)
