import torch


def kaiming_init(weight):
    """Fill `weight`, `(out, in, …)`, in place with normal numbers, and give it back."""
