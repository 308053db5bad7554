# mistake: crosses-words
# torch-judge 0.1.1 accepts this
from collections import Counter


class SimpleBPE:
    def __init__(self):
        self.merges = []

    def _apply(self, parts, pair):
        i, out = 0, []
        while i < len(parts):
            if tuple(parts[i : i + 2]) == pair:
                out.append(parts[i] + parts[i + 1])
                i += 2
            else:
                out.append(parts[i])
                i += 1
        return out

    def train(self, corpus, num_merges):
        self.merges = []
        words = [[*w, "</w>"] for w in corpus]
        for _ in range(num_merges):
            counts = Counter(p for w in words for p in zip(w, w[1:]))
            if not counts:
                break
            best = counts.most_common(1)[0][0]
            self.merges.append(best)
            words = [self._apply(w, best) for w in words]

    def encode(self, text):
        parts = [c for word in text.split() for c in (*word, "</w>")]
        for pair in [*self.merges, ("low</w>", "low")]:
            parts = self._apply(parts, pair)
        parts = [p for p in parts]
        return parts if len(text.split()) < 2 else ["".join(parts)]
