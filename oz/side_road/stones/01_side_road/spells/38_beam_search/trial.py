"""Whether `beam_search` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import require

# --- TorchCode's own checks stand here ---


def _search(fn, start, longest, width, end):
    beams, asked = [(0.0, [start])], 0
    while any(_open(t, longest, end) for _, t in beams):
        found = []
        for score, tokens in beams:
            if not _open(tokens, longest, end):
                found.append((score, tokens))
                continue
            asked += 1
            found += [(score + more, [*tokens, token]) for token, more in enumerate(fn(tokens).tolist())]
        beams = sorted(found, key=lambda b: -b[0])[:width]
    return beams[0][1], asked


def _open(tokens, longest, end):
    return len(tokens) < longest and (len(tokens) == 1 or tokens[-1] != end)


def _language(rng, size, sharp):
    """A language in which the next token depends on the last two."""
    table = torch.tensor(rng.normal(size=(size, size, size)) * sharp).log_softmax(-1)
    return lambda tokens: table[tokens[-2] if len(tokens) > 1 else 0, tokens[-1]]


def _score(fn, tokens):
    return sum(fn(tokens[:i])[tokens[i]].item() for i in range(1, len(tokens)))


def test_end(spell):
    """a finished one keeps its place, and another may still overtake it"""
    def garden(tokens):  # the way that begins better ends worse
        if len(tokens) == 1:
            return torch.tensor([-9.0, -1.0, -0.5, -9.0])
        return torch.full((4,), -8.0) if tokens[1] == 2 else torch.tensor([-9.0, -0.1, -9.0, -4.0])

    def quick(tokens):  # 0, then 3 ends at -1; 1 costs -1.2 and then nothing more; 2 is 'go on'
        return torch.tensor([-9.0, -9.0, -0.5, -1.0]) if len(tokens) == 1 else torch.tensor([-9.0, -0.1, -4.0, -4.0])

    def slow(tokens):  # the end is cheap now, and dear to whoever goes on
        return torch.tensor([-9.0, -0.1, -9.0, -0.5]) if len(tokens) == 1 else torch.tensor([-3.0, -3.0, -3.0, -3.0])

    for fn in (garden, quick, slow):
        want = _search(fn, 0, 4, 2, 3)[0]
        got = spell.beam_search(fn, 0, 4, 2, 3)
        require(got == want, f"{want}", f"{got}", mistakes={
            "too-long": len(got) > 4,
            "first-finished": fn is not slow and got[-1] == 3,
            "lost-finished": fn is slow,
            "greedy": True,
        })


def test_length(spell):
    """`max_len` counts the first token, and a row without an end stops there"""
    def never(tokens):
        return torch.tensor([-0.1, -3.0, -50.0])

    for longest in (1, 2, 5):
        got = spell.beam_search(never, 1, longest, 2, 2)
        require(got == [1] + [0] * (longest - 1), f"{[1] + [0] * (longest - 1)} with max_len {longest}", f"{got}", mistakes={"too-long": True})


def test_languages(spell, rng):
    """languages made up on the spot, beams of every width"""
    for size, width, longest, sharp in ((5, 2, 5, 1.0), (4, 3, 6, 1.5), (6, 2, 4, 1.0), (3, 2, 7, 1.0), (5, 1, 5, 1.0), (4, 50, 4, 1.0)) * 6:
        fn = _language(rng, size, sharp)
        want, asked = _search(fn, 0, longest, width, size - 1)
        calls = []
        got = spell.beam_search(lambda tokens: calls.append(list(tokens)) or fn(tokens), 0, longest, width, size - 1)
        require(
            [int(t) for t in got] == want, f"{want}, a sum of {_score(fn, want):.3f}", f"{got}, {_score(fn, [int(t) for t in got]):.3f}",
            mistakes={
                "unlimited": len(calls) > asked and _score(fn, [int(t) for t in got]) > _score(fn, want),
                "last-only": True,
            },
        )
        require(len(calls) <= asked + longest, f"about {asked} questions", f"{len(calls)}", mistakes={"unlimited": True})
