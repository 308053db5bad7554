import torch


class SimpleBPE:
    """Byte-pair encoding of words."""

    def __init__(self):
        """`merges` is filled by `train`."""

    def train(self, corpus, num_merges):
        """Learn up to `num_merges` merges from a list of words."""

    def encode(self, text):
        """The text as tokens, word by word."""
