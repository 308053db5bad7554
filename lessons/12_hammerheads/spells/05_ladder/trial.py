"""Whether a ladder raises, brings down, leaves out and finds its height, over sequences nobody has seen."""

import math

import torch

from oz.trial import require, same


def made(spell, height=1024.0, growth=2.0, backoff=0.5, patience=3):
    return spell.Ladder(height, growth, backoff, patience)


def parameters(rng, *shapes):
    return [torch.nn.Parameter(torch.tensor(rng.normal(size=s), dtype=torch.float32)) for s in shapes]


def _raised(ladder, loss):
    got = ladder.scale(loss)
    require(
        isinstance(got, torch.Tensor),
        "a tensor from `scale`",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    return got


def _step(ladder, optimizer):
    got = ladder.step(optimizer)
    got = got.item() if isinstance(got, torch.Tensor) and got.numel() == 1 else got
    require(
        isinstance(got, bool),
        "`True` or `False` from `step`",
        f"`{got!r}`"[:60],
        mistakes={"tells-nothing": got is None},
    )
    return got


def _height(ladder):
    height = ladder.height
    return float(height)


def test_raises(spell, rng):
    """`scale(loss)` is the loss, raised by the height it stands at, and still tied to its graph"""
    for height in (1.0, 8.0, float(2 ** rng.integers(5, 12))):
        x = torch.tensor(rng.normal(size=4), dtype=torch.float32, requires_grad=True)
        loss = x.square().sum()
        low = loss.detach().clone()
        got = _raised(made(spell, height), loss)
        same(
            got.detach(),
            low * height,
            f"scale(loss) at a height of {height:g}",
            mistakes={"not-raised": lambda t, low=low: torch.equal(t, low)},
        )
        require(
            torch.equal(loss.detach(), low),
            "the loss itself left as low as it is",
            f"raised to {loss.item():.4g}",
            mistakes={"raised-in-place": True},
        )
        require(got.requires_grad, "a `grad_fn`", "none", mistakes={"cut-off": True})
        got.backward()
        same(x.grad, 2 * x.detach() * height, "the gradient of x")


def _trained(spell, rng, make, height, steps=4):
    """A few steps with a ladder, and the same ones without, in two optimizers of one make."""
    a, b = parameters(rng, (3, 2), (4,))
    idle = torch.nn.Parameter(torch.ones(2))
    mine, plain = [a, b], [torch.nn.Parameter(p.detach().clone()) for p in (a, b)]
    groups = [{"params": [mine[0], idle]}, {"params": [mine[1]]}]
    first = [p.detach().clone() for p in plain]
    optimizer, other = make(groups), make(plain)
    ladder = made(spell, height, patience=100)
    for _ in range(steps):
        target = torch.tensor(rng.normal(size=4), dtype=torch.float32)
        for params, opt, up in ((mine, optimizer, True), (plain, other, False)):
            opt.zero_grad()
            loss = (params[0].sum() + params[1] - target).square().mean()
            if up:
                _raised(ladder, loss).backward()
                stepped = _step(ladder, optimizer)
                require(stepped, "`True`, for a step that was taken", f"`{stepped}`", mistakes={"upside-down": True})
            else:
                loss.backward()
                opt.step()
    return mine, plain, first, idle


def test_down(spell, rng):
    """`step` brings the gradients down again and steps as if there had been no ladder"""
    for height in (1024.0, 65536.0):
        for make in (
            lambda p: torch.optim.SGD(p, lr=0.05),
            lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9),
            lambda p: torch.optim.SGD(p, lr=0.02, weight_decay=0.1),
        ):
            mine, plain, first, idle = _trained(spell, rng, make, height)
            for got, asked, start in zip(mine, plain, first, strict=True):
                away = (got - asked).abs().max().item()
                same(
                    got.detach(),
                    asked.detach(),
                    f"a parameter after four steps at a height of {height:g}",
                    rtol=1e-4,
                    atol=1e-5,
                    mistakes={"not-down": not away < 10, "no-step": torch.equal(got, start)},
                )
            same(idle.detach(), torch.ones(2), "a parameter that has no gradient")


BURST = (math.inf, -math.inf, math.nan)


def test_left_out(spell, rng):
    """when any gradient has burst, the step is left out altogether: no parameter and no momentum moves"""
    for which in (None, 0, 1, 2):
        for what in BURST:
            params = parameters(rng, (3,), (2, 2), (5,))
            optimizer = torch.optim.SGD([{"params": params[:1]}, {"params": params[1:]}], lr=0.1, momentum=0.9)
            ladder = made(spell, patience=50)
            for p in params:
                p.grad = torch.ones_like(p)
            _step(ladder, optimizer)
            before = [p.detach().clone() for p in params]
            for p in params:
                p.grad = torch.full_like(p, 1024.0)
            for p in params if which is None else [params[which]]:
                p.grad.view(-1)[-1] = what
            stepped = _step(ladder, optimizer)
            still = all(torch.equal(p, b) for p, b in zip(params, before, strict=True))
            finite = all(bool(p.isfinite().all()) for p in params)
            require(
                still,
                f"nothing to move when a gradient has a `{what}` in it",
                "something moved",
                mistakes={
                    "nan-not-seen": math.isnan(what) and not finite,
                    "stepped-through": not finite and which is None,
                    "not-all-looked-at": not finite,
                    "steps-anyway": finite,
                },
            )
            require(not stepped, "`False`, for a step that was left out", "`True`", mistakes={"says-stepped": True})
            for p in params:
                p.grad = torch.full_like(p, _height(ladder))
            _step(ladder, optimizer)
            # The momentum of the first step was 1/1024; this step's gradient is 1, brought down.
            same(
                params[0].detach(),
                before[0] - 0.1 * (0.9 / 1024 + 1.0),
                "a parameter after the next step",
                rtol=1e-4,
                atol=1e-5,
                mistakes={"steps-anyway": True},
            )


def heights(luck, height, growth, backoff, patience, *, reset=True, again=True):
    """The height after every step: True for one that went well."""
    found, clean = [], 0
    for well in luck:
        if well:
            clean += 1
            if clean == patience or (not again and clean > patience):
                height, clean = height * growth, 0 if again else clean
        else:
            height, clean = height * backoff, 0 if reset else clean
        found.append(height)
    return found


def test_heights(spell, rng):
    """the height: lower after each step left out, higher after `patience` good ones in a row"""
    for growth, backoff, patience in ((2.0, 0.5, 3), (4.0, 0.25, 2), (2.0, 0.5, 1), (1.5, 0.5, 5)):
        luck = [bool(v) for v in rng.random(24) < 0.75]
        luck = [True] * (patience - 1) + [False] + [True] * (2 * patience) + luck
        (p,) = parameters(rng, (2,))
        optimizer = torch.optim.SGD([p], lr=1e-6)
        ladder = made(spell, 256.0, growth, backoff, patience)
        got = []
        for well in luck:
            p.grad = torch.full_like(p, 1.0 if well else math.inf)
            _step(ladder, optimizer)
            got.append(_height(ladder))
        asked = heights(luck, 256.0, growth, backoff, patience)
        first = next((i for i, (a, c) in enumerate(zip(got, asked, strict=True)) if not math.isclose(a, c)), None)
        if first is None:
            continue
        story = "".join("." if well else "!" for well in luck[: first + 1])
        require(
            False,
            f"a height of {asked[first]:g} after `{story}` (. went well, ! was left out; growth {growth:g}, "
            f"backoff {backoff:g}, patience {patience})",
            f"{got[first]:g}",
            mistakes={
                "stays-put": len(set(got)) == 1,
                "never-lower": got == heights(luck, 256.0, growth, 1.0, patience),
                "never-higher": got == heights(luck, 256.0, 1.0, backoff, patience),
                "count-goes-on": got == heights(luck, 256.0, growth, backoff, patience, reset=False),
                "grows-every-time": got == heights(luck, 256.0, growth, backoff, patience, again=False)
                or got == heights(luck, 256.0, growth, backoff, 1),
                "one-off": got
                in (
                    heights(luck, 256.0, growth, backoff, patience + 1),
                    heights(luck, 256.0, growth, backoff, max(1, patience - 1)),
                ),
            },
        )


def test_right_height(spell, rng):
    """and what was raised by one height is brought down by the same"""
    (p,) = parameters(rng, (3,))
    optimizer = torch.optim.SGD([p], lr=1.0)
    ladder = made(spell, 8.0, patience=1)
    for _ in range(5):
        before = p.detach().clone()
        optimizer.zero_grad()
        _raised(ladder, p.sum()).backward()
        _step(ladder, optimizer)
        same(p.detach(), before - 1.0, "a parameter after a step of 1", mistakes={"other-height": True})


def test_knock(spell):
    """a knock of a hundred-millionth, through `float16`, arrives"""
    weight = torch.nn.Parameter(torch.tensor(1.0))
    optimizer = torch.optim.SGD([weight], lr=1e4)
    ladder = made(spell, 1024.0)
    narrow = weight.to(torch.float16) * 1e-4
    _raised(ladder, narrow.float() * 1e-4).backward()
    _step(ladder, optimizer)
    same(
        weight.detach(),
        torch.tensor(1.0 - 1e-4),
        "the weight after a step of 10,000 times the knock",
        rtol=1e-6,
        atol=0.0,
    )


def test_defaults(spell):
    """`Ladder()` stands at 65536, doubles after 2000 and halves"""
    got = [_height(spell.Ladder())]
    ladder, p = spell.Ladder(), torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([p], lr=0.0)
    p.grad = torch.ones_like(p)
    for _ in range(1999):
        ladder.step(optimizer)
    before = _height(ladder)
    ladder.step(optimizer)
    after = _height(ladder)
    require(
        before == 65536 and after == 131072,
        "65536 for 1999 good steps, and 131072 after the next",
        f"{before:g} and {after:g}",
        mistakes={"other-defaults": True},
    )
    ladder = spell.Ladder(patience=1)
    p = torch.nn.Parameter(torch.ones(1))
    for grad in (1.0, math.inf, math.inf):
        p.grad = torch.full_like(p, grad)
        ladder.step(torch.optim.SGD([p], lr=0.0))
        got.append(_height(ladder))
    same(got, [65536.0, 131072.0, 65536.0, 32768.0], "the heights", mistakes={"other-defaults": True})
    require(
        not spell.calls("torch.amp.GradScaler") and not spell.calls("torch.cuda.amp.GradScaler"),
        "a ladder made by hand",
        "`GradScaler`",
        mistakes={"ready-made": True},
    )
