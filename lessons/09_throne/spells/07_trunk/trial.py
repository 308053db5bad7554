"""Whether each book is read as if it lay alone: compared with each read alone, for GRUs of several kinds."""

import math

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pad_sequence

from oz.trial import mistake, require, same

LENGTHS = ((3, 6, 1, 4), (5, 5, 5), (1,), (2, 7), (6, 2, 2, 1, 5), (1, 1, 8))
KINDS = ({}, {"bidirectional": True}, {"num_layers": 2}, {"num_layers": 2, "bidirectional": True})


def trays(rng):
    """A GRU and books for it."""
    for lengths in LENGTHS:
        for kind in KINDS:
            torch.manual_seed(int(rng.integers(1 << 30)))
            books = [torch.randn(pages, 3) for pages in lengths]
            yield nn.GRU(3, 4, batch_first=True, **kind), books, kind


def test_paper(spell, rng):
    """`paper` is the share of the tray that is padding"""
    for lengths in (*LENGTHS, tuple(int(n) for n in rng.integers(1, 30, size=9))):
        got = spell.paper([torch.zeros(pages, 2) for pages in lengths])
        require(got is not None, "a number from `paper`", "`None`", mistakes={"nothing-yet": True})
        share = sum(lengths) / (len(lengths) * max(lengths))
        got = float(got)
        by_book = sum(1 - n / max(lengths) for n in lengths)
        require(
            math.isclose(got, 1 - share, abs_tol=1e-6),
            f"{1 - share:.4f} for books of {list(lengths)} pages",
            f"{got:.4f}",
            mistakes={
                "pages-not-paper": math.isclose(got, share, abs_tol=1e-6),
                "noughts-counted": got == 1.0,
                "paper-by-book": got > 1 or math.isclose(got, by_book) or got != share,
            },
        )


class Watched(nn.Module):
    """A GRU that counts how often it is called."""

    def __init__(self, gru):
        super().__init__()
        self.gru, self.calls = gru, 0
        self.batch_first, self.hidden_size, self.input_size = True, gru.hidden_size, gru.input_size
        self.num_layers, self.bidirectional = gru.num_layers, gru.bidirectional

    def forward(self, x, *state):
        self.calls += 1
        return self.gru(x, *state)


def alone(gru, books):
    """What is asked: each book read by itself."""
    with torch.no_grad():
        read = [gru(book[None]) for book in books]
    said = pad_sequence([s[0] for s, _ in read], batch_first=True)
    return said, torch.cat([slate for _, slate in read], dim=1)


def near(a, b):
    return a.shape == b.shape and torch.allclose(a.detach(), b, atol=1e-5)


def test_read_all(spell, rng):
    """each book is read as if it lay alone, with any GRU"""
    for gru, books, kind in trays(rng):
        watched = Watched(gru)
        got = spell.read_all(watched, list(books))
        require(
            isinstance(got, (tuple, list)) and len(got) == 2,
            "what was said, and the slates",
            f"`{type(got).__name__}`",
        )
        said, slates = got
        if isinstance(said, PackedSequence):
            mistake("still-packed")
        asked, ends = alone(gru, books)
        order = sorted(range(len(books)), key=lambda i: -len(books[i]))
        with torch.no_grad():
            with_paper, paper_ends = gru(pad_sequence(books, batch_first=True))
        lengths = [len(b) for b in books]
        words = f"books of {lengths} pages" + (f", {kind}" if kind else "")

        def fits(g, a=asked, n=tuple(lengths)):
            return g.shape == a.shape and all(near(g[i, :k], a[i, :k]) for i, k in enumerate(n))

        slips = {
            "tray-turned": lambda g, a=asked: g.shape == a.transpose(0, 1).shape != a.shape,
            "paper-spoken": fits,
            "other-order": lambda g, a=asked[order]: near(g, a) or near(g[:, : a.shape[1]], a),
            "paper-from-behind": lambda g, a=asked: (
                kind.get("bidirectional") and near(g[..., 0, :4], a[..., 0, :4])
            ),
            "lengths-with-paper": lambda g, a=with_paper: (
                spell.calls("torch.nn.utils.rnn.pack_padded_sequence") and near(g, a)
            ),
            "paper-read": lambda g, a=with_paper: near(g, a),
        }
        same_slates = {
            "lengths-with-paper": lambda g, a=paper_ends: (
                spell.calls("torch.nn.utils.rnn.pack_padded_sequence") and near(g, a)
            ),
            "paper-read": lambda g, a=paper_ends: near(g, a),
            "slates-other-order": lambda g, a=ends[:, order]: near(g, a),
            "paper-from-behind": lambda g: bool(kind.get("bidirectional")),
        }
        if near(slates, ends[:, order]) and not near(slates, ends) and near(said, asked[order]):
            mistake(
                "other-order", f"asked {words} in the order in which they came, yours are sorted"
            )
        if near(slates, ends) or not fits(said):
            same(said, asked, f"what was said, {words}", rtol=1e-4, atol=1e-5, mistakes=slips)
        same(slates, ends, f"the slates, {words}", rtol=1e-4, atol=1e-5, mistakes=same_slates)
        same(said, asked, f"what was said, {words}", rtol=1e-4, atol=1e-5, mistakes=slips)
        require(
            watched.calls == 1,
            "one call of `rnn` for all books",
            f"{watched.calls}",
            mistakes={"one-by-one": True},
        )


def test_way_back(spell, rng):
    """and gradients come back to every page"""
    gru = nn.GRU(3, 4, batch_first=True)
    books = [torch.randn(pages, 3, requires_grad=True) for pages in (2, 5, 1)]
    said, slates = spell.read_all(gru, books)
    slopes = torch.autograd.grad(said.sum() + slates.sum(), books, allow_unused=True)
    for book, slope in zip(books, slopes, strict=True):
        read, slate = gru(book[None])
        (asked,) = torch.autograd.grad(read.sum() + slate.sum(), book)
        same(slope, asked, f"what comes back to a book of {len(book)}", rtol=1e-4, atol=1e-6)
