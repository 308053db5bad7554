# mistake: nothing-yet
import torch


def step(at, moves, trees):
    """One step of every walker: squares (n,), moves (n,), trees (rows, columns). Gives squares, rewards, and who is done."""
    rows, columns = trees.shape
    return at, torch.zeros(len(at)), torch.zeros(len(at)).bool()


grove = torch.tensor([[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]).bool()
company = torch.tensor([8, 8, 7, 4])  # two at the start, one before the far corner, one beside a tree
steps = torch.tensor([0, 3, 0, 1])
print(step(company, steps, grove))
