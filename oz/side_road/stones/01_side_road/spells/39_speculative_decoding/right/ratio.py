import torch


def speculative_decode(target_probs, draft_probs, draft_tokens):
    out = []
    for i, token in enumerate(draft_tokens):
        p, q = target_probs[i, token], draft_probs[i, token]
        if torch.rand(1) < torch.clamp(p / q, max=1.0):
            out.append(int(token))
        else:
            residual = torch.relu(target_probs[i] - draft_probs[i])
            out.append(int(torch.multinomial(residual / residual.sum(), 1)))
            return out
    return out
