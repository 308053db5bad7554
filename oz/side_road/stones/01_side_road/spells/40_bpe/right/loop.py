import re
from collections import Counter


class SimpleBPE:
    def __init__(self):
        self.merges = []

    def _apply(self, parts, a, b):
        i, out = 0, []
        while i < len(parts):
            if i + 1 < len(parts) and parts[i] == a and parts[i + 1] == b:
                out.append(a + b)
                i += 2
            else:
                out.append(parts[i])
                i += 1
        return out

    def train(self, corpus, num_merges):
        self.merges = []
        words = [list(w) + ["</w>"] for w in corpus]
        while len(self.merges) < num_merges:
            counts = Counter(p for w in words for p in zip(w, w[1:]))
            if not counts:
                return
            (a, b), _ = counts.most_common(1)[0]
            self.merges.append((a, b))
            words = [self._apply(w, a, b) for w in words]

    def encode(self, text):
        out = []
        for word in re.findall(r"\S+", text):
            parts = list(word) + ["</w>"]
            for a, b in self.merges:
                parts = self._apply(parts, a, b)
            out.extend(parts)
        return out
