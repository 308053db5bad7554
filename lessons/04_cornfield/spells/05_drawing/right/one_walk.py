import torch


def walk(t):
    """(depth, node, whether it was met before) in the order of drawing."""
    met = {}
    todo = [(0, t.grad_fn)] if t.grad_fn is not None else []
    while todo:
        depth, node = todo.pop()
        before = node in met
        met[node] = True
        yield depth, node, before
        if before:
            continue
        for following, _ in node.next_functions[::-1]:
            if following:
                todo.append((depth + 1, following))


def is_peg(node):
    return len(node.next_functions) == 0 and hasattr(node, "variable")


def leaves(t):
    if t.requires_grad and t.is_leaf:
        return (t,)
    return tuple(node.variable for _, node, before in walk(t) if is_peg(node) and not before)


def knots(t):
    return sorted(node.name() for _, node, before in walk(t) if not is_peg(node) and not before)


def drawing(t):
    if t.requires_grad and t.is_leaf:
        return "leaf " + str(tuple(t.size()))
    text = ""
    for depth, node, before in walk(t):
        text += "  " * depth
        text += f"leaf {tuple(node.variable.size())}" if is_peg(node) else node.name()
        text += " again\n" if before else "\n"
    return text.rstrip("\n")
