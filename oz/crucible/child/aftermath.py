"""What a program left behind, told after its last line: its names, a graph, its pictures.

All of it is looked at for a few milliseconds and no longer: the verdict waits behind it. What there
was no time for is counted.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

import torch

from oz.crucible.child.autograd_graph import graph_of
from oz.crucible.child.images import images_in
from oz.crucible.child.layers import Shapes
from oz.crucible.child.namespace import namespace_of
from oz.crucible.model import Event, Job, Mode

BUDGET = {Mode.JUDGE: 0.003, Mode.CONJURE: 0.02, Mode.RUN: 0.05}
"""Seconds of its own work for looking, on a busy machine too; what was found has yet to be sent."""
PICTURES = 0.02
"""Seconds more for what is called a picture: four at most, and none where nothing is."""


def show(
    names: Mapping[str, Any], job: Job, emit: Callable[[Event], None], shapes: Shapes | None = None
) -> None:
    """Tell what `names` hold. Changes nothing, and calls nothing of the player's but ``repr``."""
    until = time.thread_time() + BUDGET[job.mode]
    modest = job.mode is Mode.JUDGE
    with torch.no_grad(), torch._C.DisableTorchFunction():
        found = namespace_of(names, until, shapes or {}, modest=modest)
        if found.seen:
            emit(found)
        with contextlib.suppress(Exception):
            graph = graph_of(names, job.graph, until)
            if graph is not None:
                emit(graph)
        with contextlib.suppress(Exception):
            for picture in images_in(names, until + BUDGET[job.mode], PICTURES):
                emit(picture)
