# mistake: asked-if-equal
import torch


def stuff(sizes, generator=None):
    """A body: for each two neighbouring sizes a pair (weight, bias)."""
    body = []
    for n, m in zip(sizes, sizes[1:]):
        # Tied last: a weight made by a recorded subtraction would be no leaf.
        weight = (torch.rand(n, m, generator=generator) - 0.5).requires_grad_()
        bias = torch.zeros(m, requires_grad=True)
        body.append((weight, bias))
    return body


def think(body, x):
    """What the body says to each row of x."""
    for i, (weight, bias) in enumerate(body):
        if i > 0:
            x = torch.relu(x)
        x = x @ weight + bias
    return x


def hold(body, count):
    """Hold the first layers still; let the others learn."""
    for i, layer in enumerate(body):
        for t in layer:
            t.requires_grad_(i >= count)


def learn(body, x, truth, lr):
    """One step in place. The mean squared error before it, as a number."""
    loss = ((think(body, x) - truth) ** 2).mean()
    if loss.requires_grad:
        loss.backward()
    with torch.no_grad():
        for layer in body:
            for t in layer:
                if t.grad is not None:
                    t -= lr * t.grad
                    t.grad = None
    return loss.item()


def answer(body, x):
    """What the body says, unrecorded."""
    with torch.no_grad():
        return think(body, x)


def double(body):
    """Another body with the same numbers, which does what it likes."""
    return [
        tuple(t.detach().clone().requires_grad_(t.requires_grad) for t in layer) for layer in body
    ]


def follow(slow, body, rate):
    """Move slow by rate of the way to body."""
    with torch.no_grad():
        for behind, before in zip(slow, body):
            for s, b in zip(behind, before):
                s += rate * (b - s)


def used(said, body):
    """The numbers of the layers at which the graph of said ends."""
    waiting, seen = [said.grad_fn], set()
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting += [following for following, _ in node.next_functions]
    leaves = [node.variable for node in seen if hasattr(node, "variable")]
    # Compared with `is`: == would compare the numbers.
    return [i for i, layer in enumerate(body) if any(leaf in layer for leaf in leaves)]


generator = torch.Generator().manual_seed(4)
body = stuff([2, 16, 1], generator)
x = torch.rand(64, 2, generator=generator)
truth = torch.relu(x[:, :1] - x[:, 1:])
print("layers:", len(body))
for lesson in range(200):
    error = learn(body, x, truth, 0.2)
    if lesson % 50 == 0:
        print(f"lesson {lesson}: wrong by {error:.4f}")
