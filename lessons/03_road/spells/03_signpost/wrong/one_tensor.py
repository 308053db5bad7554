# mistake: no-comma
import torch

turned = "ij->ji"
takings = "ij->i"
all_told = "ij->"
crossing = "ij->ij"
walk = "ij,jk->ik"  # j is common to both and goes
gangs = "bij,bjk->bik"
diagonal = "ii->i"  # one letter twice: the same number for row and column
likeness = "bid,bjd->bij"

plan = torch.tensor([[0, 1, 2], [3, 4, 5]])
print(torch.einsum(turned, plan))
print(torch.einsum(takings, plan))
print(torch.einsum(walk, plan, plan.T))
