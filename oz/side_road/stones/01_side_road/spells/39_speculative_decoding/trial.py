"""Whether `speculative_decode` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require

# --- TorchCode's own checks stand here ---


TARGET = torch.tensor([0.5, 0.3, 0.15, 0.05])
DRAFT = torch.tensor([0.1, 0.2, 0.3, 0.4])


def _first(spell, times, target=TARGET, draft=DRAFT):
    counts = torch.zeros(4)
    drafted = torch.multinomial(draft, times, replacement=True)
    for token in drafted:
        got = spell.speculative_decode(target[None], draft[None], token[None])
        require(len(got) == 1, "one token for one that was drafted", f"{got}", mistakes={"drops": not got, "goes-on": True})
        counts[int(got[0])] += 1
    return counts / times


def test_chance(spell):
    """a drafted token is accepted by chance, as often as it should be"""
    for token, chance in ((0, 1.0), (2, 0.5), (3, 0.125)):
        kept = sum(spell.speculative_decode(TARGET[None], DRAFT[None], torch.tensor([token])) == [token] for _ in range(800)) / 800
        require(abs(kept - chance) < 0.07, f"token {token} kept in a share of {chance}", f"{kept:.3f}",
                mistakes={"upside-down": chance == 1.0, "accepts-all": kept > 0.99, "largest": kept == 0.0, "from-target": chance < kept < 0.9, "drops": True})


def test_stops(spell):
    """after a refusal comes one token, and no more"""
    sure = torch.tensor([1.0, 0.0, 0.0, 0.0])
    other = torch.tensor([0.0, 0.0, 0.0, 1.0])
    target, draft = torch.stack([sure, sure, sure]), torch.stack([sure, other, sure])
    got = spell.speculative_decode(target, draft, torch.tensor([0, 3, 0]))
    require([int(t) for t in got] == [0, 0], "[0, 0]: the second refused, drawn anew, the third not looked at", f"{got}",
            mistakes={"drops": len(got) < 2, "accepts-all": 3 in got, "goes-on": True})
    got = spell.speculative_decode(target, target, torch.tensor([0, 0, 0]))
    require([int(t) for t in got] == [0, 0, 0], "[0, 0, 0]", f"{got}", mistakes={"drops": True})


def test_chances(spell):
    """with tokens from the draft, what comes out has the target's chances"""
    got = _first(spell, 2500)
    accept = (TARGET / DRAFT).clamp(max=1)
    kept = DRAFT * accept
    refused = 1 - kept.sum()
    others = {
        "accepts-all": DRAFT,
        "from-target": kept + refused * TARGET,
        "largest": kept + refused * torch.tensor([1.0, 0, 0, 0]),
        "upside-down": None,
    }
    off = (got - TARGET).abs().max().item()
    near_to = {id: o is not None and (got - o).abs().max().item() < 0.04 for id, o in others.items()}
    words = ", ".join(f"{c:.2f}" for c in got)
    require(off < 0.04, "chances " + ", ".join(f"{c:.2f}" for c in TARGET), words, mistakes=near_to | {"upside-down": True})
