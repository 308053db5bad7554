"""The machines of `oz.trial.machines` say what such machines say, and leave nothing behind."""

from pathlib import Path

import pytest
import torch

from oz.trial import CheckFailed
from oz.trial.machines import APPLE, MACHINES, NVIDIA, PLAIN, WITHOUT, Machine

PROGRAM = Path("program.py")
ROBUST = """
import torch

where = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
water = torch.ones(4).to(where)
model = torch.nn.Linear(4, 1).to(where)
made = torch.zeros(2, device=where)
print(water, f"{model(water).item():.2f}", water.tolist(), made.cpu().numpy())
assert water.device.type == made.device.type == model.weight.device.type == where.type
"""


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_a_robust_program_runs_everywhere(machine: Machine) -> None:
    with machine.playing(ROBUST, PROGRAM) as run:
        assert run.where == machine.device
        assert run.water.device.type == machine.device.type
        assert torch.accelerator.is_available() is (machine.has is not None)


@pytest.mark.parametrize(
    ("machine", "line", "says"),
    [
        (WITHOUT, "torch.ones(2, device='cuda')", "NVIDIA driver"),
        (PLAIN, "torch.ones(2).cuda()", "NVIDIA driver"),
        (APPLE, "torch.nn.Linear(2, 2).to('cuda')", "NVIDIA driver"),
        (NVIDIA, "torch.ones(2).to('mps')", "MPS"),
        (APPLE, "torch.ones(2, dtype=torch.float64).to('mps')", "float64"),
        (NVIDIA, "torch.ones(2) + torch.ones(2, device='cuda')", "cuda"),
        (WITHOUT, "torch.ones(2).to(torch.accelerator.current_accelerator())", "NVIDIA driver"),
    ],
)
def test_what_such_a_machine_refuses_is_refused(machine: Machine, line: str, says: str) -> None:
    with (
        pytest.raises(CheckFailed, match=says) as caught,
        machine.playing(f"import torch\n{line}\n", PROGRAM, {"known": lambda e: True}),
    ):
        pass
    assert machine.name in caught.value.message
    assert caught.value.mistake == "known"


def test_both_in_one_call_reaches_a_mac() -> None:
    line = "import torch\nx = torch.ones(2, dtype=torch.float64).to('mps', torch.float32)\n"
    with APPLE.playing(line, PROGRAM) as run:
        assert run.x.dtype == torch.float32


def test_nothing_is_left_behind() -> None:
    before = (torch.accelerator.is_available, torch.cuda.is_available, torch.get_default_dtype())
    unruly = (
        "import torch\ntorch.set_default_device('cuda')\ntorch.set_default_dtype(torch.float64)"
    )
    with NVIDIA.playing(unruly, PROGRAM):
        pass
    after = (torch.accelerator.is_available, torch.cuda.is_available, torch.get_default_dtype())
    assert before == after
    assert torch.ones(1).device.type == "cpu"
