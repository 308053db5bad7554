import copy

import torch


def stuff(sizes, generator=None):
    body = []
    for i in range(len(sizes) - 1):
        weight = torch.empty(sizes[i], sizes[i + 1]).uniform_(-0.5, 0.5, generator=generator)
        bias = torch.zeros(sizes[i + 1])
        body.append((weight.requires_grad_(), bias.requires_grad_()))
    return body


def think(body, x):
    last = len(body) - 1
    for i, (weight, bias) in enumerate(body):
        x = torch.einsum("bi,io->bo", x, weight) + bias
        x = x if i == last else x.clamp(min=0)
    return x


def hold(body, count):
    for i in range(len(body)):
        weight, bias = body[i]
        weight.requires_grad_(not i < count)
        bias.requires_grad_(not i < count)


def learn(body, x, truth, lr):
    parameters = [t for layer in body for t in layer if t.requires_grad]
    error = (think(body, x) - truth).pow(2).mean()
    if parameters:
        optimizer = torch.optim.SGD(parameters, lr=lr)
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        optimizer.zero_grad()
    return error.item()


def answer(body, x):
    with torch.inference_mode():
        return think(body, x)


def double(body):
    return copy.deepcopy(body)


def follow(slow, body, rate):
    with torch.no_grad():
        for (sw, sb), (bw, bb) in zip(slow, body):
            sw.copy_((1 - rate) * sw + rate * bw)
            sb.copy_((1 - rate) * sb + rate * bb)


def used(said, body):
    seen, waiting, ends = {said.grad_fn}, [said.grad_fn], []
    while waiting:
        node = waiting.pop(0)
        if type(node).__name__ == "AccumulateGrad":
            ends.append(node.variable)
        for following, _ in node.next_functions if node is not None else ():
            if following is not None and following not in seen:
                seen.add(following)
                waiting.append(following)
    return [
        i
        for i, (weight, bias) in enumerate(body)
        if any(end is weight or end is bias for end in ends)
    ]
