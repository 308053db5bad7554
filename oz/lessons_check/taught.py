"""Whether a starter, a program or a model answer uses what was not taught yet.

The names a file uses are those that `oz.campaign.uses` finds. A name is taught when ``teaches`` of
the file's own stage, or of one before it, lists it. ``torch.sum`` and ``Tensor.sum`` count as one,
since who knows the one knows the other. What everybody may use is in `FREE`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from oz.campaign import Campaign, Fault
from oz.campaign.uses import operation, used
from oz.spells.model import Kind
from oz.study.cards import PREAMBLE, Card

FREE = frozenset({"torch", "torch.Tensor", "torch.dtype", "torch.nn", "torch.nn.functional"})
"""Needs no teaching: the names of the library's rooms, and of what everything is about."""

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
                source = path.read_text("utf-8-sig")
                found += _in_source(source, path, 0, known, later, stage.title)
        for card in campaign.reviews.values():
            if card.stage == stage.id:
                found += _in_card(card, known, later, stage.title)
    return found


def _in_card(card: Card, known: set[str], later: set[str], stage: str) -> Iterator[Fault]:
    for name in card.about:
        if not _is_known(_whole(name), known):
            said = f"'about:' names '{name}', which '{stage}' and before do not teach"
            yield Fault(card.path, card.line, f"{said}; name what was taught, or move the card")
    for program, at in ((card.program, card.program_at), (card.mended, card.mended_at)):
        if program:  # its unwritten first line stands above the first that is written
            whole = f"{PREAMBLE}\n{program}"
            yield from _in_source(whole, card.path, at - 2, known, later, stage)


def _in_source(
    source: str, path: Path, above: int, known: set[str], later: set[str], stage: str
) -> Iterator[Fault]:
    """`above`: the lines of the file before the first of `source`."""
    try:
        tree = ast.parse(source)
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
        at = line + above
        yield Fault(path, at, f"'{shown}' is used here, and '{stage}' and before do not teach it")


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
    return operation(one) == operation(other)
