import torch


def lesson(logits, moves, worth, guess, curious):
    logp = torch.log_softmax(logits, dim=-1)
    drawn = torch.gather(logp, -1, moves[..., None])[..., 0]
    with torch.no_grad():
        surprise = worth - guess
    loss = torch.mean(drawn * surprise).neg()
    entropy = torch.mean(-(logp.exp() * logp).sum(-1))
    return loss - entropy * curious
