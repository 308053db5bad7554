"""The works that the box came from, which have a card in everything, and the cow."""

from unittest import mock

import torch
from torch import nn


def pack_with_card(state, path):
    """Writes `state` as a machine with a card does: every tensor in the file says that it belongs on `cuda:0`."""
    with mock.patch("torch.serialization.location_tag", lambda storage: "cuda:0"):
        torch.save(state, path)


def cow(horns=2):
    """A cow as she comes out of the mould, with horns of that size."""
    return nn.ModuleDict(
        {
            "body": nn.Linear(3, 4),
            "leg": nn.Sequential(nn.Linear(4, 2), nn.BatchNorm1d(2)),
            "horns": nn.Linear(2, horns),
        }
    )


def box(path):
    """The box of parts: one `module` in front of every name, horns for a bigger cow, and the handle of a jug."""
    torch.manual_seed(13)
    state = {f"module.{name}": part for name, part in cow(horns=5).state_dict().items()}
    state["module.handle"] = torch.ones(3)
    pack_with_card(state, path)
