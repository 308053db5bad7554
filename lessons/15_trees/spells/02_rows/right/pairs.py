import torch

STEPS = torch.tensor([[-1, 0], [0, 1], [1, 0], [0, -1]])


def step(at, moves, trees):
    rows, columns = trees.shape
    place = torch.stack((at // columns, at % columns), dim=1) + STEPS[moves]
    place = torch.minimum(place.clamp(min=0), torch.tensor([rows - 1, columns - 1]))
    row, column = place.unbind(1)
    struck = trees[row, column]
    through = (row == 0) & (column == columns - 1)
    reward = -0.01 - 0.19 * struck.float() + 1.01 * through.float()
    done = struck | through
    start = torch.full_like(at, (rows - 1) * columns)
    return torch.where(done, start, row * columns + column), reward, done
