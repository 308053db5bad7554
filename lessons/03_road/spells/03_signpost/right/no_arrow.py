import torch

turned = "ba"
takings = "ij->i"
all_told = "ij->"
crossing = "i,j"
walk = "ij,jk"  # j is common to both and goes
gangs = "bij,bjk->bik"
diagonal = "xx -> x"  # one letter twice: the same number for row and column
likeness = "bid,bjd->bij"

plan = torch.tensor([[0, 1, 2], [3, 4, 5]])
print(torch.einsum(turned, plan))
print(torch.einsum(takings, plan))
print(torch.einsum(walk, plan, plan.T))
