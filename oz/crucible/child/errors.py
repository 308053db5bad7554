"""Turning an exception into a page for the player: only their frames, with carets, in plain words.

Nothing here may raise: the exception may come from hostile code whose ``__str__`` or ``__repr__``
fails, lies or never ends in anything readable.
"""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from oz.crucible.child.explain import explain
from oz.crucible.model import ErrorPage, Frame
from oz.tongue import _

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_TAILS = re.compile(
    r"\n+(?:Exception raised from|C\+\+ CapturedTraceback|frame #\d+:|CUDA kernel errors might"
    r"|Compile with `TORCH_USE_CUDA_DSA`|For debugging consider|Device-side assertion|\[W\d+"
    r"|The above operation failed|Set TORCHDYNAMO_VERBOSE|You can suppress this exception)"
)
"""Where the part of a message begins that speaks to people who build torch."""
_INTERNAL = re.compile(
    r"\s*\(?(?:at |\[enforce fail at |Triggered internally at )"
    r"\.?[\w./-]+\.(?:cpp|h|cu|cc):\d+\)?\.?\]?"
    r"|\[/[\w./-]+\.(?:cpp|h|cu|cc):\d+\] "
)
_INNER = re.compile(r"Original Traceback \(most recent call last\):|-- Process \d+ terminated")
_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')
_LONGEST = 2000
_MOST_FRAMES = 12

# read past whatever a subclass puts in their place
_cause_of = BaseException.__dict__["__cause__"].__get__
_context_of = BaseException.__dict__["__context__"].__get__
_traceback_of = BaseException.__dict__["__traceback__"].__get__
_hides_context = BaseException.__dict__["__suppress_context__"].__get__
_name_of = type.__dict__["__name__"].__get__


def error_page(exc: BaseException, program: Path, source: str) -> ErrorPage:
    """The page for `exc`, raised by the player's `program`, whose text is `source`.

    Never raises. Frames are those in `program`, in the order of calls, those of a worker's or a
    rank's own traceback after those that led to it; lines are taken from `source`, not from the
    disk.
    """
    try:
        return _page(exc, program, source)
    except Exception:  # noqa: BLE001 - what is raised may be made to fail when looked at
        return ErrorPage(_name_of(type(exc)), message_of(exc))


def _page(exc: BaseException, program: Path, source: str) -> ErrorPage:
    kind = _name_of(type(exc))
    if isinstance(exc, SyntaxError):
        frames, message, inner = _syntax_frames(exc, program, source), _syntax_words(exc), ""
    else:
        message, inner = _unwrapped(message_of(exc))
        frames = player_frames(exc, program, source) + _inner_frames(inner, program, source)
    return ErrorPage(
        type=kind,
        message=message,
        frames=frames,
        explanation=explain(f"{_reading(exc, frames)}{kind}: {message}")
        or explain(_last_line(inner)),
        shapes=_shapes(exc, program, source) if _about_shapes(message) else (),
        inner=_own_lines(inner, program),
    )


_READS = re.compile(r"\bopen\(|read|load|listdir|iterdir|scandir|glob")
_WRITES = re.compile(r"""[\"'][rbt]*[wax+][rbt+]*[\"']|write|sav|mkdir|makedirs|touch|cop|mov""")


def _reading(exc: BaseException, frames: Sequence[Frame]) -> str:
    """``reading `` where the line that was refused wanted to read: the error does not tell."""
    code = frames[-1].code if frames and isinstance(exc, OSError) else ""
    return "reading " if _READS.search(code) and not _WRITES.search(code) else ""


def first_line_of(exc: BaseException, program: Path) -> int | None:
    """Line of the innermost of the player's frames; `None` where the failure never was there.

    For a `SyntaxError` in the program it is the line that cannot be read; for an error raised from
    another, and only where it has no such frame itself, that of the other.
    """
    for error in _chain(exc):
        if isinstance(error, SyntaxError) and _is_program(error.filename, program):
            return error.lineno
        lines = [n for f, n in _walk(error) if _is_program(f.f_code.co_filename, program)]
        if lines:
            return lines[-1]
    return None


def message_of(exc: BaseException) -> str:
    """What an exception says, cleaned; a stand-in where it cannot be asked."""
    try:
        text = str(exc)
        if type(exc) is KeyError and "\\n" in text:
            text = str(exc.args[0])  # a KeyError says its text by repr, in one long line
    except BaseException:  # noqa: BLE001 - the player's own __str__ may raise anything
        return _("(it could not say what it is: its `__str__` failed)")
    return clean(text)


def clean(text: str) -> str:
    """`text` without terminal codes, C++ tails and internal files, at most 2,000 characters."""
    if len(text) > 20 * _LONGEST:
        # the end is kept, too: there stands the last line of a wrapped traceback
        text = text[: 10 * _LONGEST] + "\n…\n" + text[-9 * _LONGEST :]
    text = _ANSI.sub("", str(text)).replace("\r\n", "\n")
    text = "".join(c for c in text if c in "\n\t" or c.isprintable())
    if tail := _TAILS.search(text):
        text = text[: tail.start()]
    text = _INTERNAL.sub("", text).strip()
    if _INNER.search(text):
        return text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


# --- frames ---------------------------------------------------------------------------------------


def player_frames(exc: BaseException, program: Path, source: str) -> tuple[Frame, ...]:
    """The frames in `program`, outermost first, at most twelve (recursion keeps both ends)."""
    _lend_source(program, source)
    for error in _chain(exc):
        frames = [f for s in _stack(error) if (f := _frame(s, program)) is not None]
        if len(frames) > _MOST_FRAMES:
            half = _MOST_FRAMES // 2
            frames = [*frames[:half], *frames[-half:]]
        if frames:
            return tuple(frames)
    return ()


class _Silent(Exception):
    """Stands in for the player's exception while its traceback is read: it is never asked."""


def _stack(error: BaseException) -> list[traceback.FrameSummary]:
    tb = _traceback_of(error)
    return list(traceback.TracebackException(_Silent, _Silent(), tb, compact=True).stack)


def _chain(exc: BaseException) -> list[BaseException]:
    """`exc` and what it was raised from, nearest first."""
    found: list[BaseException] = []
    error: BaseException | None = exc
    while error is not None and not any(error is e for e in found) and len(found) < 8:
        found.append(error)
        error = _cause_of(error) or (None if _hides_context(error) else _context_of(error))
    return found


def _frame(summary: traceback.FrameSummary, program: Path) -> Frame | None:
    if not _is_program(summary.filename, program) or summary.lineno is None:
        return None
    original = linecache.getline(summary.filename, summary.lineno).rstrip("\n")
    code = original.strip() or (summary.line or "")
    start, end = summary.colno, summary.end_colno
    if start is None or end is None or summary.end_lineno not in (None, summary.lineno):
        start, end = (None, None) if start is None else (start, len(original.encode()))
    if start is None or end is None:
        return Frame(summary.lineno, _function(summary.name), code)
    indent = len(original) - len(original.lstrip())
    columns = [len(original.encode()[:n].decode("utf-8", "replace")) - indent for n in (start, end)]
    return Frame(
        summary.lineno, _function(summary.name), code, max(columns[0], 0), max(columns[1], 0)
    )


def _function(name: str) -> str:
    return "" if name == "<module>" else name


def _lend_source(program: Path, source: str) -> None:
    """Let `linecache` give the lines that really ran, though the file may have changed since."""
    lines = [line + "\n" for line in source.splitlines()]
    linecache.cache[str(program)] = (len(source), None, lines, str(program))


def _is_program(filename: str | None, program: Path) -> bool:
    return filename is not None and (filename == str(program) or Path(filename) == program)


def _walk(error: BaseException) -> list[tuple[FrameType, int]]:
    """Frames of a traceback and the line in each, outermost first."""
    tb: TracebackType | None = _traceback_of(error)
    found: list[tuple[FrameType, int]] = []
    while tb is not None and len(found) < 100_000:
        found.append((tb.tb_frame, tb.tb_lineno))
        tb = tb.tb_next
    return found


# --- syntax errors --------------------------------------------------------------------------------


def _syntax_frames(exc: SyntaxError, program: Path, source: str) -> tuple[Frame, ...]:
    if not _is_program(exc.filename, program) or exc.lineno is None:
        return player_frames(exc, program, source)
    lines = source.splitlines()
    original = lines[exc.lineno - 1] if 0 < exc.lineno <= len(lines) else (exc.text or "")
    indent = len(original) - len(original.lstrip())
    start = max((exc.offset or 1) - 1 - indent, 0)
    one_line = exc.end_lineno in (None, exc.lineno)
    end = (exc.end_offset or 0) - 1 - indent if one_line else len(original.rstrip()) - indent
    return (Frame(exc.lineno, "", original.strip(), start, max(end, start + 1)),)


def _syntax_words(exc: SyntaxError) -> str:
    return clean(exc.msg) if isinstance(exc.msg, str) and exc.msg else message_of(exc)


# --- what was wrapped -----------------------------------------------------------------------------


def _unwrapped(text: str) -> tuple[str, str]:
    """(what is said, the traceback of the worker or rank inside it)."""
    found = _INNER.search(text)
    if not found:
        return text, ""
    said, inner = text[: found.start()].strip(), text[found.start() :].strip()
    last = _last_line(inner)
    return (f"{said}\n{last}" if last else said), inner


def _last_line(text: str) -> str:
    lines = [
        line for line in text.splitlines() if line.strip() and not line.startswith((" ", "\t"))
    ]
    return lines[-1].strip() if lines else ""


def _inner_frames(inner: str, program: Path, source: str) -> tuple[Frame, ...]:
    """The player's frames in a traceback that came as text."""
    lines = source.splitlines()
    frames = []
    for path, number, function in _FRAME.findall(inner):
        if _is_program(path, program) and 0 < int(number) <= len(lines):
            frames.append(Frame(int(number), _function(function), lines[int(number) - 1].strip()))
    return tuple(frames[-_MOST_FRAMES:])


def _own_lines(inner: str, program: Path) -> str:
    """A traceback that came as text, without the frames that are not the player's."""
    kept: list[str] = []
    ours = True
    for line in inner.splitlines():
        if found := _FRAME.search(line):
            ours = _is_program(found[1], program)
        elif not line.startswith((" ", "\t")):
            ours = True
        if ours:
            kept.append(line)
    return "\n".join(kept)[-_LONGEST:]


# --- shapes ---------------------------------------------------------------------------------------


def _about_shapes(message: str) -> bool:
    lowered = message.casefold()
    return any(
        word in lowered
        for word in (
            "shape",
            "size",
            "dimension",
            "dim",
            "broadcast",
            "sizes",
            "channels",
            "elements",
        )
    )


def _shapes(exc: BaseException, program: Path, source: str) -> tuple[str, ...]:
    """The tensors named in the failing line, in the order in which they stand there."""
    try:
        return _shapes_at(exc, program, source)
    except Exception:  # noqa: BLE001 - the namespace is the player's
        return ()


def _shapes_at(exc: BaseException, program: Path, source: str) -> tuple[str, ...]:
    import torch

    own = [f for f, _ in _walk(exc) if _is_program(f.f_code.co_filename, program)]
    places = [s for s in _stack(exc) if _is_program(s.filename, program)]
    if not own or not places or (first := places[-1].lineno) is None:
        return ()
    frame, last = own[-1], places[-1].end_lineno or first
    text = "\n".join(source.splitlines()[first - 1 : last])
    found: dict[str, str] = {}
    for match in re.finditer(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", text):
        value: Any = _look_up(match[0], frame)
        if torch.Tensor in type(value).__mro__:
            dtype = str(value.dtype).removeprefix("torch.")
            found.setdefault(match[0], f"{match[0]} {tuple(value.shape)} {dtype}")
        elif torch.nn.Module in type(value).__mro__:
            weight = vars(value).get("_parameters", {}).get("weight")
            if torch.Tensor in type(weight).__mro__:
                found.setdefault(match[0], f"{match[0]}.weight {tuple(weight.shape)}")
    return tuple(found.values())


def _look_up(dotted: str, frame: FrameType) -> object:
    """The value of ``self.w`` in a frame, without running any of the player's properties."""
    first, *rest = dotted.split(".")
    value = frame.f_locals.get(first, frame.f_globals.get(first))
    for name in rest:
        space = getattr(value, "__dict__", {})
        inside = space.get(name)
        for kind in ("_parameters", "_buffers", "_modules"):
            inside = (space.get(kind) or {}).get(name) if inside is None else inside
        if inside is None:
            return None
        value = inside
    return value
