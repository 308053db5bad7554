import torch


def my_gelu(x):
    """`x` times the share of the normal distribution that lies below it."""
