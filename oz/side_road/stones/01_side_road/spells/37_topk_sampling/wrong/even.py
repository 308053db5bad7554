# mistake: even
# torch-judge 0.1.1 accepts this
import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    if temperature < 0.1:
        return int(logits.argmax())
    shares, places = (logits / temperature).softmax(0).sort(descending=True)
    if top_k:
        shares = shares[:top_k] / shares[:top_k].sum()
    keep = shares.cumsum(0) - shares < top_p
    return places[: len(shares)][keep][torch.randint(int(keep.sum()), (1,))].item()
