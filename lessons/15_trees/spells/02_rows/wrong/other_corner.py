# mistake: other-corner
import torch

UP = torch.tensor([-1, 0, 1, 0])
SIDE = torch.tensor([0, 1, 0, -1])

def step(at, moves, trees):
    rows, columns = trees.shape
    y, x = at // columns, at % columns
    y = (y + UP[moves]).clamp(0, rows - 1)
    x = (x + SIDE[moves]).clamp(0, columns - 1)
    to = y * columns + x
    out = rows * columns - 1
    struck = trees.flatten()[to]
    through = to == out
    reward = torch.full(at.shape, -0.01)
    reward[struck] = -0.2
    reward[through] = 1.0
    done = struck | through
    return torch.where(done, (rows - 1) * columns, to), reward, done
