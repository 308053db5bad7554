"""Whether `GPT2Block` does what was asked, where TorchCode's own checks do not look."""

import torch
from torch import nn

from oz.trial import require, same
from oz.trial.against import near, numbers

# --- TorchCode's own checks stand here ---


F = torch.nn.functional


def _made(spell, rng, d=12, h=3, length=6):
    block = spell.GPT2Block(d_model=d, num_heads=h)
    block.eval()
    with torch.no_grad():
        for p in block.parameters():
            p.add_(0.3 * numbers(rng, *p.shape))
    return block, 2 * numbers(rng, 2, length, d)


def _watched(block, x):
    """What goes into `ln1`, `ln2` and `mlp`, and comes out of them, in order of the calls."""
    seen = []
    hooks = [
        getattr(block, name).register_forward_hook(lambda m, i, o, name=name: seen.append((name, i[0].clone(), o.clone())))
        for name in ("ln1", "ln2", "mlp")
    ]
    with torch.no_grad():
        out = block(x)
    for hook in hooks:
        hook.remove()
    return out, seen


def test_stream(spell, rng):
    """the norms stand before the halves, and each half is added to what came in"""
    block, x = _made(spell, rng)
    out, seen = _watched(block, x)
    order = [name for name, _, _ in seen]
    require(order == ["ln1", "ln2", "mlp"], "`ln1`, `ln2` and `mlp` called in this order", ", ".join(order) or "none of them",
            mistakes={"swapped": order[:1] == ["ln2"], "post-norm": True})
    one, two, three = seen
    same(one[1], x, "what `ln1` is given", mistakes={"post-norm": True})
    same(three[1], two[2], "what `mlp` is given, against what comes out of `ln2`", mistakes={"post-norm": True})
    same(out, two[1] + three[2], "what comes out", atol=1e-4,
         mistakes={"not-residual": lambda t: near(t, three[2]), "post-norm": True})


def _half(block, x):
    """What the attention adds, from outside."""
    _, seen = _watched(block, x)
    return next(i for name, i, _ in seen if name == "ln2") - x


def test_attention(spell, rng):
    """the first half: who sees whom, and that shares depend on who asks"""
    block, x = _made(spell, rng)
    base = _half(block, x)
    for place in range(6):
        other = x.clone()
        other[:, place] = numbers(rng, 12)
        moved = ((_half(block, other) - base).abs().amax(-1) > 1e-5)[0].tolist()
        require(not any(moved[:place]), f"token {place} unseen before it", "seen", mistakes={"sees-ahead": True})
        require(all(moved[place:]), f"token {place} heard of from there on", "unheard", mistakes={"no-attention": True})
    with torch.no_grad():
        normed = [2 * numbers(rng, 1, 1, 12) for _ in range(3)]
    # For equal tokens the shares make no difference, and the first half minus itself is nothing.
    alike = x[:, :1].expand(2, 6, 12)
    half = _half(block, alike)
    same(half, half[:, :1].expand_as(half), "the first half for six equal tokens", atol=1e-4, mistakes={"not-residual": True, "no-attention": False})
    # Who asks: of the same two tokens before, another asker takes other shares.
    a, b, c = normed
    first = _half(block, torch.cat([a, b, a], 1))[:, 2]
    second = _half(block, torch.cat([b, a, a], 1))[:, 2]
    same(first, second, "the first half of a token, with the two before it changed about", atol=1e-4, mistakes={"mean-attention": True})
    rows = [_half(block, torch.cat([a, b, t], 1))[:, 2] - _half(block, torch.cat([a, a, t], 1))[:, 2] for t in (a, c)]
    same_shares = near(rows[0], rows[1], 1e-5)
    require(not same_shares, "shares that depend on who asks", "the same for every asker", mistakes={"mean-attention": True})


def test_bare(spell, rng):
    """the first half is added to the bare input"""
    block, x = _made(spell, rng)
    with torch.no_grad():
        wide = _half(block, x + 7)  # a norm does not see that everything has been moved
    same(wide, _half(block, x), "the first half of x + 7", atol=1e-3, mistakes={"not-residual": True})


def test_bend(spell, rng):
    """the `mlp` bends with GELU"""
    block, x = _made(spell, rng)
    one, two = [m for m in block.mlp.modules() if isinstance(m, nn.Linear)][:2]
    x = 0.5 * x
    with torch.no_grad():
        got = block.mlp(x)
        exact, tanh = (two(F.gelu(one(x), approximate=how)) for how in ("none", "tanh"))
    if not near(got, tanh, 1e-5):
        same(got, exact, "mlp(x)", atol=1e-4, mistakes={"relu": True})


def test_heads(spell, rng):
    """several heads are not one"""
    block, x = _made(spell, rng)
    one = spell.GPT2Block(d_model=12, num_heads=1)
    one.load_state_dict(block.state_dict())
    one.eval()
    with torch.no_grad():
        require(not torch.allclose(one(x), block(x), atol=1e-4), "three heads that differ from one", "the same", mistakes={"one-head": True})
