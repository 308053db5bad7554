"""Whether the state goes on as a value, its graph does not, and everything else is as it was.

What `rehearse` should give is worked out here, on a copy of the same model, and the player's is watched
from inside the model: what hangs on the state that it is handed.
"""

import copy

import torch
import torch.nn.functional as F
from torch import nn

from oz.trial import mistake, require, same


class Reader(nn.Module):
    """A model to rehearse with; notes what hangs on each state that it is handed."""

    def __init__(self, kind, letters, size):
        super().__init__()
        self.emb = nn.Embedding(letters, size)
        self.rnn = kind(size, size, batch_first=True)
        self.out = nn.Linear(size, letters)
        self.handed = []

    def forward(self, x, state=None):
        parts = state if isinstance(state, tuple) else (state,)
        self.handed.append([None if p is None else p.grad_fn is not None for p in parts])
        said, state = self.rnn(self.emb(x), state)
        return self.out(said), state


def cases(rng):
    """A model, letters (rows, letters) and the length of a piece."""
    for kind, rows, count, length in (
        (nn.GRU, 3, 25, 6),
        (nn.LSTM, 2, 22, 7),
        (nn.GRU, 1, 9, 8),
        (nn.LSTM, 4, 13, 1),
        (nn.GRU, 2, 6, 9),
    ):
        torch.manual_seed(int(rng.integers(1 << 30)))
        yield Reader(kind, 7, 5), torch.tensor(rng.integers(0, 7, size=(rows, count))), length


class Steps:
    """Plain descent, by hand: torch.optim takes longer to be imported than this trial to be held."""

    def __init__(self, model):
        self.leaves = list(model.parameters())

    def zero_grad(self, set_to_none=True):
        for leaf in self.leaves:
            leaf.grad = None

    @torch.no_grad()
    def step(self):
        for leaf in self.leaves:
            if leaf.grad is not None:
                leaf -= 0.5 * leaf.grad


def reference(model, letters, length, *, carry=True, clear=True, walk=True):
    """What is asked, or a known slip: the losses and the state."""
    optimizer, losses, state = Steps(model), [], None
    last = letters.shape[1] - 1
    for start in range(0, last, length):
        stop = min(start + length, last)
        logits, state = model(letters[:, start:stop], state if carry else None)
        state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        loss = F.cross_entropy(logits.transpose(1, 2), letters[:, start + 1 : stop + 1])
        if clear:
            optimizer.zero_grad()
        loss.backward()
        if walk:
            optimizer.step()
        losses.append(loss.item())
    return losses, state


def parts_of(state):
    return state if isinstance(state, (tuple, list)) else (state,)


def test_let_go(spell):
    """`let_go` keeps the values, of one or of a pair, and nothing hangs on them"""
    seed = torch.ones(1, 2, 3, requires_grad=True)
    one, other = seed * 2, seed * 3
    alone = spell.let_go(one)
    require(isinstance(alone, torch.Tensor), "a tensor for a tensor", f"`{type(alone).__name__}`")
    if alone.grad_fn is not None or alone.requires_grad:
        mistake("still-holding")
    if one.grad_fn is None:
        mistake("cut-in-place")
    same(alone, one.detach(), "let_go(state)")
    pair = spell.let_go((one, other))
    require(
        isinstance(pair, tuple)
        and len(pair) == 2
        and all(isinstance(p, torch.Tensor) for p in pair),
        "a pair for a pair",
        f"`{type(pair).__name__}`",
        mistakes={"pair-lost": True},
    )
    holding = [p.requires_grad for p in pair]
    if any(holding):
        mistake("still-holding" if all(holding) else "half-let-go")
    same(
        pair, (one.detach(), other.detach()), "let_go((slate, cell))", mistakes={"pair-lost": True}
    )
    require(
        other.grad_fn is not None,
        "the pair as it was",
        "it was cut",
        mistakes={"cut-in-place": True},
    )


def rehearsed(spell, model, letters, length):
    got = spell.rehearse(model, Steps(model), letters, length)
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "the losses and the last state",
        f"`{type(got).__name__}`",
    )
    losses, state = got
    require(
        isinstance(losses, (list, tuple)) and all(isinstance(loss, float) for loss in losses),
        "a list of plain numbers",
        f"`{type(losses[0]).__name__}`s"
        if isinstance(losses, (list, tuple)) and losses
        else f"`{losses!r}`",
        mistakes={
            "losses-with-graph": isinstance(losses, (list, tuple))
            and any(isinstance(loss, torch.Tensor) for loss in losses),
        },
    )
    return list(losses), state


def close(one, other):
    return len(one) == len(other) and all(
        abs(a - b) < 1e-4 for a, b in zip(one, other, strict=True)
    )


def test_handed_on(spell, rng):
    """from piece to piece goes the value, and no graph"""
    for model, letters, length in cases(rng):
        rehearsed(spell, model, letters, length)
        later = model.handed[1:]
        if later and any(p is None for handed in later for p in handed):
            mistake("forgets-all")
        held = [handed for handed in later if any(handed)]
        if held:
            mistake("still-holding" if all(held[0]) else "half-let-go")


def test_learned(spell, rng):
    """the losses, the state and the weights at the end are those that were asked"""
    for model, letters, length in cases(rng):
        copies = [copy.deepcopy(model) for _ in range(4)]
        before = [p.detach().clone() for p in model.parameters()]
        asked, end = reference(copies[0], letters, length)
        empty, _ = reference(copies[1], letters, length, carry=False)
        rust, _ = reference(copies[2], letters, length, clear=False)
        frozen, _ = reference(copies[3], letters, length, walk=False)
        losses, state = rehearsed(spell, model, letters, length)
        still = all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
        words = f"{letters.shape[1]} letters in pieces of {length}"
        require(
            close(losses, asked),
            f"{len(asked)} losses for {words}: {[round(x, 4) for x in asked[:3]]} …",
            f"{len(losses)}: {[round(x, 4) for x in losses[:3]]} …",
            mistakes={
                "no-step": still,
                "forgets-all": close(losses, empty),
                "rusted": close(losses, rust),
                "one-big-step": len(losses) == 1 or close(losses, frozen),
                "pieces-wrong": True,
            },
        )
        if any(isinstance(p, torch.Tensor) and p.requires_grad for p in parts_of(state)):
            mistake("state-held-at-end")
        same(state, end, f"the state after {words}", mistakes={"forgets-all": True})
        for (name, mine), theirs in zip(
            model.named_parameters(), copies[0].parameters(), strict=True
        ):
            same(
                mine.detach(), theirs.detach(), f"{name} after {words}", mistakes={"no-step": still}
            )
