"""Everything that watches a program while it runs, under one roof, for the worker.

What is found out leaves through the outlet, in order with what is printed.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from oz.crucible.child import figures, scalars
from oz.crucible.child.late import Late
from oz.crucible.child.layers import Shapes
from oz.crucible.child.progress import Bars
from oz.crucible.child.stdio import Outlet
from oz.crucible.child.telemetry import Recorder
from oz.crucible.child.telemetry_ranks import invite
from oz.crucible.child.telemetry_started import Started


class Onlooker:
    """Watches training, scalars that are logged, progress bars and figures.

    `channel` is the descriptor that the outlet sends over, and `nonce` the secret of the run:
    processes that the program spawns are given both. Those that it starts anew find the way by a
    socket in `folder`, which is the run's own.
    """

    def __init__(self, outlet: Outlet, channel: int, nonce: bytes, folder: Path) -> None:
        self._outlet = outlet
        self._channel = (channel, nonce)
        self._recorder = Recorder(outlet.emit)
        self._bars = Bars(outlet.emit)
        self._scalars = scalars.Scalars(outlet.emit)
        self._started = Started(outlet.emit, folder)

    @property
    def losses(self) -> list[float]:
        """The value of every scalar that `backward` was called on."""
        return self._recorder.losses

    @property
    def steps(self) -> int:
        """Optimizer steps."""
        return self._recorder.steps

    @property
    def shapes(self) -> Shapes:
        """What came out of the layers that were trained."""
        return self._recorder.shapes

    def install(self) -> None:
        """Begin to watch."""
        emit = self._outlet.emit
        self._recorder.share = lambda: self._bars.share
        self._recorder.install()
        self._outlet.on_text = self._bars.feed
        Late(
            {
                "matplotlib.pyplot": lambda module: figures.listen(module, emit),
                "torch.utils.tensorboard": lambda module: scalars.listen(module, self._scalars),
            },
            {"torch.utils.tensorboard": lambda: scalars.stand_in(self._scalars, emit)},
        ).install()
        with contextlib.suppress(Exception):
            invite(*self._channel)
        self._started.install()

    def finish(self) -> None:
        """Stop watching the training; tell what was held back."""
        self._started.finish()
        self._recorder.finish()
        for held in (self._scalars, self._bars):
            with contextlib.suppress(Exception):
                held.flush()
