"""Whether what is held up can be read by the pattern alone: raw bytes, either way round, any number at a time.

`pattern` is judged on piles it has not seen, in which paper and slate lie mixed, 8 at a time among others (with
8 a mean that lost its axes lies along the lines and nobody complains). The reader is the player's own, `gates.pt`.
"""

import torch
from torch import nn

from oz.trial import mistake, require, same

SIZES = (1, 3, 8, 50)
CUT = {}
"""What was cut from a pattern already: cutting takes a third of a second."""


def frame(path):
    """The reader from the gates."""
    reader = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(128, 10),
    )
    reader.load_state_dict(torch.load(path, weights_only=True))
    return reader.eval()


def pile(rng, n):
    """So many slates as they are held up, (n, 8, 8) `uint8`, three of four of them paper, and the same all light on dark."""
    strokes = rng.integers(40, 256, size=(n, 8, 8)) * (rng.random((n, 8, 8)) < rng.uniform(0.1, 0.6, size=(n, 1, 1)))
    slates = torch.tensor(strokes).to(torch.uint8)  # chalk on at most some six places in ten: dark for the most part
    slates[slates.float().mean(dim=(1, 2)) > 110] //= 2
    turn = torch.arange(n) % 4 != 1  # three of four, so that a pile is light as a whole
    return torch.where(turn[:, None, None], 255 - slates, slates), slates


def read(module, held_up):
    """What comes out, or what is the matter with the pattern."""
    try:
        with torch.no_grad():
            return module(held_up)
    except (AssertionError, RuntimeError, ValueError) as error:
        said = str(error).splitlines()[0]
        require(
            False,
            f"an answer to {len(held_up)} slates, `(N, 8, 8)` in `uint8`",
            f"`{said[:90]}`",
            mistakes={
                "prepared-outside": "dtype" in said or ("Guard failed" in said and "size()[0]" not in said),
                "along-the-lines": len(held_up) != 8 and "== 8" in said,
                "no-letter": "Guard failed" in said,
            },
        )


def explain(spell, held_up, slates, reader, got):
    """Which known mistake gives `got`."""
    with torch.no_grad():
        x = slates[:, None] / 255
        raw = held_up[:, None] / 255
        bad = (held_up / 255).mean(dim=(1, 2)) > 0.5
        along = torch.where(bad, 1 - raw[:, 0], raw[:, 0])[:, None] if len(held_up) == 8 else raw
        pile_turned = 1 - raw if bool(raw.mean() > 0.5) else raw

        def like(answer):
            return answer.shape == got.shape and torch.allclose(answer, got, atol=1e-3)

        return {
            "never-turned": like(reader(raw)),
            "turned-the-wrong": like(reader(1 - x)),
            "not-scaled": like(reader(x * 255)),
            "along-the-lines": len(held_up) == 8 and like(reader(along)),
            "whole-pile": like(reader(pile_turned)),
            "other-reader": "gates.pt" not in spell.source or "load_state_dict" not in spell.source,
        }


def pieces(spell):
    """What is cut from `pattern`."""
    require(
        isinstance(spell.pattern, torch.export.ExportedProgram),
        "`pattern` to be what `export` gives",
        f"`{type(spell.pattern).__name__}`",
    )
    if id(spell.pattern) not in CUT:
        CUT[id(spell.pattern)] = spell.pattern.module()
    module = CUT[id(spell.pattern)]
    program = spell.pattern.graph_module.code
    if ", True, 0.1" in program:  # the levels of a batch norm that goes by the batch
        mistake("still-learning")
    return module


def test_pattern(spell):
    """`pattern` is a pattern, of a reader that has stopped learning"""
    pieces(spell)


def test_reads(spell, rng, scratch):
    """it takes what is held up as it is, and turns over what is paper, each by itself"""
    module, reader = pieces(spell), frame(scratch / "gates.pt")
    for n in (8, 50):
        held_up, slates = pile(rng, n)
        got = read(module, held_up)
        if isinstance(got, torch.Tensor) and got.dim() == 1:
            mistake("not-logits")
        with torch.no_grad():
            asked = reader(slates[:, None] / 255)
        known = explain(spell, held_up, slates, reader, got) if got.shape == asked.shape else {}
        same(got, asked, f"the logits of {n} slates", atol=1e-3, mistakes=known)


def test_any_number(spell, rng, scratch):
    """one slate, three or fifty: any number at a time"""
    module, reader = pieces(spell), frame(scratch / "gates.pt")
    for n in SIZES:
        held_up, slates = pile(rng, n)
        with torch.no_grad():
            asked = reader(slates[:, None] / 255)
        same(read(module, held_up), asked, f"the logits of {n} slates", atol=1e-3)


def test_brightness(spell, scratch):
    """what is dark and what is light is asked of the whole slate"""
    module, reader = pieces(spell), frame(scratch / "gates.pt")
    edge = torch.zeros(4, 8, 8, dtype=torch.uint8)
    edge[0, :3], edge[1, :5], edge[2, :, :3], edge[3, :, :5] = 255, 255, 255, 255
    x = edge / 255
    x[[1, 3]] = 1 - x[[1, 3]]
    with torch.no_grad():
        asked = reader(x[:, None])
    same(read(module, edge), asked, "the logits of four banners", atol=1e-3)
    dim = torch.zeros(2, 8, 8, dtype=torch.uint8)  # many dots a little above the middle, and none at all elsewhere
    dim[0, :5], dim[1] = 130, 255 - 130 * (torch.arange(8) < 5)[:, None].to(torch.uint8)
    x = dim / 255
    x[1] = 1 - x[1]
    with torch.no_grad():
        asked = reader(x[:, None])
    same(read(module, dim), asked, "the logits of two dim slates", atol=1e-3, mistakes={"dots-counted": True})
