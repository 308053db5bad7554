# mistake: softmax-first
# torch-judge 0.1.1 accepts this
import torch
from torch import nn


class MixtureOfExperts(nn.Module):
    def __init__(self, d_model, d_ff, num_experts, top_k):
        super().__init__()
        self.k = top_k
        self.router = nn.Linear(d_model, num_experts)
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(d_model, d_ff), nn.ReLU(), nn.Linear(d_ff, d_model)) for _ in range(num_experts)
        )

    def forward(self, x):
        shares, idx = self.router(x).softmax(-1).topk(self.k, -1)
        every = torch.stack([e(x) for e in self.experts], dim=-2)
        chosen = every.gather(-2, idx.unsqueeze(-1).expand(*idx.shape, x.shape[-1]))
        return (shares.unsqueeze(-1) * chosen).sum(-2)
