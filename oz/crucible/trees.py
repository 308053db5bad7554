"""What a run left behind, as trees: the layers of a module, the autograd graph of a tensor.

A tree here is a label and its branches. Screens open and close them; where there are only lines,
`lines` sets them in. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oz.crucible.model import Graph, GraphNode, Layer, TensorSeen
from oz.tongue import _, ngettext

DEEPEST = 40
"""Branches that are followed one under another: a chain of thousands is no tree to be read."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A label, what is said of it, and what hangs below."""

    name: str
    said: str
    branches: tuple[Tree, ...] = ()

    @property
    def label(self) -> str:
        """Name and what is said of it, in a line."""
        return f"{self.name}  {self.said}".strip()


def lines(tree: Tree, most: int = 60) -> list[str]:
    """The tree in lines, two blanks for each step down; at most `most`, the rest counted."""
    made = [f"{'  ' * depth}{each.label}" for depth, each in _walk(tree)]
    if len(made) > most:
        return [*made[:most], _("… and {count} more").format(count=len(made) - most)]
    return made


def _walk(tree: Tree, depth: int = 0) -> Iterator[tuple[int, Tree]]:
    yield depth, tree
    for branch in tree.branches:
        yield from _walk(branch, depth + 1)


# --- modules ------------------------------------------------------------------------------------


def layers(seen: TensorSeen) -> Tree:
    """The module `seen` with the modules in it, each with its parameters and shape."""
    if not seen.layers:
        # Not looked into: the verdict could not wait.
        return Tree(seen.name, seen.summary.partition("\n")[0] or _("module, not looked into"))
    below: dict[str, list[Layer]] = {}
    for layer in seen.layers[1:]:
        below.setdefault(layer.path.rpartition(".")[0], []).append(layer)
    return _layer(seen.name, seen.layers[0], below)


def _layer(name: str, layer: Layer, below: dict[str, list[Layer]]) -> Tree:
    inner = below.get(layer.path, []) if layer.path else below.get("", [])
    branches = [_layer(each.path.rpartition(".")[2], each, below) for each in inner]
    return Tree(name, layer_said(layer), tuple(branches))


def layer_said(layer: Layer) -> str:
    """Its class, its parameters, the shape of its output, and what its ``repr`` says."""
    parts = [layer.kind]
    if layer.parameters:
        frozen = layer.parameters - layer.trainable
        count = ngettext("{count:,} parameter", "{count:,} parameters", layer.parameters)
        count = count.format(count=layer.parameters)
        if frozen == layer.parameters:
            count += _(", frozen")
        elif frozen:
            count += _(", {frozen:,} of them frozen").format(frozen=frozen)
        parts.append(count)
    if layer.shape:
        parts.append(_("gives {shape}").format(shape=shape(layer.shape)))
    if layer.detail:
        parts.append(layer.detail)
    return " · ".join(parts)


def shape(sizes: tuple[int, ...]) -> str:
    """A shape as Python writes it."""
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(map(str, sizes))})"


# --- graphs -------------------------------------------------------------------------------------


def graph(found: Graph) -> Tree:
    """The graph of a tensor as a tree: below each operation those that it was made from. What was
    met before is named and not followed again."""
    seen: set[int] = set()
    root = _node(found.nodes, 0, seen, 0) if found.nodes else Tree("nothing", "")
    more = (Tree("…", _("the graph goes on")),) if found.more else ()
    return Tree(found.of or _("the tensor"), _("was made by"), (root, *more))


def _node(nodes: tuple[GraphNode, ...], at: int, seen: set[int], depth: int) -> Tree:
    node = nodes[at]
    if node.leaf:
        return Tree(node.leaf, " ".join(["leaf", shape(node.shape) if node.shape else ""]).strip())
    said = shape(node.shape) if node.shape else ""
    if at in seen and node.inputs:
        return Tree(node.name, _("{said} as above").format(said=said).strip())
    seen.add(at)
    if depth >= DEEPEST and node.inputs:
        return Tree(node.name, _("{said} and so on").format(said=said).strip())
    branches = [_node(nodes, below, seen, depth + 1) for below in node.inputs if below < len(nodes)]
    return Tree(node.name, said, tuple(branches))
