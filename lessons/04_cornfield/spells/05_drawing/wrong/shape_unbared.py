# mistake: shape-unbared
import torch


def nodes(t):
    """Every node of t's graph once, from t back to the leaves."""
    # A list and not a recursion: a graph can be much deeper than Python's stack.
    waiting, seen = [t.grad_fn], set()
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        yield node
        waiting += [following for following, _ in node.next_functions]


def leaves(t):
    """The recorded leaves that t was made from, each once."""
    if t.grad_fn is None:
        return [t] if t.requires_grad else []
    return [node.variable for node in nodes(t) if hasattr(node, "variable")]


def knots(t):
    """The name of every operation that t was made by."""
    return [node.name() for node in nodes(t) if not hasattr(node, "variable")]


def drawing(t):
    """The graph of t, a line for every knot."""
    if t.grad_fn is None:
        return f"leaf {tuple(t.shape)}" if t.requires_grad else ""
    lines, drawn, waiting = [], set(), [(t.grad_fn, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node is None:
            continue
        leaf = getattr(node, "variable", None)
        said = node.name() if leaf is None else f"leaf {leaf.shape}"
        lines.append("  " * depth + said + (" again" if node in drawn else ""))
        if node not in drawn:
            drawn.add(node)
            # The last goes in first: what is taken from the end comes out in order.
            waiting += [(following, depth + 1) for following, _ in reversed(node.next_functions)]
    return "\n".join(lines)


a = torch.ones(3, requires_grad=True)
b = torch.ones(3, requires_grad=True)
t = (a * b + a).exp()
print(drawing(t))
print(knots(t), len(leaves(t)))
