"""The side road: TorchCode's problems as lessons of Oz, where ``torch-judge`` is installed.

`lessons` gives a lessons folder, made from what lies in ``stones/`` (rooms, briefings, starters,
model answers, trials: ours) and from what the installed ``torch_judge`` says of each problem: its
title, its hint, its checks, copied into the player's cache and nowhere else. Nothing of torch_judge
is imported, and nothing here imports torch.
"""

from oz.side_road.make import lessons
from oz.side_road.package import NotInstalled

__all__ = ["NotInstalled", "lessons"]
