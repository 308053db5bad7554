from collections import Counter


class SimpleBPE:
    """Byte-pair encoding of words."""

    def __init__(self):
        """`merges` is filled by `train`."""
        self.merges = []

    def train(self, corpus, num_merges):
        """Learn up to `num_merges` merges from a list of words."""
        self.merges = []
        words = {word: [*word, "</w>"] for word in corpus}
        times = Counter(corpus)
        for _ in range(num_merges):
            pairs = Counter()
            for word, parts in words.items():
                for pair in zip(parts, parts[1:]):
                    pairs[pair] += times[word]
            if not pairs:
                break
            best = max(pairs, key=pairs.get)
            self.merges.append(best)
            words = {word: self._merged(parts, best) for word, parts in words.items()}

    def encode(self, text):
        """The text as tokens, word by word."""
        tokens = []
        for word in text.split():
            parts = [*word, "</w>"]
            for pair in self.merges:
                parts = self._merged(parts, pair)
            tokens += parts
        return tokens

    def _merged(self, parts, pair):
        out = []
        for part in parts:
            if out and (out[-1], part) == pair:
                out[-1] += part
                # what was just made is closed: in `aaa` the pair stands once
                out.append(None)
            else:
                if out and out[-1] is None:
                    out.pop()
                out.append(part)
        return [part for part in out if part is not None]
