"""Whether `LoRALinear` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require, same
from oz.trial.against import agrees, numbers

# --- TorchCode's own checks stand here ---


def test_begins(spell, rng):
    """at the start it is the frozen layer, and A is not 0"""
    for rank in (1, 4):
        layer = spell.LoRALinear(6, 5, rank)
        require(bool((layer.lora_B == 0).all()), "a B of noughts", "another")
        require(bool((layer.lora_A != 0).any()), "an A that is not 0", "noughts", mistakes={"both-zero": True})
        learns = {name for name, p in layer.named_parameters() if p.requires_grad}
        require({"lora_A", "lora_B"} <= learns, "`lora_A` and `lora_B` among the parameters that learn", ", ".join(sorted(learns)) or "none",
                mistakes={"not-parameters": "lora_A" not in dict(layer.named_parameters()), "not-frozen": True})
        require(learns == {"lora_A", "lora_B"}, "no other parameter that learns", ", ".join(sorted(learns)), mistakes={"not-frozen": True})


def test_values(spell, rng):
    """ranks and alphas of every size, with both factors moved"""
    for rank, alpha in ((1, 1.0), (2, 1.0), (4, 16.0), (3, 0.5)):
        layer = spell.LoRALinear(6, 5, rank, alpha=alpha)
        with torch.no_grad():
            layer.lora_A.copy_(numbers(rng, rank, 6))
            layer.lora_B.copy_(numbers(rng, 5, rank))

        def way(x, scale, layer=layer):
            return layer.linear(x) + x @ layer.lora_A.T @ layer.lora_B.T * scale

        for shape in ((6,), (3, 6), (2, 2, 6)):
            agrees(
                layer, lambda x: way(x, alpha / rank), (numbers(rng, *shape),), f"the layer of rank {rank}, alpha {alpha},",
                weights=[layer.lora_A, layer.lora_B], uneven="no-slope", atol=1e-4,
                mistakes={"alpha-dropped": lambda x: way(x, 1), "no-slope": lambda x: None},
            )


def test_default(spell, rng):
    """without `alpha` it is 1"""
    layer = spell.LoRALinear(4, 3, 2)
    with torch.no_grad():
        layer.lora_B.copy_(numbers(rng, 3, 2))
    x = numbers(rng, 2, 4)
    want = layer.linear(x) + x @ layer.lora_A.T @ layer.lora_B.T / 2
    same(layer(x).detach(), want.detach(), "LoRALinear(4, 3, 2)(x)", rtol=1e-3, mistakes={"alpha-dropped": True})


def test_walks(spell, rng):
    """it learns, and what is frozen stays"""
    layer = spell.LoRALinear(5, 4, 2, alpha=2.0)
    frozen = layer.linear.weight.clone()
    x, y = numbers(rng, 30, 5), numbers(rng, 30, 4)
    optimizer = torch.optim.SGD([p for p in layer.parameters() if p.requires_grad], lr=0.1)
    losses = []
    for _ in range(40):
        loss = (layer(x) - y).square().mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    require(losses[-1] < 0.97 * losses[0], "a loss that falls", f"{losses[0]:.3f} to {losses[-1]:.3f}", mistakes={"both-zero": True})
    require(torch.equal(frozen, layer.linear.weight), "a frozen weight", "a moved one", mistakes={"not-frozen": True})
