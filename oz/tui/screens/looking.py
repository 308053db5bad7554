"""What the last run left behind, to be looked at: tensors, layers, the graph, pictures.

Everything was told by the run; nothing is run for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets import Tree as TreeWidget
from textual.widgets.option_list import Option
from textual.widgets.tree import TreeNode

from oz.crucible import trees
from oz.crucible.model import TensorSeen
from oz.crucible.seen import described
from oz.crucible.training import sparkline
from oz.tongue import _
from oz.tui import pixels
from oz.tui.commands import Command, bindings, says
from oz.tui.matrices import tensor_blocks
from oz.tui.pictures import caption, picture_blocks
from oz.tui.remains import Remains
from oz.tui.screens.base import EVERYWHERE, READING, OzScreen
from oz.tui.typeset import typeset
from oz.tui.widgets.keybar import KeyBar
from oz.tui.widgets.panes import PaneBar
from oz.tui.widgets.prose import Prose
from oz.tui.widgets.small import TooSmall

PANES = ("tensors", "layers", "graph", "pictures")
OPEN = 2
"""Steps of a tree that are open at first."""
LARGE = 72
"""Pixels until which a picture is enlarged."""
_MINIATURE = 8
"""Cells of the picture of a tensor that stands beside its name."""
OWN = (
    Command("dismiss_screen", says("back"), _("Back to the desk."), "escape,q", _("Back")),
    Command("pane('tensors')", says("tensors"), _("Tensors, with their values."), "f2"),
    Command("pane('layers')", says("layers"), _("Modules, layer by layer."), "f3"),
    Command("pane('graph')", says("graph"), _("The autograd graph, from the loss down."), "f4"),
    Command("pane('pictures')", says("pictures"), _("Pictures that were made."), "f5"),
    Command("open_all", says("open"), _("Open all of a tree, or close it again."), "f6",
            _("Open all"),
            when="-tree"),
    *READING,
)  # fmt: skip
NOTHING = {
    "tensors": _("No tensor has a name of its own in the program."),
    "layers": _("There is no module among the names of the program."),
    "graph": _(
        "No tensor that was left has a graph: nothing that requires a gradient was "
        "reckoned with, or `backward` has used the graph up and no name holds it any "
        "more."
    ),
    "pictures": _(
        "Nothing in the program plainly is a picture. A tensor named `image`, "
        "`digits`, `filters`, `feature_maps`, `heat` or `confusion` is drawn, where "
        "its axes fit."
    ),
}


class LookingScreen(OzScreen):
    """Four panes, one at a time."""

    CSS_PATH = "looking.tcss"
    OWN = OWN
    BINDINGS: ClassVar = bindings((*OWN, *EVERYWHERE))
    TITLE_OF_HELP = _("What a run left behind")

    def __init__(self, title: str, remains: Remains, pane: str = PANES[0]) -> None:
        super().__init__()
        self._title = title
        self._remains = remains
        self._front = pane

    def compose(self) -> ComposeResult:
        with Horizontal(classes="head"):
            yield Static(self._title, classes="where", markup=False)
            yield Static(_("what the last run left behind"), classes="score", markup=False)
        yield PaneBar(PANES, id="panes")
        with Vertical(id="body"):
            if self._remains.tensors:
                with Horizontal(id="tensors", classes="pane"):
                    yield OptionList(*self._rows(), markup=False, compact=True, id="names")
                    yield Prose(id="about")
            else:
                yield _nothing("tensors")
            yield self._layers() if self._remains.modules else _nothing("layers")
            yield self._graph() if self._remains.graph else _nothing("graph")
            yield self._pictures() if self._remains.pictures else _nothing("pictures")
        yield KeyBar(self.commands)
        yield TooSmall()

    def on_mount(self) -> None:
        self.action_pane(self._front)
        self.follow_reading(*self.query("#about, #layers, #graph, #pictures"))

    def reading(self) -> Sequence[Widget]:
        front = "#about" if self._front == "tensors" else f"#{self._front}"
        return tuple(self.query(front))

    # --- tensors ------------------------------------------------------------------------------

    def _rows(self) -> list[Option]:
        tensors = self._remains.tensors
        wide = max(len(seen.name) for seen in tensors)
        return [
            Option(f"{_miniature(seen):<{_MINIATURE}} {seen.name:<{wide}}  {described(seen)}")
            for seen in tensors
        ]

    @on(OptionList.OptionHighlighted, "#names")
    def _chosen(self, event: OptionList.OptionHighlighted) -> None:
        about = self.query_one("#about", Prose)
        about.set_blocks(tensor_blocks(self._remains.tensors[event.option_index]))
        about.scroll_home(animate=False)

    # --- pictures -----------------------------------------------------------------------------

    def _pictures(self) -> Widget:
        shown = self._remains.pictures
        kind = self.oz.pixels
        if kind is None:
            blocks = picture_blocks(shown, rows=40, small=LARGE)
            return Prose(blocks, measure=200, id="pictures", classes="pane")
        parts = [
            part
            for picture in shown
            for part in (pixels.widget(kind, picture), Static(caption(picture), markup=False))
        ]
        return VerticalScroll(*parts, id="pictures", classes="pane")

    # --- trees --------------------------------------------------------------------------------

    def _layers(self) -> TreeWidget[None]:
        modules = [trees.layers(seen) for seen in self._remains.modules]
        if len(modules) == 1:
            return _widget(modules[0], "layers")
        return _widget(trees.Tree("modules", "", tuple(modules)), "layers")

    def _graph(self) -> TreeWidget[None]:
        assert self._remains.graph is not None
        return _widget(trees.graph(self._remains.graph), "graph")

    def action_open_all(self) -> None:
        """Open all of the tree in front, or close it again."""
        for tree in self.query(f"#{self._front}").results(TreeWidget):
            nodes = list(_below(tree.root))
            if all(node.is_expanded for node in nodes if node.allow_expand):
                for node in nodes:
                    node.collapse()
            else:
                tree.root.expand_all()

    # --- panes --------------------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        """Bring a pane to the front."""
        self._front = name
        for pane in PANES:
            self.set_class(pane == name, f"-{pane}")
        front = self.query_one(f"#{name}")
        self.set_class(isinstance(front, TreeWidget), "-tree")
        self.query_one(PaneBar).show(name)
        self.query_one(KeyBar).show()
        (self.query_one("#names") if front.query("#names") else front).focus()


def _nothing(pane: str) -> Prose:
    return Prose(typeset(NOTHING[pane]), id=pane, classes="pane")


def _miniature(seen: TensorSeen) -> str:
    """The first values as a row of blocks."""
    return sparkline([value for row in seen.preview for value in row], _MINIATURE)


def _widget(tree: trees.Tree, id: str) -> TreeWidget[None]:
    widget: TreeWidget[None] = TreeWidget(_label(tree), id=id, classes="pane")
    _grow(widget.root, tree, 0)
    return widget


def _grow(node: TreeNode[None], tree: trees.Tree, depth: int) -> None:
    for branch in tree.branches:
        if branch.branches:
            _grow(node.add(_label(branch), expand=depth < OPEN - 1), branch, depth + 1)
        else:
            node.add_leaf(_label(branch))
    if depth == 0:
        node.expand()


def _label(tree: trees.Tree) -> Text:
    return Text.assemble((tree.name, "bold"), f"  {tree.said}" if tree.said else "")


def _below(node: TreeNode[None]) -> list[TreeNode[None]]:
    return [each for child in node.children for each in (child, *_below(child))]
