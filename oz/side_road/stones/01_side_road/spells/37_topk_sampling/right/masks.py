import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    logits = logits / temperature
    if top_k > 0:
        bound = torch.topk(logits, min(top_k, logits.numel())).values[-1]
        logits = logits.masked_fill(logits < bound, float("-inf"))
    if top_p < 1.0:
        ordered, idx = torch.sort(logits, descending=True)
        probs = torch.softmax(ordered, -1)
        drop = torch.cumsum(probs, -1) > top_p
        drop[1:] = drop[:-1].clone()
        drop[0] = False
        logits = logits.masked_fill(torch.zeros_like(drop).scatter(0, idx, drop), float("-inf"))
    return int(torch.multinomial(torch.softmax(logits, -1), 1))
