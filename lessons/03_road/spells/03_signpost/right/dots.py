import torch

turned = "...ij->...ji"
takings = "i...->i"
all_told = "ij->"
crossing = "i,j->ij"
walk = "ij,jk->ik"  # j is common to both and goes
gangs = "...ij,...jk->...ik"
diagonal = "ii->i"  # one letter twice: the same number for row and column
likeness = "...id,...jd->...ij"

plan = torch.tensor([[0, 1, 2], [3, 4, 5]])
print(torch.einsum(turned, plan))
print(torch.einsum(takings, plan))
print(torch.einsum(walk, plan, plan.T))
