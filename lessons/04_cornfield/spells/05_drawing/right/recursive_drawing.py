from collections import deque

import torch


def _pegs_and_knots(t):
    queue, met = deque([t.grad_fn]), {t.grad_fn}
    pegs, made = [], []
    while queue:
        node = queue.popleft()
        (pegs if type(node).__name__ == "AccumulateGrad" else made).append(node)
        for following, _ in node.next_functions:
            if following is not None and following not in met:
                met.add(following)
                queue.append(following)
    return pegs, made


def leaves(t):
    if t.is_leaf:
        return [t] * t.requires_grad
    return [peg.variable for peg in _pegs_and_knots(t)[0]]


def knots(t):
    if t.is_leaf:
        return []
    return [type(node).__name__ for node in _pegs_and_knots(t)[1]]


def drawing(t):
    met = set()

    def draw(node, inset):
        if node is None:
            return []
        peg = "AccumulateGrad" in node.name()
        line = inset + (f"leaf {tuple(node.variable.shape)}" if peg else node.name())
        if node in met:
            return [line + " again"]
        met.add(node)
        return [line] + [
            below for following, _ in node.next_functions for below in draw(following, inset + "  ")
        ]

    if t.is_leaf:
        return f"leaf {tuple(t.shape)}" if t.requires_grad else ""
    return "\n".join(draw(t.grad_fn, ""))
