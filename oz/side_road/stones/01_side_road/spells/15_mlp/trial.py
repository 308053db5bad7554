"""Whether `SwiGLUMLP` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def test_values(spell, rng):
    """any axes before the last, and every gradient"""
    for d, wide, shape in ((4, 7, (3,)), (6, 5, (2, 3)), (1, 2, (2, 2, 2)), (3, 4, ())):
        mlp = spell.SwiGLUMLP(d, wide)
        mlp = mlp.train()
        wrong = {
            "sigmoid-gate": lambda x: mlp.down_proj(mlp.gate_proj(x).sigmoid() * mlp.up_proj(x)),
            "wrong-branch": lambda x: mlp.down_proj(mlp.gate_proj(x) * F.silu(mlp.up_proj(x))),
            "gelu-gate": lambda x: mlp.down_proj(F.gelu(mlp.gate_proj(x)) * mlp.up_proj(x)),
        }
        agrees(mlp, lambda x: mlp.down_proj(F.silu(mlp.gate_proj(x)) * mlp.up_proj(x)), (3 * numbers(rng, *shape, d),),
               f"SwiGLUMLP({d}, {wide})(x)", weights=mlp.parameters(), uneven="no-slope", mistakes=wrong)


def test_parameters(spell):
    """its parameters are found, and may be moved"""
    mlp = spell.SwiGLUMLP(4, 6)
    have = {name.split(".")[0] for name, _ in mlp.named_parameters()}
    require({"gate_proj", "up_proj", "down_proj"} <= have, "the parameters of three layers", ", ".join(sorted(have)) or "none", mistakes={"not-linear": True})
    got = mlp.double()(torch.ones(2, 4, dtype=torch.float64))
    require(got.dtype == torch.float64, "`torch.float64` after `double()`", f"`{got.dtype}`", mistakes={"not-linear": True})


def test_large(spell):
    """gates that are wide open, and shut"""
    mlp = spell.SwiGLUMLP(2, 3)
    x = torch.tensor([[300.0, -300.0], [-300.0, 300.0]])
    same(mlp(x).detach(), mlp.down_proj(F.silu(mlp.gate_proj(x)) * mlp.up_proj(x)).detach(), "SwiGLUMLP(2, 3)(x)", rtol=1e-3,
         mistakes={"gelu-gate": True})
