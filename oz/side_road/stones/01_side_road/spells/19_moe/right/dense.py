import torch
import torch.nn as nn


class Expert(nn.Module):
    def __init__(self, d, f):
        super().__init__()
        self.up, self.down = nn.Linear(d, f), nn.Linear(f, d)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))


class MixtureOfExperts(nn.Module):
    def __init__(self, d_model, d_ff, num_experts, top_k):
        super().__init__()
        self.top_k = top_k
        self.router = nn.Linear(d_model, num_experts, bias=False)
        self.experts = nn.ModuleList([Expert(d_model, d_ff) for _ in range(num_experts)])

    def forward(self, x):
        weights, idx = torch.topk(self.router(x), self.top_k, dim=-1)
        weights = torch.softmax(weights, dim=-1)
        every = torch.stack([e(x) for e in self.experts], dim=-2)
        chosen = every.gather(-2, idx.unsqueeze(-1).expand(*idx.shape, x.shape[-1]))
        return (weights.unsqueeze(-1) * chosen).sum(-2)
