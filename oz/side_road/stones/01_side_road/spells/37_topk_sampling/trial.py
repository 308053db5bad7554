"""Whether `sample_top_k_top_p` does what was asked, where TorchCode's own checks do not look."""

import torch

from oz.trial import mistake, require

# --- TorchCode's own checks stand here ---


LOGITS = torch.tensor([1.0, 3.0, 0.0, 2.5, -1.0, 2.0])  # in order: 1, 3, 5, 0, 2, 4


def _drawn(spell, times, logits=LOGITS, **how):
    counts = torch.zeros(len(logits))
    for _ in range(times):
        counts[int(spell.sample_top_k_top_p(logits.clone(), **how))] += 1
    return counts


def _shares(k=0, p=1.0, t=1.0, logits=LOGITS):
    row = logits / t
    if k:
        row = torch.where(row >= row.topk(k).values[-1], row, -torch.inf)
    shares = row.softmax(0)
    ordered, places = shares.sort(descending=True)
    keep = ordered.cumsum(0) - ordered < p - 1e-6
    out = torch.zeros_like(shares)
    out[places[keep]] = ordered[keep]
    return out / out.sum()


def _far(counts, shares):
    """How far counts are from shares, as a chance would see it (chi-square for each that is left)."""
    n, left = counts.sum(), shares > 0
    if counts[~left].any():
        return 1e9
    return float(((counts - n * shares)[left] ** 2 / (n * shares[left])).sum())


def _check(spell, ids, **how):
    counts, shares = _drawn(spell, 900, **how), _shares(how.get("top_k", 0), how.get("top_p", 1.0), how.get("temperature", 1.0))
    if _far(counts, shares) < 40:
        return
    k, p, t = how.get("top_k", 0), how.get("top_p", 1.0), how.get("temperature", 1.0)
    others = {
        "always-first": _shares(1),
        "one-too-few": _fewer(shares),
        "ignores-p": _shares(k, 1.0, t),
        "ignores-k": _shares(0, p, t),
        "temperature-late": _late(k, p, t),
        "ignores-temperature": _shares(k, p),
        "even": (shares > 0) / (shares > 0).sum(),
    }
    found = next((id for id, other in others.items() if id in ids and _far(counts, other) < 40), ids[-1])
    words = ", ".join(f"{s:.2f}" for s in shares), ", ".join(f"{c / 900:.2f}" for c in counts)
    mistake(found, f"asked for shares {words[0]} with {how}, yours {words[1]} in 900 draws")


def _fewer(shares):
    out = shares.clone()
    left = out[out > 0]
    if len(left) > 1:
        out[out == left.min()] = 0
    return out / out.sum()


def _late(k, p, t):
    kept = _shares(k, p) > 0
    return torch.where(kept, LOGITS / t, -torch.inf).softmax(0)


def test_plain(spell):
    """without limits: by the softmax"""
    _check(spell, ("always-first", "even"))


def test_k(spell):
    """`top_k`: only the largest, by their shares"""
    for k in (2, 3, 5):
        _check(spell, ("always-first", "even", "ignores-k"), top_k=k)


def test_p(spell):
    """`top_p`: the smallest set that reaches it"""
    for p in (0.9, 0.5, 0.7, 0.05):
        _check(spell, ("ignores-p", "one-too-few", "even", "always-first"), top_p=p)


def test_both(spell):
    """both, and a temperature before them"""
    _check(spell, ("ignores-temperature",), temperature=3.0)
    _check(spell, ("ignores-temperature",), temperature=0.5)
    _check(spell, ("temperature-late", "ignores-temperature"), top_p=0.6, temperature=3.0)
    _check(spell, ("ignores-p", "ignores-k", "temperature-late"), top_k=4, top_p=0.7, temperature=1.5)


def test_left_alone(spell):
    """the logits stay as they were"""
    logits = LOGITS.clone()
    spell.sample_top_k_top_p(logits, top_k=2, top_p=0.5, temperature=2.0)
    require(torch.equal(logits, LOGITS), "logits as they were", "changed ones", mistakes={"changed": True})
    got = spell.sample_top_k_top_p(LOGITS.clone(), top_k=100)
    require(0 <= int(got) < 6, "an index where `top_k` is more than there are", f"{got}")
