import json

import torch
from torch import nn


def pack(level, model, names, path):
    whole = nn.Sequential()
    whole.add_module("level", level)
    whole.add_module("model", model)
    whole.train(False)
    example = torch.stack([level.mean, level.mean, level.mean])
    program = torch.export.export(
        whole,
        (example,),
        dynamic_shapes=[{0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.STATIC}],
    )
    torch.export.save(program, path, extra_files={"names.json": json.dumps(names, indent=1)})


def unpack(path):
    extra = dict.fromkeys(["names.json"], "")
    answer = torch.export.load(path, extra_files=extra).module()
    return answer, json.loads(extra.pop("names.json"))
