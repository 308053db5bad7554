import io
import json

import torch
from torch import nn
from torch.export import Dim


class Whole(nn.Module):
    def __init__(self, level, model):
        super().__init__()
        self.level, self.model = level, model

    def forward(self, rows):
        return self.model(self.level(rows))


def pack(level, model, names, path):
    model.eval()
    whole = Whole(level, model).eval()
    columns = level.mean.numel()
    with torch.no_grad():
        program = torch.export.export(
            whole, (torch.randn(5, columns),), dynamic_shapes={"rows": (Dim("n"), columns)}
        )
    torch.export.save(program, path, extra_files={"names.json": json.dumps(list(names))})


def unpack(path):
    extra = {"names.json": ""}
    with open(path, "rb") as file:
        program = torch.export.load(io.BytesIO(file.read()), extra_files=extra)
    return program.module(), json.loads(extra["names.json"])
