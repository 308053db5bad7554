"""Whether the Great Head can speak: judged on head.pt, on a part of the story that he was not to read.

Nothing here depends on the player's classes: the net is built anew from what head.pt holds. The mark is
measured in tests/benchmarks/test_marks_throne.py.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from oz.trial import mistake, require
from oz.trial.again import Enough, once_more

BETTER = 0.5
"""By how many bits per character he has to beat the Greater Guesser."""
NEAR = 0.01
"""How far a price may be from ours, in bits."""
STRANGE, WAYS = "\N{SNOWMAN}", 40
"""A letter that stands in no story, and after how many ways back it is known what is learned from."""
NAMES = (
    "emb.weight", "gru.weight_ih_l0", "gru.weight_hh_l0", "gru.bias_ih_l0", "gru.bias_hh_l0",
    "out.weight", "out.bias",
)  # fmt: skip


def parted(codes):
    """What is read, and what is held back."""
    cut = len(codes) * 9 // 10
    return codes[:cut], codes[cut:]


def pairs(codes, size):
    """The Greater Guesser: log2 of the odds of each letter after each, every count with 1 added."""
    counts = (
        torch.bincount(codes[:-1] * size + codes[1:], minlength=size * size).view(size, size) + 1.0
    )
    return (counts / counts.sum(dim=1, keepdim=True)).log2()


def bigram(codes, size):
    """What the Greater Guesser pays for a letter of the part that was held back."""
    read, held = parted(codes)
    return -pairs(read, size)[held[:-1], held[1:]].mean().item()


class Rebuilt:
    """The Head, from what was kept of him."""

    def __init__(self, state):
        w = state["emb.weight"]
        self.emb = nn.Embedding.from_pretrained(w.float())
        self.gru = nn.GRU(w.shape[1], state["gru.weight_hh_l0"].shape[1], batch_first=True)
        self.gru.load_state_dict(
            {
                name.removeprefix("gru."): value
                for name, value in state.items()
                if name.startswith("gru.")
            }
        )
        self.w, self.b = state["out.weight"], state["out.bias"]

    @torch.no_grad()
    def price(self, codes, targets=None, *, forgetful=False, bent=False):
        """Bits for a letter, in one go from an empty state; `forgetful`: from an empty one each time;
        `bent`: with chances taken for logits."""
        heard = codes[:-1, None] if forgetful else codes[None, :-1]
        said = self.gru(self.emb(heard))[0].flatten(0, 1) @ self.w.T + self.b
        said = torch.softmax(said, dim=1) if bent else said
        asked = codes[1:] if targets is None else targets
        return F.cross_entropy(said, asked).item() / math.log(2)


def story_of(scratch):
    return (scratch / "story.txt").read_text(encoding="utf-8")


def kept_in(scratch):
    """What is in head.pt, looked over: the letters, and the tensors."""
    path = scratch / "head.pt"
    require(path.is_file(), "a file `head.pt`", "there is none", mistakes={"nothing-kept": True})
    try:
        held = torch.load(path, weights_only=True)
    except Exception as error:  # noqa: BLE001 - whatever a pickle may raise
        if "weights_only" in str(error).lower() or "unpickl" in type(error).__name__.lower():
            mistake("whole-model")
        raise
    require(
        isinstance(held, dict) and {"chars", "state"} <= set(held),
        "a dict with `chars` and `state` in `head.pt`",
        f"`{sorted(held)[:6]}`" if isinstance(held, dict) else f"`{type(held).__name__}`",
        mistakes={"bare-state": isinstance(held, dict) and "chars" not in held},
    )
    return held


def built(scratch):
    """The Head rebuilt, and the story in his numbers."""
    kept, story = kept_in(scratch), story_of(scratch)
    chars, state = kept["chars"], kept["state"]
    require(
        isinstance(chars, str) and len(set(chars)) == len(chars),
        "`chars` to be a text with every letter once",
        f"`{type(chars).__name__}`",
    )
    missing = sorted(set(story) - set(chars))
    require(
        not missing,
        "every letter of the story in `chars`",
        f"without {missing[:5]}",
        mistakes={"letters-missing": True},
    )
    lost = [name for name in NAMES if name not in state]
    require(
        not lost and len(state) == len(NAMES),
        f"exactly these tensors in `state`: {', '.join(f'`{name}`' for name in NAMES)}",
        f"{', '.join(f'`{name}`' for name in list(state)[:8])}",
        mistakes={"other-names": True},
    )
    sizes = (state["emb.weight"].shape[0], state["out.weight"].shape[0])
    require(sizes == (len(chars),) * 2, f"{len(chars)} letters in `emb` and `out`", f"{sizes}")
    numbers = {c: i for i, c in enumerate(chars)}
    return Rebuilt(state), torch.tensor([numbers[c] for c in story]), chars


def test_kept(scratch):
    """`head.pt` holds his letters and his weights, as plain data"""
    built(scratch)


def test_measured(spell, scratch):
    """`bpc` is what he costs there, in bits, in one go from an empty state"""
    head, codes, _ = built(scratch)
    _, held = parted(codes)
    his, claimed = head.price(held), spell.bpc
    if isinstance(claimed, torch.Tensor) and claimed.numel() == 1:
        claimed = claimed.item()
    require(
        isinstance(claimed, float),
        "`bpc`, a number",
        f"`{type(claimed).__name__}`",
        mistakes={"not-measured": True},
    )

    def is_price(other):
        return abs(claimed - other) < NEAR

    require(
        is_price(his),
        f"{his:.3f} bits per character",
        f"{claimed:.3f}",
        mistakes={
            "nats": is_price(his * math.log(2)),
            "not-a-mean": claimed > 100,
            "softmax-before": lambda _: is_price(head.price(held, bent=True)),
            "does-not-look-back": lambda _: is_price(head.price(held, forgetful=True)),
            "heard-what-he-read": claimed < his,
            "measured-otherwise": True,
        },
    )


def test_spoken(spell):
    """`samples` are at least four, of a hundred letters and more"""
    said = spell.samples
    texts = isinstance(said, (list, tuple)) and all(isinstance(one, str) for one in said)
    require(
        texts and len(said) >= 4 and all(len(one) >= 100 for one in said),
        "at least four samples, of a hundred letters and more",
        f"{len(said)}, of {[len(one) for one in said][:6]} letters"
        if texts
        else f"`{type(said).__name__}`",
        mistakes={"too-little-said": True},
    )


def test_better(spell, scratch, training):
    """on the part that was held back he beats the Greater Guesser by half a bit"""
    head, codes, chars = built(scratch)
    size = len(chars)
    _, held = parted(codes)
    guesser, his = bigram(codes, size), head.price(held)
    if his < guesser - BETTER:
        _not_read_to_him(spell, scratch)
        return
    some = held[:6000]
    here = head.price(some)
    require(
        condition=False,
        asked=f"less than {guesser - BETTER:.2f} bits per character (the Greater Guesser pays {guesser:.2f})",
        got=f"{his:.2f}",
        mistakes={
            "same-letter": head.price(some, some[:-1]) < 1.0,
            "no-step": not training.steps or abs(his - math.log2(size)) < 0.1,
            "does-not-look-back": here > head.price(some, forgetful=True) - 0.1
            and his < guesser + 0.6,
            "not-there-yet": True,
        },
    )


def _not_read_to_him(spell, scratch):
    """Fail if he learned from what was held back.

    The program begins once more, beside a story in whose last tenth every blank is a letter that stands
    nowhere else. Whatever is learned from that part leaves a gradient at what the embedding said of that
    letter; what is only measured leaves none. The rows of the embedding would not do: where it is the
    weight of `out` too, all of them have one.
    """
    story = story_of(scratch)
    cut = len(story) * 9 // 10 + 10
    folder = scratch / "again"
    folder.mkdir()
    marked = story[:cut] + story[cut:].replace(" ", STRANGE)
    (folder / "story.txt").write_text(marked, encoding="utf-8")
    touched, counted, ways = set(), set(), 0

    def another_way(_gradient):
        nonlocal ways
        ways += 1
        if ways >= WAYS:
            raise Enough

    def heard(module, given, said):
        if not (isinstance(module, nn.Embedding) and given and said.requires_grad):
            return
        letters = given[0].detach().clone()
        said.register_hook(lambda gradient: touched.update(letters[gradient.any(-1)].tolist()))
        if module.weight.is_leaf and module not in counted:
            counted.add(module)
            module.weight.register_hook(another_way)  # once on a way back, however often asked

    handle = register_module_forward_hook(heard)
    try:
        torch.manual_seed(90)
        names = once_more(spell.source, folder, steps=WAYS)
    finally:
        handle.remove()
    chars = names.get("chars")
    if isinstance(chars, (str, list, tuple)) and STRANGE in chars:
        require(
            list(chars).index(STRANGE) not in touched,
            "nothing to be learned from the last tenth of the story",
            "a reading that comes by there",
            mistakes={"held-read": True},
        )


def test_samples(spell, scratch):
    """`samples` goes from noise to speech"""
    _, codes, chars = built(scratch)
    said = spell.samples
    odds = pairs(codes, len(chars))
    story = story_of(scratch)

    def price(text):
        """What the Greater Guesser would pay for it, a letter."""
        its = torch.tensor([chars.index(c) for c in text if c in chars])
        return -odds[its[:-1], its[1:]].mean().item()

    first, last = price(said[0]), price(said[-1])
    require(
        not any(one[20:90] in story for one in said),
        "his own words",
        "a passage of the story, letter for letter",
        mistakes={"read-aloud": True},
    )
    require(
        first > 6.0 and last < first - 1.5,
        "noise in the first sample and speech in the last",
        f"{first:.1f} bits a letter by the Greater Guesser's odds in the first, {last:.1f} in the last",
        mistakes={"spoke-too-late": first <= 6.0, "still-noise": True},
    )
