"""An error page in words, for whoever shows text: a few lines of markdown. Pure."""

from __future__ import annotations

from oz.crucible.model import ErrorPage, Frame
from oz.tongue import _

_TAB = 4
"""Columns from one tab stop to the next."""


def page_words(page: ErrorPage, lead: str = "") -> str:
    """What was raised, the player's line with carets, the shapes that met, and plain words.

    `lead` comes before the name of the exception: ``your code raised``.
    """
    first, _nl, rest = page.message.partition("\n")
    words = f"{lead} `{page.type}`".strip() + (f": {first}" if first else "")
    lines = [words, *([rest] if rest and len(rest) < 600 else [])]
    if page.frames:
        lines.append(line_words(page.frames[-1]))
    if page.shapes:
        lines.append(_("the shapes that met: ") + ", ".join(f"`{s}`" for s in page.shapes))
    if page.explanation:
        lines.append(f"\n{page.explanation}".removeprefix("\n" if lines[-1].endswith("\n") else ""))
    return "\n".join(lines).rstrip("\n")


def line_words(frame: Frame) -> str:
    """The line of a frame: a block of code with its carets, where there are any."""
    code, carets = frame_lines(frame)
    if not carets:
        return _("line {line}:").format(line=frame.line) + f" `{code}`"
    return _("line {line}:").format(line=frame.line) + f"\n\n    {code}\n    {carets}\n"


def frame_lines(frame: Frame) -> tuple[str, str]:
    """A frame's code and, under it, the carets that point at what raised (empty where unknown).

    Tabs are spaces here, so that the carets stand where they should, whoever shows them.
    """
    shown = frame.code.expandtabs(_TAB)
    if frame.start is None or frame.end is None or frame.end <= frame.start:
        return shown, ""
    start = len(frame.code[: frame.start].expandtabs(_TAB))
    end = len(frame.code[: frame.end].expandtabs(_TAB))
    return shown, " " * start + "^" * max(end - start, 1)
