"""Whether threads of any lengths make one batch, and whether what was tied on pulls nothing."""

import multiprocessing

import torch
from torch.utils.data import DataLoader

from oz.trial import mistake, require, same

if "fork" in multiprocessing.get_all_start_methods():
    # Two hands are soon forked; where they would be spawned, they would import torch anew.
    multiprocessing.set_start_method("fork", force=True)


def _batch(rng, lengths, dtype=torch.float32):
    """Pairs of a thread and a mouse; some knots pull with exactly nought, some the other way."""
    pairs = []
    for n in lengths:
        thread = torch.tensor(rng.normal(size=int(n)), dtype=dtype)
        if n > 2:
            thread[int(rng.integers(n))] = 0.0
        pairs.append((thread, int(rng.integers(1000))))
    return pairs


def _wanted(pairs):
    longest = max(len(t) for t, _ in pairs)
    rows = torch.zeros(len(pairs), longest, dtype=pairs[0][0].dtype)
    for row, (thread, _) in zip(rows, pairs, strict=True):
        row[: len(thread)] = thread
    return rows


def _tied(spell, pairs):
    got = spell.tie(pairs)
    require(
        isinstance(got, (tuple, list)) and len(got) == 3,
        "`threads, lengths, mice` from `tie`",
        f"`{type(got).__name__}`" + (f" of {len(got)}" if isinstance(got, (tuple, list)) else ""),
        mistakes={"two-of-three": isinstance(got, (tuple, list)) and len(got) == 2},
    )
    return got


def _compare(spell, pairs, words):
    threads, lengths, mice = _tied(spell, pairs)
    wanted = _wanted(pairs)
    sizes = [len(t) for t, _ in pairs]
    longest = max(sizes)
    real = torch.arange(longest) < torch.tensor(sizes)[:, None]
    front = torch.zeros_like(wanted)
    for row, (thread, _) in zip(front, pairs, strict=True):
        row[longest - len(thread) :] = thread
    order = sorted(range(len(pairs)), key=lambda i: -sizes[i])
    same(
        threads,
        wanted,
        f"threads ({words})",
        mistakes={
            "time-first": lambda t: t.shape == wanted.T.shape and torch.equal(t, wanted.T),
            "cut-short": lambda t: t.shape[1] == min(sizes) < longest,
            "fixed-length": lambda t: t.shape[1] > longest,
            "narrowed": lambda t: t.dtype != wanted.dtype,
            "tied-in-front": lambda t: torch.equal(t, front),
            "sorted": lambda t: torch.equal(t, wanted[order]),
            "padding-not-nought": lambda t: torch.equal(t[real], wanted[real]),
        },
    )
    for name, mine, asked in (
        ("lengths", lengths, torch.tensor(sizes)),
        ("mice", mice, torch.tensor([m for _, m in pairs])),
    ):
        same(
            mine,
            asked,
            f"{name} ({words})",
            mistakes={
                "bare-list": lambda t: isinstance(t, (list, tuple)),
                "lengths-after": lambda t, n=name: n == "lengths" and set(t.tolist()) == {longest},
                "lengths-by-value": lambda t, n=name: (
                    n == "lengths" and t.tolist() == [int((x != 0).sum()) for x, _ in pairs]
                ),
            },
        )


CASES = ((3, 1, 4), (5, 5), (1,), (2, 9, 9, 4, 1, 7), (6, 2, 3, 1))


def test_tie(spell, rng):
    """`tie` makes one batch of threads of any lengths, noughts behind, with the true lengths"""
    for lengths in CASES:
        _compare(spell, _batch(rng, lengths), f"of {list(lengths)} knots")


def test_dtype(spell, rng):
    """threads stay the kind of number they are"""
    _compare(spell, _batch(rng, (2, 5, 3), torch.float64), "of doubles")


def test_loader(spell, rng):
    """a `DataLoader` with `collate_fn=tie` delivers it, two hands or none"""
    pairs = _batch(rng, (4, 2, 7, 1, 3, 3, 5))
    for hands in (0, 2):
        came = []
        for threads, lengths, mice in DataLoader(
            pairs, batch_size=3, collate_fn=spell.tie, num_workers=hands
        ):
            same(threads.shape[1], int(lengths.max()), "how long the threads of one batch are")
            for row, n, mouse in zip(threads, lengths.tolist(), mice.tolist(), strict=True):
                came.append((row[:n].tolist(), mouse))
        same(came, [(t.tolist(), m) for t, m in pairs], f"what came, with {hands} hands")


def _pulls(spell, threads, lengths, words, *, dirty=False):
    before = threads.clone()
    real = torch.arange(threads.shape[1]) < lengths[:, None]
    clean = torch.where(real, threads, 0.0)
    wanted = clean.sum(dim=1) / lengths.clamp(min=1)
    try:
        got = spell.pull(threads, lengths)
    except RuntimeError as error:
        if "must match the size of tensor" in str(error):
            mistake("mask-sideways")
        raise
    require(
        torch.equal(threads.nan_to_num(), before.nan_to_num()),
        "the threads as they were handed in",
        "they were changed",
    )
    nought = torch.where(threads != 0, threads, 0.0)
    same(
        got,
        wanted,
        f"pull(threads, lengths) ({words})",
        rtol=1e-4,
        atol=1e-5,
        mistakes={
            "no-thread": lambda p: not p[lengths == 0].isfinite().all(),
            "nan-times-nought": lambda p: p.shape == wanted.shape and p.isnan().any(),
            "padding-counted": lambda p: torch.allclose(p, threads.mean(dim=1), rtol=1e-4),
            "padding-not-masked": lambda p: torch.allclose(
                p, threads.sum(dim=1) / lengths.clamp(min=1), rtol=1e-4
            ),
            "not-a-mean": lambda p: torch.allclose(p, clean.sum(dim=1), rtol=1e-4),
            "mask-by-value": lambda p: torch.allclose(
                p, nought.sum(dim=1) / (threads != 0).sum(dim=1).clamp(min=1), rtol=1e-4
            ),
            "one-knot-more": lambda p: dirty,
            "mask-sideways": lambda p: (
                p.shape != wanted.shape or threads.shape[0] == threads.shape[1]
            ),
        },
    )


def test_pull(spell, rng):
    """`pull` is the mean over what each mouse brought"""
    for lengths in (*CASES, (4, 2, 3, 1)):
        pairs = _batch(rng, lengths)
        _pulls(spell, _wanted(pairs), torch.tensor(lengths), f"of {list(lengths)} knots")


def test_junk(spell, rng):
    """what stands behind the end of a thread pulls nothing, whatever it is"""
    lengths = torch.tensor([3, 1, 5, 2])
    threads = _wanted(_batch(rng, lengths.tolist()))
    junk = torch.arange(5) >= lengths[:, None]
    threads[junk] = torch.tensor(rng.uniform(3.0, 9.0, size=int(junk.sum())), dtype=torch.float32)
    _pulls(spell, threads, lengths, "with something else tied on", dirty=True)
    threads[junk] = float("nan")
    _pulls(spell, threads, lengths, "with `nan` behind the end", dirty=True)


def test_none(spell, rng):
    """a mouse who brought no thread at all pulls with nought"""
    pairs = _batch(rng, (3, 0, 2))
    _compare(spell, pairs, "one of no knots")
    _pulls(spell, _wanted(pairs), torch.tensor([3, 0, 2]), "one of no knots")
