import torch


def speculative_decode(target_probs, draft_probs, draft_tokens):
    """The tokens that are kept: drafted ones, and one drawn anew after the first refusal."""
    kept = []
    for target, draft, token in zip(target_probs, draft_probs, draft_tokens.tolist()):
        if torch.rand(()) * draft[token] < target[token]:
            kept.append(token)
            continue
        rest = (target - draft).clamp(min=0)
        kept.append(torch.multinomial(rest, 1).item())
        break
    return kept
