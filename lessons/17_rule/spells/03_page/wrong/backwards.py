# mistake: backwards
import cProfile
import pstats
import torch
from torch import nn


def make():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


class Reader:
    def __init__(self, path):
        self.frame = make()
        self.frame.load_state_dict(torch.load(path, weights_only=True))
        self.frame.eval()
        self.answered = 0

    @torch.inference_mode()
    def read(self, slates):
        doors = self.frame(slates).argmax(dim=1).tolist()
        self.answered += len(doors)
        return doors


def where(work, top=3):
    profile = cProfile.Profile()
    try:
        profile.enable()
        work()
    finally:
        profile.disable()
    seen = pstats.Stats(profile).get_stats_profile().func_profiles
    return sorted(seen, key=lambda name: seen[name].tottime)[:top]
