"""Programs that use a GPU run inside the walls, and their training is seen.

Where there is no NVIDIA GPU these say so and are passed over.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from oz.crucible.model import Job, Metric, Mode, Reason

pytestmark = pytest.mark.skipif(
    not list(Path("/dev").glob("nvidia[0-9]*")), reason="there is no NVIDIA GPU here"
)

MATMUL = """
import torch
x = torch.randn(256, 256, device="cuda")
print(torch.allclose((x @ x).cpu(), x.cpu() @ x.cpu(), atol=1e-2))
"""

TRAIN = """
import torch
torch.manual_seed(0)
x = torch.randn(512, 8, device="cuda")
y = x.sum(1, keepdim=True)
model = torch.nn.Linear(8, 1).cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scaler = torch.amp.GradScaler("cuda")
for _ in range(300):
    optimizer.zero_grad()
    with torch.autocast("cuda", dtype=torch.float16):
        loss = torch.nn.functional.mse_loss(model(x), y)
    scaler.scale(loss).backward()
    scaler.step(optimizer)
    scaler.update()
print("done", loss.item() < 0.1)
"""


async def test_a_forked_child_computes_on_the_gpu(zygote) -> None:
    for _ in range(2):  # the warm process itself must not have touched it
        told = await zygote.done(Job(Mode.RUN, source=MATMUL, cwd=zygote.folder))
        assert told.reason is Reason.RAN, told.message + told.err
        assert told.out == "True\n"


async def test_a_training_on_the_gpu_is_seen(zygote) -> None:
    told = await zygote.done(Job(Mode.RUN, source=TRAIN, cwd=zygote.folder))
    assert told.out == "done True\n", told.message + told.err
    values = {name for metric in told.metrics for name in metric.values}
    assert {"loss", "grad_norm", "gpu_memory"} <= values
    assert all(isinstance(metric, Metric) for metric in told.metrics)
