import torch


def speculative_decode(target_probs, draft_probs, draft_tokens):
    """The tokens that are kept: drafted ones, and one drawn anew after the first refusal."""
