"""Turning an exception into a page for the player: only their frames, with carets, in plain words.

Nothing here may raise: the exception may come from hostile code whose ``__str__`` or ``__repr__``
fails, lies or never ends in anything readable.
"""

from __future__ import annotations

import linecache
import re
import traceback
from pathlib import Path
from types import FrameType, TracebackType

from oz.crucible.child.explain import explain
from oz.crucible.model import ErrorPage, Frame

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_TAILS = re.compile(
    r"\n+(?:Exception raised from|C\+\+ CapturedTraceback|frame #\d+:|Compile with `TORCH_USE_CUDA_DSA`"
    r"|CUDA kernel errors might|For debugging consider|Device-side assertion|\[W\d+|The above operation failed"
    r"|Set TORCHDYNAMO_VERBOSE|You can suppress this exception|from user code:$)",
    re.MULTILINE,
)
_INTERNAL = re.compile(
    r"\s*\(?(?:at |\[enforce fail at |Triggered internally at )\.?[\w./-]+\.(?:cpp|h|cu|cc):\d+\)?\.?\]?"
)
_INNER = re.compile(
    r"Original Traceback \(most recent call last\):|-- Process \d+ terminated", re.MULTILINE
)
_LONGEST = 2000
_MOST_FRAMES = 12


def error_page(exc: BaseException, program: Path, source: str) -> ErrorPage:
    """The page for `exc`, raised by the player's `program`, whose text is `source`.

    Never raises. Frames are those in `program`, in the order of calls; the text of the lines comes from
    `source`, not from the disk.
    """
    kind = type(exc).__name__
    whole = message_of(exc)
    message, inner = _unwrapped(whole)
    if isinstance(exc, SyntaxError):
        frames, message = _syntax_frames(exc, program, source), _syntax_message(exc, whole)
    else:
        frames = player_frames(exc, program, source)
    raised = f"{kind}: {message}"
    return ErrorPage(
        type=kind,
        message=message,
        frames=frames,
        explanation=explain(raised) or explain(_last_line(inner)),
        shapes=_shapes(exc, program, source) if _about_shapes(message) else (),
        inner=inner,
    )


def first_line_of(exc: BaseException, program: Path) -> int | None:
    """Line of the innermost of the player's frames (for a `SyntaxError` in it: its own line)."""
    if isinstance(exc, SyntaxError) and _is_program(exc.filename, program):
        return exc.lineno
    line = None
    for frame, number in _walk(exc.__traceback__):
        if _is_program(frame.f_code.co_filename, program):
            line = number
    if line is None and exc.__cause__ is not None and exc.__cause__ is not exc:
        return first_line_of(exc.__cause__, program)
    return line


def message_of(exc: BaseException) -> str:
    """What an exception says, cleaned; a stand-in where it cannot be asked."""
    try:
        text = str(exc.args[0]) if _is_key_error(exc) else str(exc)
    except BaseException:  # noqa: BLE001 - the player's own __str__ may raise anything
        return "(it could not say what it is: its `__str__` failed)"
    return clean(text)


def _is_key_error(exc: BaseException) -> bool:
    """A `KeyError` that holds one plain string says it in quotes, twice over; other keys by repr."""
    return type(exc) is KeyError and len(exc.args) == 1 and "\n" in str(exc.args[0])


def clean(text: str) -> str:
    """`text` without terminal codes, C++ tails and internal file names, at most 2,000 characters."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    text = "".join(c for c in text if c in "\n\t" or c.isprintable())
    if tail := _TAILS.search(text):
        text = text[: tail.start()]
    text = _INTERNAL.sub("", text).strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


# --- frames ---------------------------------------------------------------------------------------


def player_frames(exc: BaseException, program: Path, source: str) -> tuple[Frame, ...]:
    """The frames in `program`, outermost first, at most twelve (recursion keeps both ends)."""
    _lend_source(program, source)
    frames: list[Frame] = []
    for error in _chain(exc):
        try:
            stack = traceback.StackSummary.extract(
                traceback.walk_tb(error.__traceback__), lookup_lines=True, capture_locals=False
            )
            exact = traceback.TracebackException(
                _Silent, _Silent(), error.__traceback__, compact=True
            ).stack
            stack = exact or stack
        except Exception:  # noqa: BLE001 - a page with fewer frames is better than none
            continue
        frames = [f for s in stack if (f := _frame(s, program)) is not None]
        if frames:
            break
    if len(frames) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        frames = [*frames[:half], *frames[-half:]]
    return tuple(frames)


class _Silent(Exception):
    """Stands in for the player's exception while its traceback is read, so that it is never asked."""


def _chain(exc: BaseException) -> list[BaseException]:
    """`exc` and what it was raised from, nearest first."""
    found: list[BaseException] = []
    error: BaseException | None = exc
    while error is not None and error not in found and len(found) < 8:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
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


def _walk(tb: TracebackType | None) -> list[tuple[FrameType, int]]:
    found = []
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


def _syntax_message(exc: SyntaxError, whole: str) -> str:
    return clean(exc.msg) if isinstance(exc.msg, str) and exc.msg else whole


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

    own = [
        (f, n) for f, n in _walk(exc.__traceback__) if _is_program(f.f_code.co_filename, program)
    ]
    if not own:
        return ()
    frame, number = own[-1]
    lines = source.splitlines()
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    found: dict[str, str] = {}
    for match in re.finditer(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", text):
        value = _look_up(match[0], frame)
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
