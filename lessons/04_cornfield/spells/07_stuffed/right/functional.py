import torch
import torch.nn.functional as F


def parts(body):
    return [t for layer in body for t in layer]


def stuff(sizes, generator=None):
    body = [
        [torch.rand(n, m, generator=generator).sub(0.5), torch.zeros(m)]
        for n, m in zip(sizes[:-1], sizes[1:])
    ]
    for t in parts(body):
        t.requires_grad = True
    return body


def think(body, x):
    *inner, (weight, bias) = body
    for w, b in inner:
        x = F.relu(torch.addmm(b, x, w))
    return torch.addmm(bias, x, weight)


def hold(body, count):
    for t in parts(body[:count]):
        t.requires_grad = False
    for t in parts(body[count:]):
        t.requires_grad = True


def learn(body, x, truth, lr):
    loss = F.mse_loss(think(body, x), truth)
    moving = [t for t in parts(body) if t.requires_grad]
    if moving:
        for t, slope in zip(moving, torch.autograd.grad(loss, moving)):
            t.detach().sub_(lr * slope)
    return float(loss.detach())


@torch.no_grad()
def answer(body, x):
    return think(body, x)


def double(body):
    made = [[t.detach().clone() for t in layer] for layer in body]
    for new, old in zip(parts(made), parts(body)):
        new.requires_grad = old.requires_grad
    return made


@torch.no_grad()
def follow(slow, body, rate):
    for s, b in zip(parts(slow), parts(body)):
        s.lerp_(b, rate)


def used(said, body):
    met = set()

    def walk(node):
        if node is None or node in met:
            return
        met.add(node)
        for following, _ in node.next_functions:
            walk(following)

    walk(said.grad_fn)
    ends = {id(node.variable) for node in met if hasattr(node, "variable")}
    return sorted({i for i, layer in enumerate(body) for t in layer if id(t) in ends})
