# mistake: ignores-k
# torch-judge 0.1.1 accepts this
import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    if top_k == 1:
        return int(logits.argmax())
    shares, places = (logits / temperature).softmax(0).sort(descending=True)
    shares[shares.cumsum(0) - shares >= top_p] = 0
    return places[torch.multinomial(shares, 1)].item()
