"""Events and jobs as JSON, and back, without trust.

Both sides of the fork use this. What arrives from the player's process is text that anybody could
have written, so `event_from` builds only the event classes of `oz.crucible.model`, checks the type
of every field, and raises `WireError` for anything else. Nothing is ever unpickled.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import math
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from oz.crucible import model


class WireError(ValueError):
    """What came over the wire is not an event or a job."""


_EVENTS: dict[str, type] = {cls.__name__: cls for cls in get_args(model.Event)}


def to_plain(value: Any) -> Any:
    """`value` (plain data and dataclasses of it) as what JSON can hold."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    raise WireError(f"cannot send a {type(value).__name__}")


def event_to(event: model.Event) -> dict[str, Any]:
    """`event` as a JSON object: its fields, and its class under ``event``."""
    plain: dict[str, Any] = {"event": type(event).__name__}
    for name in _fields(type(event)):  # type: ignore[arg-type]
        plain[name] = to_plain(getattr(event, name))
    return plain


def event_from(plain: Mapping[str, Any]) -> model.Event:
    """The event that `plain` describes. Raises `WireError` for anything malformed."""
    name = plain.get("event")
    if name == "Output":  # by far the most frequent one
        text, stream = plain.get("text"), plain.get("stream")
        if not isinstance(text, str) or stream not in ("stdout", "stderr"):
            raise WireError("output has a text and one of two streams")
        return model.Output(text, stream)
    cls = _EVENTS.get(name) if isinstance(name, str) else None
    if cls is None:
        raise WireError(f"no event is called {name!r:.40}")
    return _build(cls, plain)  # type: ignore[no-any-return]


def job_from(plain: Mapping[str, Any]) -> model.Job:
    """The job that `plain` describes. Raises `WireError`."""
    return _build(model.Job, plain)  # type: ignore[no-any-return]


def dumps(plain: Mapping[str, Any]) -> bytes:
    """`plain` as UTF-8 JSON; lone surrogates in strings survive as escapes."""
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def loads(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`. Raises `WireError`."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(plain, dict):
        raise WireError("not a JSON object")
    return plain


# --- building -------------------------------------------------------------------------------------


@cache
def _fields(cls: type) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(cls)
    return {f.name: _reader(hints[f.name]) for f in dataclasses.fields(cls)}


def _build(cls: type, plain: Any) -> Any:
    if not isinstance(plain, Mapping):
        raise WireError(f"a {cls.__name__} is an object")
    values = {}
    for name, read in _fields(cls).items():
        if name in plain:
            values[name] = read(plain[name])
    try:
        return cls(**values)
    except TypeError as error:
        raise WireError(str(error)) from error


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(a for a in args if a is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        if args[-1] is Ellipsis or len(args) == 1:
            item = _reader(args[0])
            return lambda value: tuple(item(v) for v in _need(list, value))
        raise WireError(f"cannot read {hint}")
    if origin is not None and issubclass(origin, Mapping):
        item = _reader(args[1])
        return lambda value: {_need(str, k): item(v) for k, v in _need(dict, value).items()}
    return _plain_reader(hint)


def _plain_reader(hint: type) -> Callable[[Any], Any]:
    if dataclasses.is_dataclass(hint):
        return lambda value: _build(hint, value)
    if hint is bool:
        return lambda value: _need(bool, value)
    if hint is int:
        return _int
    if hint is float:
        return _float
    if hint is str:
        return lambda value: _need(str, value)
    if hint is Path:
        return lambda value: Path(_need(str, value))
    if hint is bytes:
        return _bytes
    if issubclass(hint, Enum):
        return lambda value: _enum(hint, value)
    raise WireError(f"cannot read {hint}")


def _need(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise WireError(f"asked for {kind.__name__}, got {type(value).__name__}")
    return value


def _int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WireError(f"asked for int, got {type(value).__name__}")
    return value


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WireError(f"asked for float, got {type(value).__name__}")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(_need(str, value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise WireError("not base64") from error


def _enum(hint: type[Enum], value: Any) -> Enum:
    try:
        return hint(value)
    except ValueError as error:
        raise WireError(str(error)) from error
