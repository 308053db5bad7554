# mistake: one-by-one
import torch


def step(at, moves, trees):
    rows, columns = trees.shape
    to, reward, done = [], [], []
    for square, move in zip(at.tolist(), moves.tolist()):
        row, column = divmod(square, columns)
        row = min(max(row + (-1, 0, 1, 0)[move], 0), rows - 1)
        column = min(max(column + (0, 1, 0, -1)[move], 0), columns - 1)
        through = (row, column) == (0, columns - 1)
        struck = bool(trees[row, column])
        done.append(struck or through)
        reward.append(1.0 if through else -0.2 if struck else -0.01)
        to.append((rows - 1) * columns if done[-1] else row * columns + column)
    return torch.tensor(to), torch.tensor(reward), torch.tensor(done)
