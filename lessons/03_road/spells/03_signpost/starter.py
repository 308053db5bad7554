import torch

# One text for torch.einsum in place of each None.
turned = None  # table (i, j), on its side
takings = None  # table: the sum of each row
all_told = None  # table: one number
crossing = None  # rows (i) and (j): each times each, (i, j)
walk = None  # tables (i, j) and (j, k): their product, (i, k)
gangs = None  # stacks (b, i, j) and (b, j, k): their products, (b, i, k)
diagonal = None  # square table: where row and column have the same number
likeness = None  # (b, i, d) and (b, j, d): row against row, (b, i, j)

plan = torch.tensor([[0, 1, 2], [3, 4, 5]])
print(plan)
print(torch.einsum("ij->j", plan))  # the sum of each column
