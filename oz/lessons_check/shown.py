"""Which parts of a program are only for show, so that no trial could be expected to see them. Pure.

These are docstrings, prints (unless the trial reads what was printed), and what stands below the
last function or class and serves nothing but prints. What the trial reads by name is never for
show, nor is anything that it is made from.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator

_SEES_PRINTS = "printed"
_SEES_ALL = {"training", "scratch", "took"}
"""Fixtures by which a trial sees the whole run, not only what it left behind."""

_SAYS = (ast.Assert, ast.Pass)
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def only_shown(tree: ast.Module, trial: ast.Module) -> frozenset[ast.AST]:
    """The statements of `tree` that are for show where `trial` judges."""
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
    if fixtures & _SEES_ALL:
        return frozenset(texts | prints)
    return frozenset(texts | prints | _demonstration(tree, _asked(trial)))


def _is_text(node: ast.AST) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return False
    return isinstance(node.value.value, str)


def _is_print(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"
    )


def _asked(trial: ast.Module) -> set[str]:
    """The names that the trial may ask the program for."""
    names = {node.attr for node in ast.walk(trial) if isinstance(node, ast.Attribute)}
    texts = {node.value for node in ast.walk(trial) if isinstance(node, ast.Constant)}
    return names | {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _demonstration(tree: ast.Module, asked: set[str]) -> set[ast.AST]:
    """The statements below the last function that neither the trial nor a function looks at."""
    defined = [i for i, node in enumerate(tree.body) if isinstance(node, _DEFINES)]
    if not defined:
        return set()
    below = tree.body[defined[-1] + 1 :]
    own = {name for node in tree.body for name in _defined(node)}
    wanted = (asked | set(_globals(ast.unparse(tree)))) - own
    serves: set[ast.AST] = set()
    # From the end upwards, since a statement serves those below it. Again while anything is added:
    # in a loop the later lines serve the earlier ones.
    grown = True
    while grown:
        grown = False
        for node in reversed(below):
            if node not in serves and _matters(node, wanted, own):
                serves.add(node)
                wanted |= _read(node) - own
                grown = True
    return {node for node in below if node not in serves}


def _matters(node: ast.stmt, wanted: set[str], own: set[str]) -> bool:
    if _is_print(node) or isinstance(node, _SAYS):
        return False
    if isinstance(node, ast.Expr):
        return bool((_read(node) - own) & wanted)
    return bool(_bound(node) & wanted) or any(
        _matters(child, wanted, own)
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


def _read(node: ast.AST) -> set[str]:
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }
