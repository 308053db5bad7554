import torch


def step(at, moves, trees):
    rows, columns = trees.shape
    row = torch.div(at, columns, rounding_mode="floor")
    column = at - row * columns
    leaves = (
        ((moves == 0) & (row == 0))
        | ((moves == 1) & (column == columns - 1))
        | ((moves == 2) & (row == rows - 1))
        | ((moves == 3) & (column == 0))
    )
    by = torch.tensor([-columns, 1, columns, -1])[moves]
    to = torch.where(leaves, at, at + by)
    struck, through = trees.reshape(-1)[to], to == columns - 1
    reward = torch.full(to.shape, -0.01)
    reward[struck] = -0.2
    reward[through] = 1.0
    done = torch.logical_or(struck, through)
    to = to.clone()
    to[done] = (rows - 1) * columns
    return to, reward, done
