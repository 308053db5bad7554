import sys

import torch

sys.setrecursionlimit(100_000)


def leaves(t):
    found = {}
    waiting = [t.grad_fn]
    seen = {}
    if t.grad_fn is None and t.requires_grad:
        found[id(t)] = t
    while len(waiting) > 0:
        node = waiting.pop(0)
        if node is not None and id(node) not in seen:
            seen[id(node)] = node
            try:
                found[id(node.variable)] = node.variable
            except AttributeError:
                for pair in node.next_functions:
                    waiting.append(pair[0])
    return list(found.values())


def knots(t):
    seen = {}
    waiting = [t.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None and id(node) not in seen:
            seen[id(node)] = node
            waiting.extend(pair[0] for pair in node.next_functions)
    return [n.name() for n in seen.values() if n.name() != "torch::autograd::AccumulateGrad"]


def drawing(t):
    lines, seen = [], {}

    def draw(node, depth):
        if node is None:
            return
        if node.next_functions == () and hasattr(node, "variable"):
            words = f"leaf {tuple(node.variable.shape)}"
        else:
            words = node.name()
        again = id(node) in seen
        seen[id(node)] = node
        lines.append(f"{'  ' * depth}{words}{' again' * again}")
        for following, _ in () if again else node.next_functions:
            draw(following, depth + 1)

    if t.requires_grad and t.grad_fn is None:
        return f"leaf {tuple(t.shape)}"
    draw(t.grad_fn, 0)
    return "\n".join(lines)
