"""What a run left behind to be looked at: names, a graph, pictures. Plain data, no widget."""

from __future__ import annotations

from collections.abc import Iterable

from oz.crucible.model import Graph, Namespace, Picture, TensorSeen


class Remains:
    """Filled from the events of a run, the last of each kind."""

    def __init__(self) -> None:
        self.namespace: Namespace | None = None
        self.graph: Graph | None = None
        self._pictures: dict[str, Picture] = {}

    def take(self, events: Iterable[object]) -> None:
        """Keep what can be looked at."""
        for event in events:
            match event:
                case Namespace():
                    self.namespace = event
                case Graph():
                    self.graph = event
                case Picture(name=name):
                    self._pictures.pop(name, None)
                    self._pictures[name] = event

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The last picture of each name, in the order in which they came."""
        return tuple(self._pictures.values())

    @property
    def tensors(self) -> tuple[TensorSeen, ...]:
        """Tensors and parameters."""
        return tuple(seen for seen in self._seen if seen.kind != "module")

    @property
    def modules(self) -> tuple[TensorSeen, ...]:
        """Modules."""
        return tuple(seen for seen in self._seen if seen.kind == "module")

    @property
    def _seen(self) -> tuple[TensorSeen, ...]:
        return self.namespace.seen if self.namespace is not None else ()

    @property
    def anything(self) -> bool:
        """Whether there is something to look at."""
        return bool(self._seen or self.graph or self._pictures)
