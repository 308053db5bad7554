"""Oz: a text adventure, played in the terminal, that teaches PyTorch.

This package must stay cheap to import: no torch, no Textual, no I/O here.
"""

__version__ = "0.1.0"
