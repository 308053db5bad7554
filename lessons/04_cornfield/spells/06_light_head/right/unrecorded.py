import torch


@torch.no_grad()
def tally(thoughts):
    return float(sum(thoughts))


@torch.no_grad()
def memory(old, thought, rate):
    return old + rate * (thought - old)


def surprise(thought, remembered):
    target = remembered.detach()
    return (thought - target).pow(2).mean()


def keep(thought):
    with torch.no_grad():
        return thought.clone()


def figures(thought):
    return keep(thought).numpy()


@torch.no_grad()
def ask(think, x):
    return think(x)


@torch.inference_mode()
def glance(think, x):
    return think(x)
