"""Which parts of a program are only for show, so that no trial could be expected to see them. Pure.

These are docstrings, prints (unless the trial reads what was printed), and what stands below the
last function or class, or in a program without any, and serves nothing but prints, with the
functions and values that nothing else reads, and what is run only under
``if __name__ == "__main__"``. What the trial reads by name is never for show, nor is anything that
it is made from or changed by.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

_SEES_PRINTS = "printed"
_SEES_ALL = {"training", "took"}
"""Fixtures by which a trial sees the whole run, not only what it left behind."""
_FOLDER = "scratch"
"""The fixture by which it sees the files that the program wrote."""

_SAYS = (ast.Assert, ast.Pass)
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def only_shown(
    tree: ast.Module, trial: ast.Module, given: Collection[str] = ()
) -> frozenset[ast.AST]:
    """The statements of `tree` that are for show where `trial` judges.

    `given`: names of files that lie beside the program, and are not its own.
    """
    fixtures = {
        argument.arg
        for node in ast.walk(trial)
        if isinstance(node, ast.FunctionDef)
        for argument in node.args.args
    }
    texts = {node for node in ast.walk(tree) if _is_text(node)}
    if _SEES_PRINTS in fixtures:
        return frozenset(texts)
    prints = {node for node in ast.walk(tree) if _is_print(node)}
    if fixtures & _SEES_ALL or (_FOLDER in fixtures and _reads_files(tree, trial, given)):
        return frozenset(texts | prints)
    asked = _asked(trial)
    shown = prints | _demonstration(tree, asked) | {node for node in tree.body if _is_main(node)}
    return frozenset(texts | shown | _props(tree, asked, shown))


def _is_text(node: ast.AST) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return False
    return isinstance(node.value.value, str)


def _is_print(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"
    )


def _is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _reads_files(tree: ast.Module, trial: ast.Module, given: Collection[str]) -> bool:
    """Whether the trial may look at files that the program made: not where it names its files, and
    all of them were given, or are the trial's own."""
    named = {
        node.right.value
        for node in ast.walk(trial)
        if isinstance(node, ast.BinOp)
        and isinstance(node.left, ast.Name)
        and node.left.id == _FOLDER
        and isinstance(node.right, ast.Constant)
    }
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return not named or bool((named & texts) - set(given))


def _asked(trial: ast.Module) -> set[str]:
    """The names that the trial may ask the program for: those it takes from its fixture, or hands
    on with it; every name that it knows where the fixture goes under another name."""
    handed = [
        node
        for node in ast.walk(trial)
        if isinstance(node, ast.Call) and any(_is_spell(argument) for argument in node.args)
    ]
    attributes = [node for node in ast.walk(trial) if isinstance(node, ast.Attribute)]
    taken = {node.attr for node in attributes if _is_spell(node.value)}
    uses = sum(_is_spell(node) for node in ast.walk(trial))
    known = sum(_is_spell(node.value) for node in attributes) + sum(map(_as_spell(trial), handed))
    if uses == known and taken:
        return taken | _texts(handed)
    return {node.attr for node in attributes} | _texts([trial])


def _is_spell(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "spell"


def _as_spell(trial: ast.Module) -> Callable[[ast.Call], int]:
    """For a call, to how many parameters the fixture goes under its own name; of a function that
    is not the trial's, its texts tell what is asked."""
    own = {node.name: node for node in ast.walk(trial) if isinstance(node, _DEFINES)}

    def count(call: ast.Call) -> int:
        given = [place for place, node in enumerate(call.args) if _is_spell(node)]
        function = own.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if function is None:
            return len(given)
        if isinstance(function, ast.ClassDef):
            return 0
        names = [parameter.arg for parameter in function.args.args]
        return sum(names[place : place + 1] == ["spell"] for place in given)

    return count


def _texts(nodes: Iterable[ast.AST]) -> set[str]:
    texts = {
        inner.value for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Constant)
    }
    return {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _demonstration(tree: ast.Module, asked: set[str]) -> set[ast.AST]:
    """The statements below the last function that neither the trial nor a function looks at."""
    defined = [i for i, node in enumerate(tree.body) if isinstance(node, _DEFINES)]
    below = tree.body[defined[-1] + 1 :] if defined else tree.body
    own = {name for node in tree.body for name in _defined(node)}
    names = _Names(own, (asked | set(_globals(ast.unparse(tree)))) - own)
    if not defined and not names.wanted & {name for node in below for name in _bound(node)}:
        return set()  # who asks for no name looks at all of it, in some other way
    serves: set[ast.AST] = set()
    # From the end upwards, since a statement serves those below it. Again while anything is added:
    # in a loop the later lines serve the earlier ones.
    grown = True
    while grown:
        grown = False
        for node in below:
            names.follow(node)
        some_below = False
        for node in reversed(below):
            if node not in serves and names.matters(node, some_below=some_below):
                serves.add(node)
                names.wanted |= names.read(node)
                grown = True
            some_below = some_below or node in serves
    return {node for node in below if node not in serves}


def _props(tree: ast.Module, asked: set[str], shown: set[ast.AST]) -> set[ast.AST]:
    """The functions and values that only what is for show reads: props of the demonstration.

    None where the trial asks for no function by name, since it may then look at all of them.
    """
    made = {
        node: names
        for node in tree.body
        if (names := _made(node)) and node not in shown and not names & asked
    }
    if not any(_made(node) & asked for node in tree.body if isinstance(node, _DEFINES)):
        return set()
    props: set[ast.AST] = set()
    while True:
        serving = [node for node in tree.body if node not in shown and node not in props]
        new = {
            node
            for node, names in made.items()
            if node not in props
            and not any(_reads(other, names) for other in serving if other is not node)
        }
        if not new:
            return props
        props |= new


def _made(node: ast.stmt) -> set[str]:
    """The names that a function, or a value made in one line, can be read by."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return {node.name} if not node.decorator_list else set()
    if isinstance(node, ast.Assign) and all(isinstance(one, ast.Name) for one in node.targets):
        return _bound(node)
    return set()


def _reads(node: ast.stmt, names: set[str]) -> bool:
    if isinstance(node, _DEFINES):  # its own parameters may have the same name
        return not names.isdisjoint(_globals(ast.unparse(node)))
    return any(isinstance(inner, ast.Name) and inner.id in names for inner in ast.walk(node))


@dataclass
class _Names:
    """What is known of names while it is found out what is for show."""

    own: set[str]
    """Functions, classes and modules: reading these says nothing."""
    wanted: set[str]
    """What the trial looks at, and what that is made from."""
    made_of_wanted: set[str] = field(default_factory=set)
    """Whose methods may change what is wanted: `loss.backward()` does."""

    def read(self, node: ast.AST) -> set[str]:
        found = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
        return {name.id for name in found if isinstance(name.ctx, ast.Load)} - self.own

    def follow(self, node: ast.stmt) -> None:
        if self.read(node) & (self.wanted | self.made_of_wanted):
            self.made_of_wanted |= _bound(node)

    def matters(self, node: ast.stmt, *, some_below: bool) -> bool:
        """Whether `node` can make a difference to what is wanted."""
        if _is_print(node) or isinstance(node, _SAYS):
            return False
        if isinstance(node, ast.Expr):
            read = self.read(node)
            return bool(read & (self.wanted | self.made_of_wanted)) if read else some_below
        return bool(_bound(node) & self.wanted) or any(
            self.matters(child, some_below=some_below)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.stmt)
        )


def _defined(node: ast.stmt) -> set[str]:
    """What a definition or an import gives a name to: no statement below makes these."""
    if isinstance(node, _DEFINES):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(name.asname or name.name).split(".")[0] for name in node.names}
    return set()


def _globals(source: str) -> Iterator[str]:
    """The names that functions of `source` look up outside themselves."""
    tables = [symtable.symtable(source, "answer", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() != "module":
            yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())


def _bound(node: ast.AST) -> set[str]:
    """What a statement gives a name to, or writes into."""
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Name, ast.Subscript, ast.Attribute)) and isinstance(
            inner.ctx, (ast.Store, ast.Del)
        ):
            root: ast.expr = inner
            while isinstance(root, (ast.Subscript, ast.Attribute)):
                root = root.value
            found |= {root.id} if isinstance(root, ast.Name) else set()
    return found
