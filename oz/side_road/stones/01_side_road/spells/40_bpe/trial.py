"""Whether `SimpleBPE` does what was asked, where TorchCode's own checks do not look."""

from oz.trial import mistake, require

# --- TorchCode's own checks stand here ---


from collections import Counter


def _merge(parts, pair):
    out, i = [], 0
    while i < len(parts):
        if tuple(parts[i : i + 2]) == pair:
            out.append(parts[i] + parts[i + 1])
            i += 2
        else:
            out.append(parts[i])
            i += 1
    return out


def _counts(words):
    found = Counter()
    for parts, times in words:
        for pair in zip(parts, parts[1:], strict=False):
            found[pair] += times
    return found


def _corpus(rng, letters="abcd", words=12):
    made = ["".join(letters[i] for i in rng.integers(0, len(letters), size=int(n))) for n in rng.integers(1, 8, size=words)]
    return [w for w in made for _ in range(int(rng.integers(1, 6)))]


def _follow(merges, corpus):
    """Whether each merge was a most frequent pair when it was made; else which was not, and how it stood."""
    words = [([*w, "</w>"], n) for w, n in Counter(corpus).items()]
    for number, pair in enumerate(merges):
        pair, counts = tuple(pair), _counts(words)
        if not counts or counts[pair] == 0:
            return number, "gone", pair, counts
        if counts[pair] < max(counts.values()):
            return number, "less", pair, counts
        words = [(_merge(parts, pair), n) for parts, n in words]
    return None


CORPORA = (["low"] * 5 + ["lower"] * 2 + ["newest"] * 6 + ["widest"] * 3, ["aaaa"] * 3 + ["ab"] * 4, ["ab"] * 9 + ["bc", "bcb", "bca", "cbc", "bcd", "dbc"])


def test_merges(spell, rng):
    """every merge is a most frequent pair, counted anew each time"""
    for corpus in (*CORPORA, *(_corpus(rng) for _ in range(6))):
        bpe = spell.SimpleBPE()
        bpe.train(list(corpus), 6)
        wrong = _follow(bpe.merges, corpus)
        if wrong is None:
            continue
        number, _, pair, counts = wrong
        first = _counts([([*w, "</w>"], n) for w, n in Counter(corpus).items()])
        once = _counts([([*w, "</w>"], 1) for w in set(corpus)])
        best = counts.most_common(1)[0] if counts else ("none", 0)
        require(
            False, f"merge {number + 1} of a pair that stands there most often, {best[0]} ({best[1]} times)", f"{pair} ({counts[pair]} times)",
            mistakes={
                "invented": not counts,
                "crosses-words": any("</w>" in part[:-4] for part in pair) or pair[0] == "</w>",
                "counts-once": number == 0 and once[pair] == max(once.values()),
                "one-pass": number > 0 and first[pair] > 0,
                "overlap": True,
            },
        )


def _encoded(merges, text):
    out = []
    for word in text.split():
        parts = [*word, "</w>"]
        for pair in merges:
            parts = _merge(parts, tuple(pair))
        out += parts
    return out


def test_encode(spell, rng):
    """encoding applies the merges in their order, to words it has not seen too"""
    for corpus in (*CORPORA, *(_corpus(rng) for _ in range(6))):
        bpe = spell.SimpleBPE()
        bpe.train(list(corpus), 8)
        words = [*dict.fromkeys(corpus), *_corpus(rng, words=6), "aaaaa", "abcabc", "lowest", "newer"]
        for word in words:
            got, want = bpe.encode(word), _encoded(bpe.merges, word)
            whole = "".join(got).replace("</w>", "")
            require(whole == word, f"tokens that make {word!r}", f"{got}", mistakes={"loses-text": True})
            require(
                got == want, f"{want} for {word!r} by the merges {[tuple(m) for m in bpe.merges]}", f"{got}",
                mistakes={"letters": got in ([*word, "</w>"], [*word], [word + "</w>"], [word]), "encode-order": True},
            )


def test_several(spell):
    """a text of several words, one after another"""
    bpe = spell.SimpleBPE()
    bpe.train(["low"] * 5 + ["lower"] * 2, 4)
    got = bpe.encode("low lower low")
    want = _encoded(bpe.merges, "low lower low")
    require(got == want, f"{want}", f"{got}", mistakes={"crosses-words": True})
    require(bpe.encode("") == [], "nothing for an empty text", f"{bpe.encode('')}")


def test_ends(spell):
    """when nothing is left to merge, it ends"""
    bpe = spell.SimpleBPE()
    try:
        bpe.train(["ab"], 10)
    except (ValueError, IndexError) as error:
        mistake("invented", f"asked for two merges and an end, yours says: {type(error).__name__}: {error}")
    require(len(bpe.merges) == 2, "two merges for the word `ab`", f"{bpe.merges}", mistakes={"invented": True})
