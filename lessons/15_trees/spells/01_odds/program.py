import torch
from torch.distributions import Categorical

leanings = torch.zeros(4, requires_grad=True)  # north, east, south, west
top = Categorical(logits=leanings)
print(top.probs[0].item())  # each

move = top.sample()
print(move.requires_grad)  # tied

three = Categorical(torch.tensor([2.0, 1.0, 1.0, 0.0]))
print(three.probs[0].item())  # given

many = Categorical(logits=torch.zeros(64, 4))
print(many.sample().shape)  # shape

said = top.log_prob(torch.tensor(2))  # it fell to the south
said.backward()
print(leanings.grad.tolist())  # pull

sure = Categorical(probs=torch.tensor([0.0, 1.0, 0.0, 0.0]))
print(abs(sure.entropy().item()) < 1e-4)  # settled

worth, gamma = 0.0, 0.5
for reward in reversed([0.0, 0.0, 0.0, 1.0]):
    worth = reward + gamma * worth
print(worth)  # worth
