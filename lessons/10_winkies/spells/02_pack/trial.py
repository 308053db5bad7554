"""Whether the tracks say who was called and who fell, and whether the wolf walks again."""

import torch
from torch import nn
from torch.nn import functional as F

from oz.trial import mistake, require

LAME = "mat1 and mat2 shapes cannot be multiplied"
SHAPES = {
    "nose.0.weight": (8, 1, 3, 3),
    "nose.0.bias": (8,),
    "ears.0.weight": (16, 8, 3, 3),
    "ears.0.bias": (16,),
    "feet.1.weight": (16, 128),
    "feet.1.bias": (16,),
    "tail.weight": (10, 32),
    "tail.bias": (10,),
}


class Crossed(nn.Module):
    """Calls its layers in another order than they are written in, and one of them twice, the second
    time with an axis more."""

    def __init__(self, wide):
        super().__init__()
        self.last = nn.Linear(wide, 2)
        self.twice = nn.Linear(5, 5)
        self.first = nn.Sequential(nn.Linear(3, 5), nn.Tanh())

    def forward(self, x):
        return self.last(self.twice(self.twice(self.first(x))[None])[0])


class Between(nn.Module):
    """Falls where no module is called."""

    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(4, 3), nn.Linear(4, 2)

    def forward(self, x):
        return self.left(x) + self.right(x)


def _straight(n):
    net = nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Sequential(nn.Linear(4, 3), nn.Tanh()))
    asked = [("0", (n, 6), (n, 4)), ("1", (n, 4), (n, 4)), ("2.0", (n, 4), (n, 3))]
    return net, torch.rand(n, 6), [*asked, ("2.1", (n, 3), (n, 3))]


def _crossed(n, wide):
    asked = [
        ("first.0", (n, 3), (n, 5)),
        ("first.1", (n, 5), (n, 5)),
        ("twice", (n, 5), (n, 5)),
        ("twice", (1, n, 5), (1, n, 5)),
        ("last", (n, 5), (n, 2) if wide == 5 else None),
    ]
    return Crossed(wide), torch.rand(n, 3), asked


def _between(n):
    asked = [("left", (n, 4), (n, 3)), ("right", (n, 4), (n, 2))]
    return Between(), torch.rand(n, 4), asked


def _plain(track):
    """A track with its shapes as tuples; `None` where it has another form."""
    if not isinstance(track, (tuple, list)) or len(track) != 3:
        return None
    name, came, went = track
    return name, *(None if s is None else tuple(int(k) for k in s) for s in (came, went))


def _hooks(net):
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in net.modules())


def _tracks(spell, net, x):
    others = next(m for m in net.modules() if not list(m.children()))
    others.register_forward_hook(lambda *_: None)
    before, awake = _hooks(net), [m.training for m in net.modules()]
    try:
        got = spell.tracks(net, x)
    except (RuntimeError, TypeError, AttributeError) as error:
        if LAME in str(error) or "must match the size" in str(error):
            mistake("crash-goes-through")
        raise
    after = _hooks(net)
    require(
        after <= before,
        "no hooks left behind",
        f"{after - before} left",
        mistakes={"hooks-left": True},
    )
    require(
        after == before,
        "hooks that others have put down left alone",
        "they are gone",
        mistakes={"others-hooks": True},
    )
    require(
        [m.training for m in net.modules()] == awake,
        f"a net that is in {'training' if awake[0] else 'eval'} mode, as before",
        "it is in the other",
        mistakes={"other-mode": True},
    )
    return got


def _compare(got, asked, words):
    require(
        isinstance(got, (list, tuple)),
        f"a list of tracks of {words}",
        f"`{type(got).__name__}`",
        mistakes={"nothing-yet": got is None},
    )
    tracks = [_plain(track) for track in got]
    require(
        None not in tracks,
        "tracks of three: name, shape in, shape out",
        f"`{got[tracks.index(None)]}`" if None in tracks else "",
    )
    names, asked_names = [t[0] for t in tracks], [t[0] for t in asked]
    odd = next((i for i, (a, b) in enumerate(zip(tracks, asked)) if a != b), None)
    first = len(min(tracks, asked, key=len)) if odd is None else odd
    require(
        tracks == asked,
        f"{len(asked)} tracks of {words}; number {first}: "
        f"`{asked[first] if first < len(asked) else 'none'}`",
        f"{len(tracks)} tracks; number {first}: "
        f"`{tracks[first] if first < len(tracks) else 'none'}`",
        mistakes={
            "nothing-yet": not tracks,
            "hook-gives-back": len(asked) > 1 and tracks == asked[:1],
            "late-name": len(tracks) > 1 and len(set(names)) == 1,
            "last-one-missing": asked[-1][2] is None and tracks == asked[:-1],
            "containers": len(tracks) > len(asked) and set(asked_names) < set(names),
            "one-entry-each": names == asked_names and len(set(names)) < len(names),
            "by-the-list": sorted(set(names)) == sorted(set(asked_names)),
        },
    )


def test_tracks(spell):
    """`tracks` tells who was called, in the order of the calls, also of nets nobody has seen"""
    for n in (3, 1):
        for words, (net, x, asked) in {
            "a straight net": _straight(n),
            "a net whose layers are called out of order, one of them twice": _crossed(n, 5),
        }.items():
            net.train(n == 3)
            with torch.no_grad():
                said = net(x)
            _compare(_tracks(spell, net, x), asked, words)
            with torch.no_grad():
                require(torch.equal(net(x), said), "the net as it was", "it says something else")


def test_fallen(spell):
    """when one of them falls, it is the last track, and nothing is raised"""
    for words, (net, x, asked) in {
        "a net whose last layer does not fit": _crossed(4, 6),
        "a net that falls between two layers": _between(2),
    }.items():
        _compare(_tracks(spell, net, x), asked, words)


def test_lame(spell):
    """`lame`: the name of the one that fell"""
    require(
        spell.lame == "feet.1",
        "the module that was called and gave nothing back",
        f"`{spell.lame!r}`",
        mistakes={"nothing-yet": spell.lame == "", "wrong-name": True},
    )


def _walk(wolf, n):
    try:
        return wolf(torch.rand(n, 1, 8, 8))
    except RuntimeError as error:
        if LAME in str(error):
            mistake("still-lame")
        if "same number of dimensions" in str(error) or "Tensors must have" in str(error):
            mistake("one-axis-left")
        raise
    except IndexError as error:
        if "Dimension out of range" in str(error):
            mistake("batch-of-one")
        raise


def test_wolf(spell):
    """the wolf walks, for any number of tracks, one of them too"""
    for n in (4, 7, 1):
        wolf = spell.Wolf()
        try:
            said = _walk(wolf, n)
        except RuntimeError as error:
            if n != 4 and "is invalid for input of size" in str(error):
                mistake("batch-of-one")
            raise
        require(
            isinstance(said, torch.Tensor) and said.shape == (n, 10),
            f"`({n}, 10)`",
            f"`{tuple(said.shape)}`",
        )
        shapes = {name: tuple(p.shape) for name, p in wolf.named_parameters()}
        require(
            shapes == SHAPES,
            "the same wolf, with `feet.1` mended",
            str({k: v for k, v in shapes.items() if SHAPES.get(k) != v} or shapes),
            mistakes={"other-wolf": True},
        )
        said.square().mean().backward()
        require(
            all(p.grad is not None for p in wolf.parameters()),
            "a way back to every leg",
            "some get no gradient",
        )


def test_each_by_itself(spell):
    """and says of every track the same, alone or in a pack"""
    wolf, x = spell.Wolf().eval(), torch.rand(5, 1, 8, 8)
    with torch.no_grad():
        pack = wolf(x)
        alone = torch.cat([wolf(x[i : i + 1]) for i in range(5)])
    require(torch.allclose(pack, alone, atol=1e-5), "the same", "something else")
    p = {name: t.detach() for name, t in wolf.named_parameters()}
    nose = F.conv2d(x, p["nose.0.weight"], p["nose.0.bias"], padding=1).relu()
    nose = F.max_pool2d(nose, 2)
    ears = F.conv2d(nose, p["ears.0.weight"], p["ears.0.bias"], padding=1).relu()
    feet = F.linear(nose.flatten(1), p["feet.1.weight"], p["feet.1.bias"]).relu()
    both = torch.cat([ears.mean(dim=(2, 3)), feet], dim=1)
    asked = F.linear(both, p["tail.weight"], p["tail.bias"])
    require(
        torch.allclose(pack, asked, atol=1e-4),
        "what he said before he was lame",
        "something else",
        mistakes={"other-wolf": True},
    )
