"""An error page in words, for whoever shows text: a few lines of markdown. Pure."""

from __future__ import annotations

from oz.crucible.model import ErrorPage, Frame


def page_words(page: ErrorPage, lead: str = "") -> str:
    """What was raised, the player's line with carets, the shapes that met, and plain words.

    `lead` comes before the name of the exception: ``your code raised``.
    """
    first, _, rest = page.message.partition("\n")
    words = f"{lead} `{page.type}`".strip() + (f": {first}" if first else "")
    parts = [words, *([rest] if rest and len(rest) < 600 else [])]
    if page.frames:
        parts.append(f"line {page.frames[-1].line}: `{page.frames[-1].code}`")
    if page.shapes:
        parts.append("the shapes that met: " + ", ".join(f"`{s}`" for s in page.shapes))
    if page.explanation:
        parts.append(f"\n{page.explanation}")
    return "\n".join(parts)


def frame_lines(frame: Frame) -> tuple[str, str]:
    """A frame's code and, under it, the carets that point at what raised (empty where unknown)."""
    if frame.start is None or frame.end is None or frame.end <= frame.start:
        return frame.code, ""
    return frame.code, " " * frame.start + "^" * min(frame.end - frame.start, len(frame.code))
