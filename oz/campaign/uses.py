"""Which names of an API a program uses, found in its syntax tree. Runs nothing and imports nothing.

Names are whole, from the library's root down, under whatever name they were imported. Whose an
attribute is cannot always be seen: one of an object of which nothing is known counts as a tensor's
(``torch.Tensor.NAME``), unless Python's own types have one of that name.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

TORCH = frozenset({"torch"})
MODULE, OPTIMIZER = "torch.nn.Module", "torch.optim.Optimizer"
SCHEDULER = "torch.optim.lr_scheduler.LRScheduler"

_PYTHONS_OWN = frozenset(
    name
    for kind in (str, bytes, list, tuple, dict, set, int, float, complex, slice, BaseException)
    for name in dir(kind)
)
"""Attributes that other objects have too: they say nothing of tensors."""

_CUSTOMARY = {
    "model": MODULE,
    "net": MODULE,
    "optimizer": OPTIMIZER,
    "optim": OPTIMIZER,
    "scheduler": SCHEDULER,
    "env": "gymnasium.Env",
}
"""What everybody calls them, where nothing says more."""

_FAMILIES = (
    ("torch.optim.lr_scheduler.", SCHEDULER),
    ("torch.optim.", OPTIMIZER),
    ("torch.nn.Parameter", "torch.Tensor"),
    ("torch.nn.utils.", ""),
    ("torch.nn.", MODULE),
)
"""The class that says what an object of these can do; empty: each its own."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place in a program where a name is used."""

    name: str
    """Whole; ``torch.Tensor.NAME`` also where it is not known whose attribute it is."""
    line: int
    how: str = "called"
    """``imported``: the line only brings the name in; ``bare``: the name stands by itself."""


def used(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The names of torch that `tree` uses, each with its line, in order."""
    for use in _uses(tree, _imported(tree, TORCH), {}):
        if use.how != "bare":
            yield use.name, use.line


def uses(tree: ast.Module, roots: Collection[str]) -> tuple[Use, ...]:
    """Every use of a name of the libraries `roots`, in order; what an object is, is guessed from
    where it was made, from annotations, and from what such things are called."""
    names = _imported(tree, roots)
    return tuple(_uses(tree, names, _kinds(tree, names)))


def operation(name: str) -> str:
    """The same for a function and the tensor's method of the same name."""
    above, _, last = name.rpartition(".")
    return f"torch.{last}" if above == "torch.Tensor" else name


def whole(name: str) -> str:
    """The name of a reference's entry, from the root down: ``Tensor.view`` is torch's."""
    return f"torch.{name}" if name.partition(".")[0] == "Tensor" else name


def _uses(tree: ast.Module, names: Mapping[str, str], kinds: Mapping[str, str]) -> Iterator[Use]:
    inner: set[int] = set()
    found: list[tuple[int, int, Use]] = []

    def note(node: ast.expr | ast.stmt, name: str, how: str = "called") -> None:
        found.append((node.lineno, node.col_offset, Use(name, node.lineno, how)))

    roots = {name.partition(".")[0] for name in names.values()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in roots:
            for alias in node.names:
                note(node, f"{node.module}.{alias.name}", "imported")
        elif isinstance(node, ast.Name) and node.id in names and id(node) not in inner:
            note(node, names[node.id], "bare")
        elif isinstance(node, ast.Attribute) and id(node) not in inner:
            base, chain = _chain(node, inner)
            for name in _named(base, chain, names, kinds):
                note(node, name)
    for _, _, use in sorted(found, key=lambda one: (one[0], one[1], one[2].name)):
        yield use


def _chain(node: ast.Attribute, inner: set[int]) -> tuple[ast.expr, list[str]]:
    """What the attributes begin with, and them, outermost first; notes what it went through."""
    chain = [node.attr]
    value = node.value
    while isinstance(value, ast.Attribute):
        inner.add(id(value))
        chain.append(value.attr)
        value = value.value
    inner.add(id(value))
    return value, chain


def _named(
    base: ast.expr, chain: list[str], names: Mapping[str, str], kinds: Mapping[str, str]
) -> Iterator[str]:
    first = base.id if isinstance(base, ast.Name) else ""
    if first in names:
        yield ".".join([names[first], *reversed(chain)])
        return
    if first in kinds:
        *chain, own = chain
        yield f"{kinds[first]}.{own}"
    elif first in {"self", "cls"} and len(chain) == 1:
        return
    for attribute in chain:
        if attribute not in _PYTHONS_OWN and not attribute.startswith("_"):
            yield f"torch.Tensor.{attribute}"


def _imported(tree: ast.Module, roots: Collection[str]) -> dict[str, str]:
    """What names of the file mean in the libraries: ``{"F": "torch.nn.functional"}``."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                if root in roots:
                    names[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in roots:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


# --- what objects are -----------------------------------------------------------------------------


def _kinds(tree: ast.Module, names: Mapping[str, str]) -> dict[str, str]:
    """The class of what variables of the file hold, as far as the file shows it."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    own = {
        node.name: kind
        for node in classes
        if (kind := next(filter(None, (_kind(base, names, {}) for base in node.bases)), ""))
    }
    found = {name: kind for name, kind in _CUSTOMARY.items() if name not in names}
    if classes and len({own.get(node.name) for node in classes}) == 1 and own:
        found["self"] = next(iter(own.values()))
    for name, value in _given(tree):
        if kind := _kind(value, names, own):
            found[name] = kind
    return found


def _given(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Variables, with the call that made what they hold, or their annotation."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=made)):
                yield name, made
            case ast.AnnAssign(target=ast.Name(id=name), annotation=said):
                yield name, said
            case ast.arg(arg=name, annotation=ast.expr() as said):
                yield name, said
            case ast.withitem(context_expr=ast.Call(func=made), optional_vars=ast.Name(id=name)):
                yield name, made


def _kind(node: ast.expr, names: Mapping[str, str], own: Mapping[str, str]) -> str:
    """The class that `node` names, or the one it is a kind of; empty where it names none."""
    if isinstance(node, ast.Name):
        name = own.get(node.id) or names.get(node.id, "")
    elif isinstance(node, ast.Attribute):
        base, chain = _chain(node, set())
        first = base.id if isinstance(base, ast.Name) else ""
        name = ".".join([names[first], *reversed(chain)]) if first in names else ""
    else:
        return ""
    if not name.rpartition(".")[2][:1].isupper():
        return ""
    for beginning, kind in _FAMILIES:
        if name.startswith(beginning):
            return kind or name
    return name


# --- looking for one name -------------------------------------------------------------------------


def is_meant(name: str, use: Use, known: Iterable[str]) -> bool:
    """Whether `use` is a use of the API `name`, whole. `known`: all names that it could be."""
    if operation(use.name) == operation(name):
        return True
    above, _, last = name.rpartition(".")
    if not last[:1].isupper() and use.name.startswith(f"{name}."):
        return True  # a library's room, used for what is in it
    if use.name != f"torch.Tensor.{last}" or not above.rpartition(".")[2][:1].isupper():
        return False
    return sum(other.rpartition(".")[2] == last for other in known) == 1
