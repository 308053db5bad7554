"""Whether feature maps are taken by hooks from any net, and what is shown is what the frame really sees."""

import torch
from torch import nn

from oz.trial import require, same


class Detour(nn.Module):
    """A net that is no row of layers: what goes in is added again behind."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(2, 3, 3, padding=1)
        self.body = nn.Sequential(
            nn.BatchNorm2d(3), nn.ReLU(), nn.Sequential(nn.Conv2d(3, 3, 3, padding=1), nn.ReLU())
        )
        self.last = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        x = self.first(x)
        return self.last(x + self.body(x)).mean((2, 3))


def _row():
    return nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.BatchNorm2d(4),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 6, 2),
    )


def _short():
    return nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.ReLU(inplace=True), nn.Conv2d(4, 2, 3), nn.Hardtanh(inplace=True)
    )


NETS = ((_row, (2, 1, 8, 8)), (_short, (1, 1, 7, 9)), (Detour, (3, 2, 5, 6)))


def _truth(net, x):
    """What each convolution gives, and what it was given."""
    made, given, handles = {}, {}, []

    def note(name):
        def hook(module, args, output):
            made[name] = output.detach().clone()
            given[name] = args[0].detach().clone()

        return hook

    for name, module in net.named_modules():
        if isinstance(module, nn.Conv2d):
            handles.append(module.register_forward_hook(note(name)))
    with torch.no_grad():
        net(x)
    for handle in handles:
        handle.remove()
    return made, given


def _hooks(net):
    return sum(len(module._forward_hooks) for module in net.modules())


def _ask(spell, net, x):
    """What `maps` gives, and how often the net was gone through."""
    ways = []
    counter = net.register_forward_hook(lambda *_: ways.append(1))
    try:
        return spell.maps(net, x), len(ways)
    except TypeError as error:
        require(
            "not subscriptable" not in str(error) and "not iterable" not in str(error),
            "maps of any net",
            f"`TypeError: {error}`",
            mistakes={"not-a-row": True},
        )
        raise
    finally:
        counter.remove()


def _near(a, b):
    return a.shape == b.shape and torch.allclose(a, b, rtol=1e-4, atol=1e-5)


def test_maps(spell, rng):
    """`maps` gives what every `Conv2d` made, under the layer's name, for any net"""
    for make, shape in NETS:
        net = make().eval()
        x = torch.tensor(rng.normal(size=shape), dtype=torch.float32)
        made, given = _truth(net, x)
        got, _ = _ask(spell, net, x)
        require(isinstance(got, dict), "a dict", f"`{type(got).__name__}`")
        require(
            set(got) == set(made),
            f"the layers {', '.join(f'`{n}`' for n in made)}",
            ", ".join(f"`{n}`" for n in got) or "none",
            mistakes={
                "nothing-yet": not got,
                "kinds-for-names": "Conv2d" in got,
                "last-name": set(got) < set(made) | {list(dict(net.named_modules()))[-1]}
                and len(got) == 1,
                "every-layer": set(got) > set(made),
                "only-children": set(got) == {n for n in made if "." not in n},
                "own-names": True,
            },
        )
        earlier = True
        for name, asked in made.items():
            same(
                got[name],
                asked,
                f"what layer {name} made",
                rtol=1e-4,
                atol=1e-5,
                requires_grad=False,
                mistakes={
                    "graph-kept": lambda t: t.requires_grad,
                    "what-went-in": lambda t, g=given[name]: _near(t, g),
                    "written-over": lambda t, a=asked: (
                        not _near(t, a) and (_near(t, a.relu()) or _near(t, a.clamp(-1, 1)))
                    ),
                    "mode-changed": net.training,
                    "changes-output": name != next(iter(made)) and earlier,
                },
            )


def test_leaves(spell, rng):
    """the net is left as it was: no hook, the same mode, the same numbers; one way through"""
    for make, shape in NETS:
        net = make().eval()
        x = torch.tensor(rng.normal(size=shape), dtype=torch.float32)
        before = {name: value.clone() for name, value in net.state_dict().items()}
        said = net(x).detach()
        got, ways = _ask(spell, net, x)
        require(
            _hooks(net) == 0,
            "no hooks in the net afterwards",
            f"{_hooks(net)} left",
            mistakes={"hooks-left": True},
        )
        require(
            not any(module.training for module in net.modules())
            and all(torch.equal(before[n], v) for n, v in net.state_dict().items()),
            "the net in the mode, and with the numbers, that it had",
            "changed",
            mistakes={"mode-changed": True},
        )
        require(ways == 1, "one way through the net", f"{ways}", mistakes={"many-ways": ways != 1})
        require(torch.allclose(net(x), said), "the net to say what it said", "something else")
        require(
            not any(isinstance(v, torch.Tensor) and v.requires_grad for v in got.values()),
            "maps without a graph",
            "one hangs on them",
            mistakes={"graph-kept": True},
        )


def _sheets(rng, c, height, width):
    sheets = rng.normal(size=(c, height, width)) * rng.uniform(0.1, 20, size=(c, 1, 1))
    return torch.tensor(sheets + rng.normal(size=(c, 1, 1)) * 5, dtype=torch.float32)


def _scaled(sheets):
    least, most = sheets.amin((1, 2), keepdim=True), sheets.amax((1, 2), keepdim=True)
    return ((sheets - least) / (most - least).clamp(min=1e-20))[:, None]


def test_pictures(spell, rng):
    """`as_pictures` brings every sheet by itself to 0 … 1; one of a single shade becomes noughts"""
    for shape in ((4, 5, 7), (1, 3, 3), (16, 8, 8)):
        for flat in (False, True):
            sheets = _sheets(rng, *shape)
            if flat:
                sheets[0] = 3.5
            before = sheets.clone()
            got = spell.as_pictures(sheets)
            require(
                torch.equal(sheets, before),
                "the sheets as they were handed over",
                "written into",
                mistakes={"written-into": True},
            )
            asked = _scaled(sheets)
            whole = (sheets - sheets.min()) / (sheets.max() - sheets.min()).clamp(min=1e-12)
            greatest = sheets / sheets.amax((1, 2), keepdim=True).clamp(min=1e-12)
            same(
                got,
                asked,
                f"as_pictures(sheets), {shape}" + (", the first of one shade" if flat else ""),
                rtol=1e-4,
                atol=1e-5,
                mistakes={
                    "nothing-yet": lambda t, s=sheets: t is s,
                    "no-sheet": lambda t, a=asked: _near(t, a[:, 0]),
                    "nought-by-nought": lambda t: bool(t.isnan().any()),
                    "one-scale": lambda t, w=whole: _near(t, w[:, None]),
                    "by-greatest": lambda t, g=greatest: _near(t, g[:, None]),
                    "cut-off": lambda t, s=sheets: _near(t, s.clamp(0, 1)[:, None]),
                    "bent": lambda t, s=sheets: _near(t, s.sigmoid()[:, None]),
                },
            )


def test_shown(spell):
    """`feature_maps` are what the sixteen lenses of layer 0 see of the slip, `filter_pictures` the lenses"""
    for name in ("feature_maps", "filter_pictures"):
        require(
            name in spell,
            f"`{name}`, sixteen pictures",
            "there is no such name",
            mistakes={"no-pictures": True},
        )
    state = torch.load("gates.pt", weights_only=True)
    lens = nn.functional.conv2d(spell.slip_image, state["0.weight"], state["0.bias"], padding=1)
    same(
        spell.feature_maps,
        _scaled(lens[0]),
        "feature_maps",
        rtol=1e-3,
        atol=1e-4,
        mistakes={"wrong-maps": True},
    )
    got = spell.filter_pictures
    require(
        isinstance(got, torch.Tensor) and got.ndim == 4 and tuple(got.shape[:2]) == (16, 1),
        "`filter_pictures` of shape `(16, 1, …, …)`",
        f"`{tuple(got.shape) if isinstance(got, torch.Tensor) else type(got).__name__}`",
    )
    require(
        min(got.shape[2:]) >= 8,
        "filters enlarged to at least 8 by 8, to be seen",
        f"`{tuple(got.shape[2:])}`",
        mistakes={"too-small": True},
    )
    nine = nn.functional.adaptive_avg_pool2d(got.float(), 3)
    asked = _scaled(state["0.weight"][:, 0])
    near = torch.corrcoef(torch.stack([nine.flatten(), asked.flatten()]))[0, 1]
    require(
        near > 0.9 and 0 <= got.min() and got.max() <= 1,
        "the sixteen lenses of layer 0, each from 0 to 1",
        "other numbers",
        mistakes={"wrong-maps": True},
    )
