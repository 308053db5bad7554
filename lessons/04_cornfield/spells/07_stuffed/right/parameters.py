import torch
from torch import nn


def stuff(sizes, generator=None):
    return [
        (nn.Parameter(torch.rand(n, m, generator=generator) - 0.5), nn.Parameter(torch.zeros(m)))
        for n, m in zip(sizes, sizes[1:])
    ]


def think(body, x):
    for weight, bias in body[:-1]:
        x = nn.functional.linear(x, weight.T, bias).relu()
    weight, bias = body[-1]
    return nn.functional.linear(x, weight.T, bias)


def hold(body, count):
    for number, (weight, bias) in enumerate(body, start=1):
        weight.requires_grad = bias.requires_grad = number > count


def learn(body, x, truth, lr):
    for layer in body:
        for t in layer:
            t.grad = None
    loss = torch.square(think(body, x) - truth).mean()
    if loss.grad_fn is not None:
        loss.backward()
    for layer in body:
        for t in layer:
            if t.grad is not None:
                with torch.no_grad():
                    t.add_(t.grad, alpha=-lr)
                t.grad = None
    return loss.tolist()


def answer(body, x):
    with torch.set_grad_enabled(False):
        return think(body, x)


def double(body):
    made = []
    for weight, bias in body:
        pair = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
        made.append(pair)
        pair[0].requires_grad_(weight.requires_grad)
        pair[1].requires_grad_(bias.requires_grad)
    return made


def follow(slow, body, rate):
    for i in range(len(body)):
        for s, b in zip(slow[i], body[i]):
            s.detach().add_(rate * (b.detach() - s.detach()))


def used(said, body):
    nodes = {said.grad_fn} - {None}
    grown = set()
    while grown != nodes:
        grown = set(nodes)
        nodes |= {f for node in grown for f, _ in node.next_functions if f is not None}
    ends = [node.variable for node in nodes if hasattr(node, "variable")]
    return [i for i, pair in enumerate(body) if any(e is p for e in ends for p in pair)]
