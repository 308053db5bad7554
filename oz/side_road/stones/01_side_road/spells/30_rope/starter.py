import torch


def apply_rope(q, k):
    """Turn pairs of neighbouring columns by angles that grow with the place. Both `(…, length, d)`."""
