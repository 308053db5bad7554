# mistake: changed
# torch-judge 0.1.1 accepts this
import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    logits /= temperature
    row, places = logits.sort(descending=True)
    if top_k:
        row = row[:top_k]
    shares = row.softmax(0)
    return places[torch.multinomial(shares.masked_fill(shares.cumsum(0) - shares >= top_p, 0), 1)].item()
