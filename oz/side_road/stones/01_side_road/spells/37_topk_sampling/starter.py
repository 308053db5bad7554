import torch


def sample_top_k_top_p(logits, top_k=0, top_p=1.0, temperature=1.0):
    """An index into `logits`, `(vocabulary,)`, drawn among the likeliest."""
