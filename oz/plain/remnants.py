"""What the last run, and the last thing that was looked at, left to be asked about.

Answers `describe` (pictures, the curve of a training), `layers` (modules) and `graph` (the autograd
graph). Knows the words that are typed and the events; prints nothing.
"""

from __future__ import annotations

from oz.crucible import trees
from oz.crucible.model import Graph, Namespace, Picture, Started
from oz.plain.pictures import described
from oz.tongue import _

_KEPT = 40
"""Pictures that are remembered."""
_CURVES = {"curve", "training", "loss", "learning curve", "loss curve"}
_LAYERS = {"layers", "modules", "show layers", "show modules"}
_GRAPH = {"graph", "show graph", "autograd graph"}
_NO_LAYERS = _("The last run left no module behind.")
_NO_GRAPH = _("The last run left no tensor behind that was made by operations with a gradient.")


class Remnants:
    """What can be asked about."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}
        self._namespace: Namespace | None = None
        self._graph: Graph | None = None
        self.curve = ""
        """The last training in words; empty before the first."""

    def take(self, event: Started | Picture | Namespace | Graph) -> None:
        """Remember something, in place of an older one of its name. A run that begins will have
        other modules and another graph; pictures stay."""
        match event:
            case Started():
                self._namespace, self._graph = None, None
            case Namespace():
                self._namespace = event
            case Graph():
                self._graph = event
            case Picture(name=name):
                self._pictures.pop(name.lower(), None)
                self._pictures[name.lower()] = event
                while len(self._pictures) > _KEPT:
                    del self._pictures[next(iter(self._pictures))]

    def answer(self, line: str) -> str | None:
        """The answer (Markdown) to a typed line; `None` where it is about something else."""
        said = " ".join(line.split())
        if said.lower() in _LAYERS:
            return self._layers()
        if said.lower() in _GRAPH:
            return self._drawn(trees.graph(self._graph)) if self._graph else _NO_GRAPH
        word, _sep, name = said.partition(" ")
        return self._described(name) if word.lower() == "describe" else None

    def _described(self, name: str) -> str | None:
        name = name.removeprefix("the ").removeprefix("picture ").strip("`")
        if not name or name.lower() in {"it", "picture"}:
            if not self._pictures:
                return _("There is no picture yet to be described.")
            return described(next(reversed(self._pictures.values())))
        known = self._pictures.get(name.lower())
        if known is not None:
            return described(known)
        return self.curve or None if name.lower() in _CURVES else None

    def _layers(self) -> str:
        seen = self._namespace.seen if self._namespace else ()
        modules = [trees.layers(each) for each in seen if each.kind == "module"]
        return "\n\n".join(map(self._drawn, modules)) or _NO_LAYERS

    @staticmethod
    def _drawn(tree: trees.Tree) -> str:
        listed = "\n".join(trees.lines(tree))
        return f"```\n{listed}\n```"
