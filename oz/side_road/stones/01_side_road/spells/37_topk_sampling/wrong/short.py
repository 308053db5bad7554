# mistake: one-too-few
# torch-judge 0.1.1 accepts this
import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    row, places = (logits / temperature).sort(descending=True)
    if top_k:
        row = row[:top_k]
    shares = row.softmax(0)
    drop = shares.cumsum(0) > top_p + 1e-6
    drop[0] = False
    return places[torch.multinomial(shares.masked_fill(drop, 0), 1)].item()
