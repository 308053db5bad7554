"""Whether the Scarecrow is stuffed so that each layer learns, holds, follows and can be found again."""

import pytest
import torch

from oz.trial import require, same, shares_storage


@pytest.fixture(autouse=True)
def recording():
    """Recording is on before each check, whatever an earlier one left behind."""
    torch.set_grad_enabled(True)
    yield
    torch.set_grad_enabled(True)


def _sizes(rng):
    return [
        [2, 16, 1],
        [3, 2],
        [1, 1],
        rng.integers(1, 7, size=3).tolist(),
        rng.integers(2, 6, size=5).tolist(),
    ]


def _body(sizes, seed=0):
    """A body with weights and biases that are nowhere nought."""
    generator = torch.Generator().manual_seed(seed)
    return [
        (
            torch.randn(n, m, generator=generator).requires_grad_(),
            (torch.randn(m, generator=generator) * 0.5).requires_grad_(),
        )
        for n, m in zip(sizes, sizes[1:])
    ]


def _numbers(body):
    return [[t.detach().clone() for t in layer] for layer in body]


def _think(body, x):
    for i, (weight, bias) in enumerate(body):
        if i > 0:
            x = torch.relu(x)
        x = x @ weight + bias
    return x


def _parts(body):
    return [t for layer in body for t in layer]


def _slopes(body, x, truth):
    """The error, and the slope of each part, from a body made only for this."""
    own = [[t.detach().clone().requires_grad_() for t in layer] for layer in body]
    loss = ((_think(own, x) - truth) ** 2).mean()
    loss.backward()
    return loss.item(), [[t.grad for t in layer] for layer in own]


def test_stuff(spell, rng):
    """`stuff(sizes, generator)` is a list of pairs of recorded leaves"""
    for sizes in _sizes(rng):
        generator = torch.Generator().manual_seed(9)
        body = spell.stuff(sizes, generator)
        again = spell.stuff(sizes, torch.Generator().manual_seed(9))
        require(
            isinstance(body, (list, tuple)) and len(body) == len(sizes) - 1,
            f"{len(sizes) - 1} layers of sizes `{sizes}`",
            f"{len(body)}" if isinstance(body, (list, tuple)) else f"`{type(body).__name__}`",
        )
        for i, layer in enumerate(body):
            require(len(layer) == 2, "a pair, weight and bias", f"{len(layer)} things")
            n, m = sizes[i], sizes[i + 1]
            for t, what, shape in (
                (layer[0], "weight", (n, m)),
                (layer[1], "bias", (m,)),
            ):
                plain = isinstance(t, torch.Tensor) and t.shape == shape and what == "weight"
                same(
                    t,
                    t.detach().clone() if plain else torch.zeros(shape),
                    f"{what} {i}",
                    requires_grad=True,
                    mistakes={"not-tied": lambda t: not t.requires_grad},
                )
                require(
                    t.is_leaf,
                    f"a leaf for {what} {i}",
                    "something made",
                    mistakes={"stuffed-a-result": True},
                )
                require(t.dtype == torch.float32, "`float32`", f"`{t.dtype}`")
            same(
                again[i][0].detach(),
                layer[0].detach(),
                f"weight {i} from the same seed",
                mistakes={"not-from-the-generator": True},
            )
    many = _parts(spell.stuff([40, 50], torch.Generator().manual_seed(1)))[0].detach()
    require(
        -0.5 <= many.min() < -0.49 and 0.49 < many.max() <= 0.5,
        "weights even between -0.5 and 0.5",
        f"weights between {many.min():.2f} and {many.max():.2f}",
    )
    alone = spell.stuff([2, 3])
    require(len(alone) == 1, "one layer, without a generator too", f"{len(alone)}")
    # 2,000 even draws: the mean strays by 0.0065, the mean square by 0.0017.
    require(
        many.mean().abs() < 0.04 and (many.square().mean() - 1 / 12).abs() < 0.012,
        "weights spread evenly",
        "weights that crowd together",
    )


def test_think(spell, rng):
    """`think(body, x)` is layer after layer, with `relu` between"""
    for seed, sizes in enumerate(_sizes(rng)):
        body = _body(sizes, seed)
        for batch in (1, 5, 0):
            x = torch.randn(batch, sizes[0])
            before, asked = x.clone(), _think(body, x)
            bare = x
            for weight, bias in body:
                bare = bare @ weight + bias
            same(
                spell.think(body, x),
                asked,
                f"think with sizes {sizes}",
                requires_grad=True,
                mistakes={
                    "relu-at-the-end": lambda t, a=asked: torch.allclose(t, torch.relu(a)),
                    "no-relu": lambda t, b=bare: torch.allclose(t, b),
                },
            )
            require(torch.equal(x, before), "`x` as it was", "it was changed")


def test_hold(spell, rng):
    """`hold(body, count)` unties the first layers and ties the others"""
    for sizes in _sizes(rng):
        body = _body(sizes)
        parts, numbers = _parts(body), _numbers(body)
        for count in (len(body), 1, 0, len(body) - 1):
            spell.hold(body, count)
            require(
                all(a is b for a, b in zip(_parts(body), parts)),
                "the same tensors as before",
                "others",
                mistakes={"held-another": True},
            )
            asked = [i >= count for i in range(len(body)) for _ in (0, 1)]
            tied = [t.requires_grad for t in parts]
            require(
                tied == asked,
                f"of {len(body)} layers the first {count} held, the others not",
                f"recorded: `{tied}`, a weight and a bias for each layer",
                mistakes={
                    "held-for-good": any(a and not t for a, t in zip(asked, tied)),
                },
            )
            require(all(t.is_leaf for t in parts), "leaves", "not all of them are")
        same(_numbers(body), numbers, "the numbers in it")


def test_learn(spell, rng):
    """`learn` is one step in place, against the error"""
    moves = spell.has_loop(inside="learn")  # else nothing was tried yet, and nothing lost
    for seed, sizes in enumerate(_sizes(rng)):
        body = _body(sizes, seed)
        parts = _parts(body)
        lr = float(rng.uniform(0.01, 0.1))
        for lesson in range(3):
            x, truth = torch.randn(6, sizes[0]), torch.randn(6, sizes[-1])
            error, slopes = _slopes(body, x, truth)
            before = _numbers(body)
            got = spell.learn(body, x, truth, lr)
            require(
                not isinstance(got, torch.Tensor),
                "a plain `float`",
                "a tensor",
                mistakes={"still-a-tensor": True},
            )
            said = _think(before, x).detach()
            stretched = ((said[:, :1] - truth[:, 0]) ** 2).mean().item()
            same(
                got,
                error,
                "the error before the step",
                rtol=1e-4,
                mistakes={"column-against-row": lambda e, s=stretched: abs(e - s) < 1e-4},
            )
            require(
                all(a is b and a.is_leaf for a, b in zip(_parts(body), parts)),
                "the leaves that were there",
                "others",
            )
            for i, layer in enumerate(body):
                for j, t in enumerate(layer):
                    same(
                        t.detach(),
                        before[i][j] - lr * slopes[i][j],
                        f"{('weight', 'bias')[j]} {i} after lesson {lesson}",
                        rtol=1e-3,
                        atol=1e-5,
                        mistakes={
                            "lost-leaf": lambda t, b=before[i][j]: moves and torch.equal(t, b),
                            "grad-kept": lesson > 0,
                        },
                    )


def test_learn_held(spell, rng):
    """`learn` leaves held layers where they are"""
    for count in (1, 2, 3):
        body = _body([3, 4, 4, 2], count)
        x, truth = torch.randn(6, 3), torch.randn(6, 2)
        spell.learn(body, x, truth, 0.01)
        for i, layer in enumerate(body):
            for t in layer:
                t.requires_grad_(i >= count)
        error, slopes = _slopes(body, x, truth)
        before = _numbers(body)
        same(spell.learn(body, x, truth, 0.05), error, f"the error, {count} held", rtol=1e-4)
        for i, layer in enumerate(body):
            for j, t in enumerate(layer):
                asked = before[i][j] if i < count else before[i][j] - 0.05 * slopes[i][j]
                same(
                    t.detach(),
                    asked,
                    f"{('weight', 'bias')[j]} {i}, {count} held",
                    rtol=1e-3,
                    atol=1e-5,
                    mistakes={"held-moved": i < count, "grad-kept": i >= count},
                )


def test_answer(spell, rng):
    """`answer(body, x)` is what he thinks, unrecorded"""
    for sizes in _sizes(rng):
        body, x = _body(sizes), torch.randn(4, sizes[0])
        same(
            spell.answer(body, x),
            _think(body, x).detach(),
            "answer",
            requires_grad=False,
            mistakes={"recorded": lambda t: t.requires_grad},
        )
        require(torch.is_grad_enabled(), "recording to be on again", "it is off")
        require(all(t.requires_grad for t in _parts(body)), "the body as it was", "untied")


def test_double(spell, rng):
    """`double(body)` is a body of its own, as tied as the first"""
    for sizes in _sizes(rng):
        for count in (0, 1):
            body = _body(sizes)
            for t in body[0]:
                t.requires_grad_(count == 0)
            made = spell.double(body)
            require(len(made) == len(body), f"{len(body)} layers", f"{len(made)}")
            for new, old in zip(_parts(made), _parts(body)):
                require(
                    not shares_storage(new, old),
                    "straw of its own",
                    "the same straw",
                    mistakes={"same-straw": True},
                )
                require(
                    new.is_leaf,
                    "leaves",
                    "something made of the first",
                    mistakes={"double-tied": True},
                )
                same(new.detach(), old.detach().clone(), "a part of the double")
                require(
                    new.requires_grad == old.requires_grad,
                    f"`requires_grad` as in the first: `{old.requires_grad}`",
                    f"`{new.requires_grad}`",
                    mistakes={"double-held": True},
                )
            require(
                [t.requires_grad for t in body[0]] == [count == 0] * 2,
                "the first as it was",
                "it was tied or untied",
            )


def test_follow(spell, rng):
    """`follow(slow, body, rate)` moves `slow` part of the way, unrecorded"""
    moves = spell.has_loop(inside="follow")
    for rate in (0.0, 1.0, float(rng.uniform(0.1, 0.4))):
        for tied in (True, False):
            slow, body = _body([3, 4, 2], 1), _body([3, 4, 2], 2)
            for t in _parts(slow):
                t.requires_grad_(tied)
            parts, behind, before = _parts(slow), _numbers(slow), _numbers(body)
            spell.follow(slow, body, rate)
            same(
                _numbers(body),
                before,
                "the body",
                mistakes={"body-moved": True},
            )
            require(
                all(a is b for a, b in zip(_parts(slow), parts)),
                "the same tensors in `slow`",
                "others",
                mistakes={"lost-leaf": True},
            )
            require(
                all(t.is_leaf and t.requires_grad == tied for t in parts),
                "leaves, as tied as before",
                "something made",
                mistakes={"recorded": True},
            )
            for t, s, b in zip(parts, sum(behind, []), sum(before, [])):
                same(
                    t.detach(),
                    s + rate * (b - s),
                    f"slow after rate {rate:.2f}",
                    rtol=1e-4,
                    atol=1e-5,
                    mistakes={
                        "lost-leaf": lambda t, s=s: moves and torch.equal(t, s),
                        "followed-back": lambda t, s=s, b=b, r=rate: torch.allclose(
                            t, b + r * (s - b), atol=1e-4
                        ),
                    },
                )


def test_used(spell):
    """`used(said, body)` is the layers at which the graph ends"""
    body, x = _body([3, 4, 4, 2]), torch.randn(5, 3)
    other = _body([3, 2], 5)
    held = _body([3, 4, 4, 2])
    for t in held[0]:
        t.requires_grad_(False)
    with torch.no_grad():
        quiet = _think(body, x)
    thoughts = [
        ("a thought", _think(body, x), body, [0, 1, 2]),
        ("a thought of held layers", _think(held, x), held, [1, 2]),
        ("a thought that was cut", _think(body, x).detach(), body, []),
        ("a thought that was not recorded", quiet, body, []),
        ("two layers of three", _think(body[1:], torch.randn(5, 4)), body, [1, 2]),
        ("a thought cut in the middle", _think(body[2:], _think(body[:2], x).detach()), body, [2]),
        ("a weight by itself, doubled", body[1][0] * 2, body, [1]),
        ("a bias, with another body", body[0][1].sum() + _think(other, x).sum(), body, [0]),
        ("another body's thought", _think(other, x), body, []),
    ]
    for what, said, of, asked in thoughts:
        got = spell.used(said, of)
        require(isinstance(got, (list, tuple)), "a list of numbers", f"`{type(got).__name__}`")
        same(
            list(got),
            asked,
            f"used by {what}",
            mistakes={
                "used-by-flag": lambda a, of=of: (
                    list(a) == [i for i, layer in enumerate(of) if layer[0].requires_grad]
                ),
            },
        )
