# mistake: one-wire-only
import torch


def inputs(node):
    """The nodes that `node` hangs on; inputs that require no gradient have none."""
    return [before for before, _ in node.next_functions if before is not None]


def movers(y):
    """The leaves that `y` would pass a gradient to: the tensors themselves, each of them once."""
    if y.grad_fn is None:
        return [y] if y.requires_grad else []
    found, seen, waiting = [], set(), [y.grad_fn]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found.append(node.variable)
        waiting += inputs(node)[:1]
    return found


def ways(y, leaf):
    """By how many ways a gradient comes from `y` to `leaf`: a plain int."""
    if y.grad_fn is None:
        return int(y is leaf and y.requires_grad)
    known = {}

    def count(node):
        # Each node is counted once, however many hang on it: the ways themselves are too many.
        if node not in known:
            here = getattr(node, "variable", None) is leaf
            known[node] = 1 if here else sum(count(before) for before in inputs(node))
        return known[node]

    return count(y.grad_fn)


def draw(y):
    """The drawing, a line for each node: two blanks for every step away from `y`, then its name."""
    lines, drawn = [], set()

    def node_at(node, depth):
        line = "  " * depth + node.name()
        if node in drawn:
            lines.append(line + " ^")
            return
        drawn.add(node)
        lines.append(line)
        for before in inputs(node):
            node_at(before, depth + 1)

    if y.grad_fn is not None:
        node_at(y.grad_fn, 0)
    return lines


shoulder = torch.tensor(0.3, requires_grad=True)
wrist = torch.tensor(2.0, requires_grad=True)
arm = (shoulder.sin() + wrist) * shoulder
print(movers(arm))
print(ways(arm, shoulder), ways(arm, wrist))
print("\n".join(draw(arm)))
