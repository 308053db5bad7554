import torch
from torch import nn


class MixtureOfExperts(nn.Module):
    """Several MLPs, of which each token asks a few."""

    def __init__(self, d_model, d_ff, num_experts, top_k):
        """`router` gives a logit for each of `experts`; the `top_k` highest are asked."""
        super().__init__()
        self.top_k = top_k
        self.router = nn.Linear(d_model, num_experts)
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(d_model, d_ff), nn.ReLU(), nn.Linear(d_ff, d_model)) for _ in range(num_experts)
        )

    def forward(self, x):
        """`x` is `(…, d_model)`, and so is what comes out."""
        tokens = x.reshape(-1, x.shape[-1])
        logits, picked = self.router(tokens).topk(self.top_k, dim=-1)
        shares = logits.softmax(dim=-1)
        out = torch.zeros_like(tokens)
        for number, expert in enumerate(self.experts):
            who, rank = (picked == number).nonzero(as_tuple=True)
            if len(who):
                out = out.index_add(0, who, shares[who, rank, None] * expert(tokens[who]))
        return out.reshape(x.shape)
