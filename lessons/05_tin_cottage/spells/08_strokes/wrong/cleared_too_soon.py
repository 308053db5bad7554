# mistake: no-step
import torch


def descend(girth, strokes, lr, steps):
    """Fit strokes = w * girth + b by hand, from w = b = 0. Gives w, b and the loss before each step."""
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((w * girth + b - strokes) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        # In place, so that the leaf stays the leaf; unrecorded, since the step is no part of the story.
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad = None
        b.grad = None
    return w, b, losses


def fit(girth, strokes):
    """The w and b for a tally of trees between 1 and 9 spans thick: descend, as long as it takes."""
    w, b, _ = descend(girth, strokes, lr=0.02, steps=2000)
    return w, b


def with_optimizer(girth, strokes, lr, steps):
    """The same as `descend`, and gives the same, with torch.optim.SGD taking the steps."""
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for _ in range(steps):
        loss = ((w * girth + b - strokes) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return w, b, losses


# The tally stick: how thick each tree was, and how many strokes it took.
girth = torch.tensor([1.0, 1.5, 2.0, 3.0, 3.5, 4.0, 5.0, 6.0, 7.5, 9.0])
strokes = torch.tensor([7.5, 9.0, 9.5, 13.5, 14.0, 16.5, 18.5, 22.0, 26.0, 30.5])
w, b = fit(girth, strokes)
print(f"{w.item():.2f} for each span, and {b.item():.2f} to begin with")
