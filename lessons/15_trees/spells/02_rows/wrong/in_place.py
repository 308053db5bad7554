# mistake: walked-off-with
import torch

DOWN = torch.tensor([-1, 0, 1, 0])  # north, east, south, west
ACROSS = torch.tensor([0, 1, 0, -1])


def step(at, moves, trees):
    """One step of every walker: squares (n,), moves (n,), trees (rows, columns). Gives squares, rewards, and who is done."""
    rows, columns = trees.shape
    row = (at // columns + DOWN[moves]).clamp(0, rows - 1)
    column = (at % columns + ACROSS[moves]).clamp(0, columns - 1)
    to = at.copy_(row * columns + column)
    struck = trees.flatten()[to]
    through = to == columns - 1
    done = struck | through
    reward = torch.where(through, 1.0, torch.where(struck, -0.2, -0.01))
    return torch.where(done, (rows - 1) * columns, to), reward, done


grove = torch.tensor([[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]).bool()
company = torch.tensor([8, 8, 7, 4])  # two at the start, one before the far corner, one beside a tree
steps = torch.tensor([0, 3, 0, 1])
print(step(company, steps, grove))
