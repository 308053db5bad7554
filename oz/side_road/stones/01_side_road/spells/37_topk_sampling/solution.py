import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    """An index into `logits`, `(vocabulary,)`, drawn among the likeliest."""
    ordered, places = (logits / temperature).sort(descending=True)
    if top_k > 0:
        ordered, places = ordered[:top_k], places[:top_k]
    shares = ordered.softmax(dim=0)
    before = shares.cumsum(dim=0) - shares
    shares = torch.where(before < top_p, shares, torch.zeros_like(shares))
    return places[torch.multinomial(shares, 1)].item()
