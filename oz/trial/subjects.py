"""What a trial looks at: the player's program and what it left behind, as the fixtures hand it out.

`Spell` answers ``spell.name`` with what the player's program defined; its source can be asked how
it is written. The others are plain records. Nothing here runs code.
"""

# ruff: noqa: ANN401 - values of any type are what this is about

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from oz.tongue import _
from oz.trial.failure import CheckFailed, MissingName
from oz.trial.words import code

_LOOPS = (
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


class Spell:
    """The player's module. ``spell.lay`` is what the program called ``lay``.

    A name that is not there fails the check and says which names are near. ``spell["source"]``
    reaches a name that this class uses itself.
    """

    def __init__(self, namespace: Mapping[str, Any], source: str) -> None:
        self._namespace = namespace
        self.source = source
        """The program's text."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Any:
        namespace = self._namespace
        if name in namespace:
            return namespace[name]
        near = self._near(name)
        tail = _(": it defines {near}").format(near=near) if near else ""
        raise MissingName(
            _("asked for {code}, your program does not define it{tail}").format(
                code=code(name), tail=tail
            ),
            None,
            name,
        )

    def __contains__(self, name: str) -> bool:
        return name in self._namespace

    def _near(self, name: str) -> str:
        own = [n for n in self._namespace if not n.startswith("__")]
        folded = {n.casefold(): n for n in own}
        close = difflib.get_close_matches(name.casefold(), folded, n=2, cutoff=0.6)
        return " and ".join(code(folded[n]) for n in close)

    @property
    def tree(self) -> ast.Module:
        """The program's syntax tree (an empty one where it does not parse)."""
        try:
            return ast.parse(self.source)
        except (SyntaxError, ValueError):
            return ast.Module(body=[], type_ignores=[])

    def calls(self, *names: str, inside: str | None = None) -> bool:
        """Whether the source calls any of `names`.

        ``torch.softmax`` is that function under whatever name it was imported; ``Tensor.softmax``
        is any call of a method of that name; a bare ``softmax`` is both. A function handed to
        ``map``, ``partial`` or ``vmap`` counts as called. `inside` looks at one function or class
        only.
        """
        return any(_matches(called, name) for called in self._called(inside) for name in names)

    def has_loop(self, inside: str | None = None) -> bool:
        """Whether it has a ``for``, ``while`` or comprehension (`inside` a function or class)."""
        return any(isinstance(node, _LOOPS) for node in ast.walk(self._part(inside)))

    def literal(self, name: str) -> Any:
        """The plain value that the source assigns to `name`, read and not computed.

        Fails the check where there is none or where it is more than a plain value.
        """
        from oz.trial.predict import value_of

        node = self._assigned(name)
        if node is None:
            self[name]  # says what is missing, and what is near
            raise CheckFailed(
                _("asked for a line {code}").format(code=code(name + " = …")), None, name
            )
        try:
            return value_of(node)
        except ValueError:
            text = code(ast.unparse(node))
            raise CheckFailed(
                _("asked for a plain value for {code}, yours {text}").format(
                    code=code(name), text=text
                ),
                None,
                name,
            ) from None

    def line_of(self, name: str) -> int | None:
        """The line where the program last defines or assigns `name` at its top level."""
        lines = [n.lineno for n in self.tree.body if name in _defined(n)]
        return lines[-1] if lines else None

    def _assigned(self, name: str) -> ast.expr | None:
        found = None
        for node in self.tree.body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and name in _defined(node):
                found = node.value
        return found

    def _part(self, inside: str | None) -> ast.AST:
        if inside is None:
            return self.tree
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        for node in ast.walk(self.tree):
            if isinstance(node, kinds) and node.name == inside:
                return node
        return ast.Module(body=[], type_ignores=[])

    def _called(self, inside: str | None) -> Iterator[str]:
        aliases = _aliases(self.tree)
        for node in ast.walk(self._part(inside)):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Call):
                targets = [node.func]
                if _hands_on(node.func):
                    targets += node.args[:1]
                if (dynamic := _getattr_target(node)) is not None:
                    targets.append(dynamic)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                targets = node.decorator_list
            for target in targets:
                if (dotted := _dotted(target, aliases)) is not None:
                    yield dotted


def _defined(node: ast.stmt) -> set[str]:
    """Names that a statement binds."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return set()


def _aliases(tree: ast.Module) -> dict[str, str]:
    """What names stand for: imports, and names assigned from them (``f = torch.softmax``)."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                first = item.name.partition(".")[0]
                found[item.asname or first] = item.name if item.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                found[item.asname or item.name] = f"{node.module}.{item.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Attribute, ast.Name)):
            dotted = _dotted(node.value, found)
            if dotted is not None and not dotted.startswith("."):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, dotted)
    return found


def _dotted(node: ast.expr, aliases: Mapping[str, str]) -> str | None:
    """``torch.nn.functional.relu`` for ``F.relu``; ``.relu`` for a method of some value."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id in aliases:
        return ".".join([aliases[node.id], *reversed(parts)])
    if parts:
        return f".{parts[0]}"
    return node.id if isinstance(node, ast.Name) else None


def _hands_on(func: ast.expr) -> bool:
    """Whether what is called will call its first argument."""
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in ("map", "partial", "reduce", "vmap", "apply_along_axis")


def _getattr_target(call: ast.Call) -> ast.expr | None:
    """``torch.softmax`` for ``getattr(torch, "softmax")``."""
    match call:
        case ast.Call(
            func=ast.Name(id="getattr"), args=[base, ast.Constant(value=str() as name), *_]
        ):
            return ast.Attribute(value=base, attr=name, ctx=ast.Load())
        case _:
            return None


def _matches(called: str, name: str) -> bool:
    last = name.rpartition(".")[2]
    if "." not in name:
        return called.rpartition(".")[2] == name
    if name.startswith(("Tensor.", "torch.Tensor.")):
        return called in (f".{last}", f"torch.Tensor.{last}")
    return called == name


@dataclass(frozen=True, slots=True)
class Printed:
    """What a program printed."""

    text: str

    @property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Program:
    """The real run of a predict spell's ``program.py``."""

    text: str
    """What it printed."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What it defined."""
    raised: str = ""
    """``RuntimeError: …`` when it raised, else empty."""

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def error(self) -> str:
        """The bare class name of what it raised, else empty."""
        return self.raised.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Training:
    """What was recorded of a training while the player's program ran."""

    losses: list[float]
    steps: int
