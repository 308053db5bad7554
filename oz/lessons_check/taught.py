"""Whether a starter, a program or a model answer uses what was not taught yet.

The names a file uses are found in its syntax tree: what is reached through ``torch`` and its
sub-modules, under whatever name they were imported, and attributes that only tensors have. A name
is taught when ``teaches`` of the file's own stage, or of one before it, lists it. ``torch.sum``
and ``Tensor.sum`` count as one, since who knows the one knows the other.
What everybody may use is in `FREE`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from oz.campaign import Campaign, Fault
from oz.spells.model import Kind

FREE = frozenset({"torch", "torch.Tensor", "torch.dtype", "torch.nn", "torch.nn.functional"})
"""Needs no teaching: the names of the library's rooms, and of what everything is about."""

_PYTHONS_OWN = frozenset(
    name
    for kind in (str, bytes, list, tuple, dict, set, int, float, complex, slice, BaseException)
    for name in dir(kind)
)
"""Attributes that other objects have too: they say nothing of tensors."""

_SHORT = {"nn": "torch.nn", "F": "torch.nn.functional", "optim": "torch.optim"}
"""How ``teaches`` may abbreviate."""


def check(campaign: Campaign, tensors: frozenset[str] = frozenset()) -> list[Fault]:
    """Every use of a name before it is taught.

    `tensors`: the attributes that tensors have. Without them only those that some stage teaches
    later are known to be a tensor's.
    """
    found: list[Fault] = []
    known: set[str] = set(FREE)
    later = {_whole(name) for names in campaign.teaches.values() for name in names}
    later |= {f"torch.Tensor.{name}" for name in tensors}
    for stage in campaign.world.stages.values():
        taught = {_whole(name) for name in campaign.teaches[stage.id]}
        known |= taught
        later -= taught
        for id in stage.spells:
            spell = campaign.spells[id]
            if spell.kind is Kind.COMMAND:
                continue
            for path in filter(None, (spell.starter, spell.program, spell.solution)):
                found += _in_file(path, known, later, stage.title)
    return found


def _in_file(path: Path, known: set[str], later: set[str], stage: str) -> Iterator[Fault]:
    try:
        tree = ast.parse(path.read_text("utf-8-sig"))
    except SyntaxError:
        return  # a mend spell may begin with a program that cannot be read; the trial sees to it
    told: set[str] = set()
    for name, line in used(tree):
        if name in told or _is_known(name, known):
            continue
        is_method = name.startswith("torch.Tensor.")
        if is_method and not any(_same(name, other) for other in later):
            continue  # some attribute of some object: nothing says that it is a tensor's
        told.add(name)
        shown = name.replace("torch.Tensor.", "Tensor.")
        yield Fault(path, line, f"'{shown}' is used here, and '{stage}' and before do not teach it")


def used(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The names of torch that `tree` uses, whole, each with its line, in order.

    An attribute of something that is not a module counts as ``torch.Tensor.NAME``, unless Python's
    own types have one of that name.
    """
    names = _imported(tree)
    inner: set[int] = set()
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
            at = node.lineno, node.col_offset
            found.extend((*at, f"{node.module}.{alias.name}") for alias in node.names)
        if not isinstance(node, ast.Attribute) or id(node) in inner:
            continue
        chain = [node.attr]
        value = node.value
        while isinstance(value, ast.Attribute):
            inner.add(id(value))
            chain.append(value.attr)
            value = value.value
        if isinstance(value, ast.Name) and value.id in names:
            name = ".".join([names[value.id], *reversed(chain)])
            found.append((node.lineno, node.col_offset, name))
        elif not (isinstance(value, ast.Name) and value.id in {"self", "cls"} and len(chain) == 1):
            for attribute in chain:
                if attribute not in _PYTHONS_OWN and not attribute.startswith("_"):
                    name = f"torch.Tensor.{attribute}"
                    found.append((node.lineno, node.col_offset, name))
    for line, _column, name in sorted(found):
        yield name, line


def _imported(tree: ast.Module) -> dict[str, str]:
    """What names of the file mean in torch: ``{"F": "torch.nn.functional"}``."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "torch":
                    names[alias.asname or "torch"] = alias.name if alias.asname else "torch"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "torch":
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _whole(name: str) -> str:
    """A name as ``teaches`` writes it, from ``torch`` down."""
    first, dot, rest = name.removesuffix("()").partition(".")
    if first == "torch":
        return name.removesuffix("()")
    if first == "Tensor":
        return f"torch.Tensor{dot}{rest}"
    return f"{_SHORT.get(first, 'torch.' + first)}{dot}{rest}"


def _is_known(name: str, known: set[str]) -> bool:
    """Whether `name`, or what it is an attribute of (``torch.device('cpu').type``), was taught."""
    if name in known or any(_same(name, other) for other in known):
        return True
    above, _, last = name.rpartition(".")
    if last.startswith("_") and last != "__version__":
        return True
    if above == "torch.Tensor" and last in _OF_A_DEVICE and "torch.device" in known:
        return True  # a device has a type, too
    if above == "torch.Tensor" and any(_of_a_class(other, last) for other in known):
        return True  # whose it is cannot be seen: a node has a name, and so has a tensor
    is_module = above in {"torch", "torch.Tensor"} or above in FREE
    if not is_module and above in known:
        return True
    # the module on the way to something that was taught: `torch.utils.data` in an import
    return any(other.startswith(f"{name}.") for other in known)


_OF_A_DEVICE = {"type", "index"}


def _of_a_class(name: str, attribute: str) -> bool:
    """Whether `name` is that attribute of some class: ``torch.autograd.graph.Node.name``."""
    above, _, last = name.rpartition(".")
    return last == attribute and above.rpartition(".")[2][:1].isupper()


def _same(one: str, other: str) -> bool:
    """Whether both are one operation: a function and the method of the same name."""
    return _operation(one) == _operation(other)


def _operation(name: str) -> str:
    above, _, last = name.rpartition(".")
    return f"torch.{last}" if above == "torch.Tensor" else name
