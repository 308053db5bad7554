import subprocess
import sys

import numpy as np
import torch
from torch import nn


def frame():
    """The reader from the Emerald gates, with what it learned there, and in the mode it was made in."""
    reader = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(128, 10),
    )
    reader.load_state_dict(torch.load("gates.pt", weights_only=True))
    return reader


def pack(reader, path):
    """Leave `reader` in the one file `path`, as ONNX."""


def differences(reader, path, sizes):
    """For each of `sizes`, so many slates: the largest difference between `reader` here and `path` in the air."""
    return {}


reader = frame()
pack(reader, "balloon.onnx")
worst = differences(reader, "balloon.onnx", (1, 7, 60))
print(worst)
