"""``SummaryWriter``: what the player logs is shown while it runs.

Where tensorboard is installed its writer does what it always does, and what `add_scalar` is given
is told besides. Where it is not, `stand_in` makes a ``torch.utils.tensorboard`` with a writer that
only tells, and says so once.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import math
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from oz.crucible.model import Event, Metric, Warned
from oz.tongue import _

_RATE = 20
"""Values of one tag told in a second."""
_BURST = 40
"""Values of one tag told at once after a pause: a short training is told whole."""
_TAGS = 256
"""Tags told at most."""
_ABSENT = _(
    "tensorboard is not installed: what `SummaryWriter` is given is shown here and "
    "not written to a file."
)


class Scalars:
    """Values by tag, thinned to 20 a second each, and the last one of each for certain."""

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._room: dict[str, tuple[float, float]] = {}
        self._waiting: dict[str, tuple[int, float]] = {}
        self._count = 0

    def add(self, values: Mapping[str, Any], step: Any) -> None:
        """What was logged. Values that are no numbers are left out."""
        now = time.monotonic()
        self._count += 1
        at = int(step) if step is not None else self._count
        ready: dict[str, float] = {}
        for tag, value in values.items():
            name = str(tag)[:200]
            if name not in self._room and len(self._room) >= _TAGS:
                continue
            room, last = self._room.get(name, (_BURST, now))
            room = min(_BURST, room + (now - last) * _RATE)
            number = float(value)
            if room < 1:
                self._room[name] = (room, now)
                self._waiting[name] = (at, number)
                continue
            self._room[name] = (room - 1, now)
            self._waiting.pop(name, None)
            ready[name] = number
        if ready:
            self._tell(at, ready)

    def flush(self) -> None:
        """Tell the last values that were not told."""
        waiting, self._waiting = self._waiting, {}
        steps: dict[int, dict[str, float]] = {}
        for name, (step, value) in waiting.items():
            steps.setdefault(step, {})[name] = value
        for step in sorted(steps):
            self._tell(step, steps[step])

    def _tell(self, step: int, values: dict[str, float]) -> None:
        bad = tuple(name for name, value in values.items() if not math.isfinite(value))
        self._emit(Metric(step, values, bad, source="tensorboard"))


def listen(module: ModuleType, scalars: Scalars) -> None:
    """Have the real writer's scalars told besides."""
    writer: Any = vars(module)["SummaryWriter"]
    scalar, several = writer.add_scalar, writer.add_scalars

    @functools.wraps(scalar)
    def add_scalar(
        self: Any, tag: Any, scalar_value: Any, global_step: Any = None, *args: Any, **more: Any
    ) -> Any:
        with contextlib.suppress(Exception):
            scalars.add({tag: scalar_value}, global_step)
        return scalar(self, tag, scalar_value, global_step, *args, **more)

    @functools.wraps(several)
    def add_scalars(
        self: Any,
        main_tag: Any,
        tag_scalar_dict: Any,
        global_step: Any = None,
        *args: Any,
        **more: Any,
    ) -> Any:
        with contextlib.suppress(Exception):
            scalars.add({f"{main_tag}/{t}": v for t, v in tag_scalar_dict.items()}, global_step)
        return several(self, main_tag, tag_scalar_dict, global_step, *args, **more)

    writer.add_scalar, writer.add_scalars = add_scalar, add_scalars


class _Writer:
    """Shows scalars and images; takes everything else and does nothing with it."""

    _scalars: Scalars
    _emit: Callable[[Event], None]
    _said = False

    def __init__(self, log_dir: str | Path | None = None, comment: str = "", **more: Any) -> None:
        self.log_dir = str(log_dir) if log_dir else f"runs/run{comment}"
        self.purge_step = more.get("purge_step")
        self.file_writer = self.all_writers = None
        if not _Writer._said:
            _Writer._said = True
            self._emit(Warned("UserWarning", _ABSENT))

    def add_scalar(
        self, tag: str, scalar_value: Any, global_step: Any = None, *_: Any, **__: Any
    ) -> None:
        self._scalars.add({tag: scalar_value}, global_step)

    def add_scalars(
        self, main_tag: str, tag_scalar_dict: Any, global_step: Any = None, *_: Any
    ) -> None:
        several = {f"{main_tag}/{tag}": value for tag, value in tag_scalar_dict.items()}
        self._scalars.add(several, global_step)

    def add_image(self, tag: str, img_tensor: Any, *_: Any, **more: Any) -> None:
        from oz.crucible.child.rasters import picture_of

        with contextlib.suppress(Exception):
            shown = picture_of(str(tag), img_tensor, more.get("dataformats", "CHW"))
            if shown is not None:
                self._emit(shown)

    def get_logdir(self) -> str:
        return self.log_dir

    def flush(self) -> None:
        self._scalars.flush()

    def close(self) -> None:
        self._scalars.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("add_"):
            return lambda *_, **__: None
        raise AttributeError(f"'SummaryWriter' object has no attribute '{name}'")


def stand_in(scalars: Scalars, emit: Callable[[Event], None]) -> ModuleType | None:
    """A ``torch.utils.tensorboard``; `None` where the real one can be had."""
    if importlib.util.find_spec("tensorboard") is not None:
        return None
    name = "torch.utils.tensorboard"
    body = {"__module__": name, "_scalars": scalars, "_emit": staticmethod(emit)}
    module: Any = ModuleType(name, _ABSENT)
    writer: Any = ModuleType(f"{name}.writer", _ABSENT)
    module.SummaryWriter = writer.SummaryWriter = type("SummaryWriter", (_Writer,), body)
    module.__path__ = []
    module.writer = sys.modules[writer.__name__] = writer
    made: ModuleType = module
    return made
