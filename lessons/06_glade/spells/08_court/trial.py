"""Whether the lion can hold court: taught by the player's `train` on a heap that the trial picks,
measured on pebbles that were not in it, by both marks; and what was kept of him in `lion.pt`.

The marks are measured in tests/benchmarks/test_marks_glade.py.
"""

from pathlib import Path

import torch
from torch import nn

from oz.trial import mistake, require, same
from oz.trial.again import once_more

HEAP = Path(__file__).parent / "files" / "pebbles.pt"
"""scikit-learn's digits, in their order: `images` as uint8 (n, 8, 8) from 0 to 16, `target` (n,).
A file, because importing scikit-learn takes several times as long as the training."""
ACCURACY, LOSS = 0.94, 0.5
UNSEEN = 24
"""The number of the heap that `train` is tried on."""
SIZES = [(10,), (10, 64), (64,), (64, 64)]
"""Of the tensors of a 64-64-10."""
_taught = {}


def pebbles(seed):
    """Pictures and figures, to practise on and sealed, from the heap of that number."""
    heap = torch.load(HEAP, weights_only=True)
    x, y = heap["pictures"] / 16, heap["figures"]
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    practice, sealed = order[:1300], order[1300:]
    return x[practice], y[practice], x[sealed], y[sealed]


def measured(model, x, y):
    """The share that `model` reads right, and its mean loss, in eval mode."""
    mode = model.training
    model.eval()
    with torch.no_grad():
        says = model(x)
    model.train(mode)
    return (says.argmax(1) == y).float().mean().item(), nn.functional.cross_entropy(says, y).item()


def kept_reads(state, x, y):
    """The share that the lion reads right whose 64-64-10 is kept in `state`."""
    parts = {tuple(v.shape): v.double() for v in state.values()}
    seen = (x.flatten(1).double() @ parts[64, 64].T + parts[64,]).relu()
    return ((seen @ parts[10, 64].T + parts[10,]).argmax(1) == y).float().mean().item()


def _taught_by(spell):
    """What the player's `train` gives for the trial's own heap, once: model, losses, heap."""
    if spell.source not in _taught:
        heap = pebbles(UNSEEN)
        torch.manual_seed(80)
        got = spell.train(heap[0].clone(), heap[1].clone())
        require(
            isinstance(got, (tuple, list)) and len(got) == 2 and isinstance(got[0], nn.Module),
            "a module and a list of losses from `train`",
            f"`{type(got).__name__}`",
            mistakes={"nothing-back": got is None, "no-losses": isinstance(got, nn.Module)},
        )
        _taught[spell.source] = got[0], got[1], heap
    return _taught[spell.source]


def _chances(says):
    return bool((says >= 0).all()) and torch.allclose(says.sum(1), torch.ones(len(says)), atol=1e-3)


def test_loss(spell, training):
    """after `train` the loss is below 0.5, on the pebbles that he practised on"""
    model, losses, (x, y, *_) = _taught_by(spell)
    share, loss = measured(model, x, y)
    with torch.no_grad():
        says = model(x[:200])
    require(says.shape == (200, 10), "ten numbers for each picture", f"`{tuple(says.shape)}`")
    cleared = spell.calls("zero_grad") or ".grad = None" in spell.source
    require(
        loss < LOSS,
        f"a loss below {LOSS}",
        f"{loss:.3f} (and {share:.3f} read right)",
        mistakes={
            "two-softmaxes": _chances(says),
            "ran-away": not loss < 2.6,
            "sigmoid-head": bool(((says >= 0) & (says <= 1)).all()),
            "no-step": training.steps == 0 and training.losses != [],
            "never-practised": training.steps == 0,
            "rusted": not cleared,
            "cut-at-nought": bool((says >= 0).all()),
            "wrong-pebbles": loss > 1.9,
            "not-there-yet": True,
        },
    )
    require(
        isinstance(losses, (list, tuple)) and len(losses) > 0,
        "the mean loss of each round, in a list",
        "an empty one" if isinstance(losses, (list, tuple)) else f"`{type(losses).__name__}`",
        mistakes={"no-losses": True},
    )
    require(
        all(isinstance(v, (int, float)) for v in losses),
        "plain numbers",
        f"`{type(losses[-1]).__name__}`",
        mistakes={"losses-with-graph": True},
    )
    require(losses[-1] < LOSS, f"a last loss below {LOSS}", f"{losses[-1]:.3f}")
    # A round's mean is over the whole round, and so hardly ever below what is left at its end. Who reads few
    # has perhaps practised on a few only, and paid little for those.
    require(
        loss < 0.01 or share < 0.96 or losses[-1] > loss / 5,
        f"a last loss near {loss:.3f}, which is what he pays",
        f"{losses[-1]:.4f}",
        mistakes={"divided-twice": True},
    )


def test_reads(spell):
    """of pebbles that he has never seen he reads at least 94 in 100"""
    model, losses, (x, y, sealed_x, sealed_y) = _taught_by(spell)
    share, _ = measured(model, sealed_x, sealed_y)
    practised, _ = measured(model, x, y)
    require(
        share >= ACCURACY,
        f"a share of at least {ACCURACY}",
        f"{share:.3f} (and {practised:.3f} of those that he practised on)",
        mistakes={"by-heart": practised > 0.97 or losses[-1] < 0.1, "not-there-yet": True},
    )


def test_untied(spell):
    """`train` hands him over in eval mode"""
    model, *_ = _taught_by(spell)
    require(
        not any(part.training for part in model.modules()),
        "eval mode",
        "train mode",
        mistakes={"left-in-train": True},
    )


def test_read(spell):
    """`read(model, pictures)` says which figures, and how sure, for any model and in any mode"""
    _, _, (x, *_) = _taught_by(spell)
    torch.manual_seed(7)
    plain = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    tied = nn.Sequential(
        nn.Flatten(), nn.Linear(64, 30), nn.ReLU(), nn.Dropout(0.5), nn.Linear(30, 10)
    )
    for model, n in ((plain, 20), (tied, 40), (plain, 1)):
        pictures = x[:n]
        model.eval()
        with torch.no_grad():
            logits = model(pictures)
        chances = logits.softmax(1)
        model.train(model is tied)
        got = spell.read(model, pictures)
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "two tensors from `read`, figures and how sure",
            f"`{type(got).__name__}`",
            mistakes={"nothing-back": got is None},
        )
        figures, sure = got
        if model is tied:
            model.train()
            again = spell.read(model, pictures)[1]
            if not torch.equal(torch.as_tensor(again), torch.as_tensor(sure)):
                mistake("half-tied")
        if isinstance(sure, torch.Tensor) and sure.requires_grad:
            mistake("recorded")
        top = chances.max(1)
        words = f"of {n} pictures"
        same(
            figures,
            top.indices,
            f"the figures {words}",
            dtype=False,
            mistakes={
                "sure-first": lambda t, s=top.values: torch.allclose(t.float(), s, atol=1e-4),
                "along-the-pebbles": lambda t: t.shape == (10,),
            },
        )
        same(
            sure,
            top.values,
            f"how sure {words}",
            rtol=1e-3,
            atol=1e-5,
            mistakes={
                "logits-for-chances": lambda t, s=logits.amax(1): torch.allclose(t, s, atol=1e-4),
                "all-ten": lambda t, s=chances: t.shape == s.shape,
                "softmax-on-softmax": lambda t, s=chances.softmax(1).amax(1): torch.allclose(
                    t, s, atol=1e-4
                ),
            },
        )


def test_sealed(spell, scratch, training):
    """`pebbles()` is as it was: what is in the bag stays in the bag"""
    for place, (one, other) in enumerate(zip(spell.pebbles(), pebbles(4), strict=True)):
        same(one, other, f"pebbles()[{place}]", mistakes={"bag-opened": True})
    told = _told_of_a_false_bag(spell, scratch / "again", training.steps)
    require(
        told < 0.5,
        "a lion who was told nothing of what is in the bag",
        f"when other figures lie in it, he says {told:.2f} of those",
        mistakes={"bag-read": True},
    )


def _told_of_a_false_bag(spell, folder, steps):
    """How many of the figures in a false bag the lion reads who is made beside it.

    The program runs once more. In the bag there are negatives now, each with the figure that comes
    after its own: who has not practised on those does not read them so, who has does.
    """
    heap = torch.load(HEAP, weights_only=True)
    sealed = torch.randperm(len(heap["figures"]), generator=torch.Generator().manual_seed(4))[1300:]
    heap["pictures"][sealed] = 16 - heap["pictures"][sealed]
    heap["figures"][sealed] = (heap["figures"][sealed] + 1) % 10
    folder.mkdir()
    torch.save(heap, folder / "pebbles.pt")
    torch.manual_seed(80)
    once_more(spell.source, folder, steps=steps + 1)
    try:
        state = torch.load(folder / "lion.pt", weights_only=True)
        sizes = sorted(tuple(v.shape) for v in state.values())
    except Exception:  # what was kept is judged below, where it has its own words
        return 0.0
    if sizes != SIZES:
        return 0.0
    return kept_reads(state, heap["pictures"][sealed] / 16, heap["figures"][sealed])


def test_kept(spell, scratch):
    """`lion.pt` is the state of a lion, 64-64-10, who reads 94 in 100 of the sealed bag"""
    path = scratch / "lion.pt"
    require(path.exists(), "a file `lion.pt`", "none", mistakes={"no-file": True})
    try:
        state = torch.load(path, weights_only=True)
    except Exception:
        mistake("whole-lion")
    sizes = sorted(tuple(v.shape) for v in state.values()) if isinstance(state, dict) else []
    require(
        sizes == SIZES,
        "the two weights and biases of 64-64-10 in it",
        ", ".join(f"`{s}`" for s in sizes) or f"`{type(state).__name__}`",
        mistakes={"other-sizes": True},
    )
    share = kept_reads(state, *pebbles(4)[2:])
    require(
        share >= ACCURACY,
        f"a share of at least {ACCURACY}",
        f"{share:.3f}",
        mistakes={"kept-too-soon": share < 0.4, "other-bend": True},
    )
