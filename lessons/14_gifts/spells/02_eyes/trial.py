"""Whether what was borrowed sees as it did, keeps still, and has a head of its own, for states nobody has seen."""

import copy

import torch
from torch import nn

from oz.trial import require, same

BODY = tuple(
    f"{layer}.{part}"
    for layer in (0, 1, 4, 5)
    for part in ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")
    if layer in (1, 5) or part in ("weight", "bias")
)


def frame(kinds):
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(128, kinds),
    )  # fmt: skip


def learned(seed, kinds=10):
    """A frame with something in it, its levels too, and its `state_dict`, apart from it."""
    torch.manual_seed(seed)
    model = frame(kinds)
    for turn in range(3):
        model(torch.rand(20, 1, 8, 8) * (turn + 1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return model.eval(), {name: entry.clone() for name, entry in model.state_dict().items()}


def lent(spell, state, kinds, words):
    """What `borrow` gives, if it is a frame with a head of that size."""
    asked = dict(state)
    try:
        got = spell.borrow(state, kinds)
    except RuntimeError as error:
        said = str(error)
        require(
            False,
            f"a frame from {words}",
            "`RuntimeError`",
            mistakes={
                "head-too": "size mismatch for 9" in said,
                "names-missing": "Missing key" in said,
            },
        )
    require(
        set(state) == set(asked),
        "the `state` as it was handed over",
        "some of its entries are gone",
        mistakes={"state-robbed": True},
    )
    require(
        isinstance(got, nn.Sequential) and len(got) == 10 and isinstance(got[9], nn.Linear),
        f"the ten layers of the frame, from {words}",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    require(
        got[9].out_features == kinds,
        f"a head for {kinds}",
        f"a head for {got[9].out_features}",
        mistakes={"head-too": True},
    )
    return got


def test_body(spell, rng):
    """`borrow` brings all that the body has learned, levels and all, and leaves the `state` alone"""
    for kinds in (3, 10, 7):
        _, state = learned(int(rng.integers(1000)))
        before = {name: entry.clone() for name, entry in state.items()}
        got = lent(spell, state, kinds, f"borrow(state, {kinds})").state_dict()
        unlike = [name for name in BODY if not torch.equal(got[name], before[name])]
        require(
            not unlike,
            "every entry of layers 0 to 8 as it is in the `state`",
            f"`{'`, `'.join(unlike[:4])}` {'is' if len(unlike) == 1 else 'are'} other",
            mistakes={
                "levels-left": bool(unlike) and all("running" in n or "batches" in n for n in unlike),
                "nothing-yet": len(unlike) == len(BODY) and not spell.calls("load_state_dict"),
                "nothing-loaded": True,
            },
        )


def test_sees(spell, rng):
    """the borrowed frame sees what the lender's sees, and the head has a say for each kind"""
    for kinds in (3, 10):
        lender, state = learned(int(rng.integers(1000)))
        got = lent(spell, state, kinds, f"borrow(state, {kinds})")
        x = torch.tensor(rng.random(size=(4, 1, 8, 8)), dtype=torch.float32)
        with torch.no_grad():
            asked = lender[:9](x)
            seen = got[:9].eval()(x)
            same(
                seen,
                asked,
                "what layers 0 to 8 make of slips",
                rtol=1e-4,
                atol=1e-5,
                mistakes={"levels-left": spell.calls("load_state_dict")},
            )
            said = tuple(got.eval()(x).shape)
        require(said == (4, kinds), f"`{(4, kinds)}` from the whole frame", f"`{said}`")


def test_head(spell, rng):
    """the head is new, even where the old one would have fitted"""
    _, state = learned(int(rng.integers(1000)))
    for kinds in (4, 10):
        got = lent(spell, state, kinds, f"borrow(state, {kinds})")
        require(
            kinds != 10 or not torch.equal(got[9].weight, state["9.weight"]),
            "a new head",
            "that of the `state`, which knows another question",
            mistakes={"old-head": True},
        )
        require(
            bool(got[9].weight.detach().std() > 0) or bool((got[9].weight == 0).all()),
            "a head with numbers in it",
            "something else",
        )


def test_frozen(spell, rng):
    """the body wants no gradient, the head does, and the frame is in eval mode"""
    _, state = learned(int(rng.integers(1000)))
    got = lent(spell, state, 5, "borrow(state, 5)")
    head = [p.requires_grad for p in got[9].parameters()]
    body = [p.requires_grad for p in got[:9].parameters()]
    require(
        not any(body),
        "no parameter of the body that wants a gradient",
        f"{sum(body)} of {len(body)} want one",
        mistakes={"not-frozen": all(body), "half-frozen": True},
    )
    require(all(head), "a head that can learn", "a frozen one", mistakes={"head-frozen": True})
    require(
        not any(part.training for part in got.modules()),
        "the frame in eval mode",
        "in training mode",
        mistakes={"training": True},
    )


def test_own(spell, rng):
    """what the borrowed frame does later does not change the `state`"""
    _, state = learned(int(rng.integers(1000)))
    before = {name: entry.clone() for name, entry in state.items()}
    got = lent(spell, state, 3, "borrow(state, 3)")
    with torch.no_grad():
        for entry in got.state_dict().values():
            entry.add_(1)
    changed = [name for name, entry in state.items() if not torch.equal(entry, before[name])]
    require(
        not changed,
        "a frame with numbers of its own",
        f"`{changed[0] if changed else ''}` of the `state` changes with it",
        mistakes={"aliased": True},
    )


def test_sight(spell, rng):
    """`sight` gives what the body makes of slips, (N, 128), by the remembered levels and with nothing recorded"""
    for mode, n in ((False, 6), (True, 9), (True, 1)):
        model, _ = learned(int(rng.integers(1000)))
        x = torch.tensor(rng.random(size=(n, 1, 8, 8)), dtype=torch.float32)
        with torch.no_grad():
            asked, logits, square = model[:9](x), model(x), model[:8](x)
        before = copy.deepcopy(model.state_dict())
        model.train(mode)
        got = spell.sight(model, x)
        words = f"sight(model, x), {n} slips, the model in {'training' if mode else 'eval'} mode"
        stirred = [k for k, v in model.state_dict().items() if not torch.equal(v, before[k])]
        require(
            not stirred,
            "levels that looking does not change",
            f"`{stirred[0] if stirred else ''}` is other",
            mistakes={"by-company": True},
        )
        same(
            got.detach() if isinstance(got, torch.Tensor) else got,
            asked,
            words,
            rtol=1e-4,
            atol=1e-5,
            mistakes={
                "with-head": lambda t, o=logits: t.shape == o.shape,
                "not-flat": lambda t, o=square: t.shape == o.shape,
                "by-company": mode,
            },
        )
        require(
            all(p.requires_grad for p in model.parameters()),
            "parameters that want what they wanted",
            "some that were frozen by looking",
            mistakes={"frozen-for-good": True},
        )
        require(not got.requires_grad, "nothing recorded", "a graph", mistakes={"recorded": True})
        modes = {part.training for part in model.modules()}
        require(
            modes == {mode},
            f"the model in {'training' if mode else 'eval'} mode, as it was",
            "in the other, or in part",
            mistakes={"mode-left": True},
        )
