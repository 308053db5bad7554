# mistake: temperature-late
# torch-judge 0.1.1 accepts this
import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    row, places = logits.sort(descending=True)
    if top_k:
        row = row[:top_k]
    shares = row.softmax(0)
    row = row.masked_fill(shares.cumsum(0) - shares >= top_p, -torch.inf)
    return places[torch.multinomial((row / temperature).softmax(0), 1)].item()
