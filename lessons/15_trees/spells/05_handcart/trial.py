"""Whether a ride is ridden to its end by the rules of gymnasium, and whether the rider has learnt.

The bar is measured in tests/benchmarks/test_marks_trees.py.
"""

import gymnasium as gym
import numpy as np
import torch

from oz.trial import mistake, require, same

STANDS = 100
"""Steps for which the pole has to stand, in the mean of the rides that are looked at."""
RIDES = 20
LONGEST = 200


class Cart(gym.Env):
    """A cart that only keeps count: over after so many steps, by a fall, by the bell, or by both."""

    def __init__(self, steps, fallen, rung, actions=2):
        self.steps, self.fallen, self.rung = steps, fallen, rung
        self.action_space = gym.spaces.Discrete(actions)
        self.observation_space = gym.spaces.Box(-100, 100, (3,), np.float32)
        self.seeds, self.moves, self.over = [], [], True

    def _look(self):
        last = self.moves[-1] if self.moves else 9
        return np.array([self.n, last, -self.n], dtype=np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.seeds.append(seed)
        self.n, self.over, self.moves = 0, False, []
        return self._look(), {"note": "nothing"}

    def step(self, action):
        if self.over:
            word = "the bell has rung" if self.rung and not self.fallen else "the pole has fallen"
            raise RuntimeError(f"{word}: this ride is over")
        assert self.action_space.contains(action), f"{action!r} ({type(action)}) invalid"
        self.n += 1
        self.moves.append(int(action))
        self.over = self.n >= self.steps
        return self._look(), float(10 + self.n), self.over and self.fallen, self.over and self.rung, {}


class Even(torch.nn.Module):
    """Leans nowhere; notes what it was shown."""

    def __init__(self, actions=2):
        super().__init__()
        self.actions, self.shown = actions, []

    def forward(self, x):
        self.shown.append(x.detach().clone())
        return torch.zeros(*x.shape[:-1], self.actions)


def cast(spell, cart, policy, seed=5):
    """What the player's `ride` gives, taken apart."""
    made = spell.ride(cart, policy, seed)
    require(
        isinstance(made, (tuple, list)) and len(made) == 4,
        "four things: what was seen, the moves, the rewards, whether it fell",
        "nothing" if made is None else f"`{type(made).__name__}`",
        mistakes={"nothing-yet": made is None},
    )
    return made


def test_to_the_end(spell):
    """a ride goes on until it is over, by a fall, by the bell, or by both, and no longer"""
    for fallen, rung in ((True, False), (False, True), (True, True)):
        cart = Cart(7, fallen, rung)
        _, moves, rewards, _ = cast(spell, cart, Even())
        require(cart.n == 7, "7 steps", str(cart.n), mistakes={"nothing-yet": cart.n < 2 and not spell.has_loop(inside="ride")})
        require(len(moves) == 7 and len(rewards) == 7, "7 moves and 7 rewards", f"{len(moves)} and {len(rewards)}")


def test_told(spell):
    """what was seen *before* each move, the move that was made, and the reward it brought"""
    cart = Cart(9, True, False)
    seen, moves, rewards, _ = cast(spell, cart, Even())
    before = torch.tensor([[n, cart.moves[n - 1] if n else 9, -n] for n in range(9)], dtype=torch.float32)
    after = torch.tensor([[n + 1, cart.moves[n], -n - 1] for n in range(9)], dtype=torch.float32)
    same(
        seen,
        before,
        "what was seen",
        mistakes={
            "seen-too-late": lambda t: torch.equal(t, after),
            "never-looked-up": lambda t: bool((t == t[0]).all()),
        },
    )
    same(moves, torch.tensor(cart.moves), "moves", dtype=False)
    same(rewards, torch.arange(11.0, 20.0), "rewards", mistakes={"added-up": lambda t: t.numel() == 1})
    require(
        moves.dtype == torch.int64 and rewards.dtype == torch.float32,
        "`int64` moves and `float32` rewards",
        f"`{moves.dtype}` and `{rewards.dtype}`",
    )


def test_fallen(spell):
    """whether it fell: true for a fall, false when only the time was up"""
    for fallen, rung in ((False, True), (True, False), (True, True)):
        *_, told = cast(spell, Cart(4, fallen, rung), Even())
        require(
            bool(told) is fallen,
            "fallen" if fallen else "not fallen: the bell rang, and the pole stood",
            "fallen" if told else "not fallen",
            mistakes={"bell-for-a-fall": not fallen, "bell-before-fall": fallen and rung, "fall-unseen": fallen},
        )


def test_seed(spell):
    """the ride begins with the seed it was given"""
    cart = Cart(3, True, False)
    cast(spell, cart, Even(), seed=77)
    require(77 in cart.seeds, "`reset(seed=77)`", f"`reset(seed={cart.seeds[-1]})`", mistakes={"unseeded": None in cart.seeds})
    require(len(cart.seeds) == 1, "one reset", f"{len(cart.seeds)}", mistakes={"reset-twice": True})


def test_drawn(spell):
    """moves are drawn as the policy leans, any number of them"""
    cart = Cart(300, True, False, actions=3)
    cast(spell, cart, Even(3))
    count = torch.bincount(torch.tensor(cart.moves), minlength=3)
    require(
        int(count.min()) > 50,
        "each of three moves about a hundred times in three hundred",
        ", ".join(str(int(c)) for c in count),
        mistakes={"always-the-best": int(count.max()) == 300, "own-coin": int(count[2]) == 0},
    )


def test_stands(spell, training):
    """`rider` keeps the pole up for 100 steps, in the mean of 20 rides it has not had"""
    length = held(spell.rider)
    require(
        length >= STANDS,
        f"{STANDS} steps (somebody who does not look: 22)",
        f"{length:.0f}",
        mistakes={"not-practised": training.steps == 0, "wrong-sign": length < 12, "hardly-learnt": True},
    )


def held(rider):
    """Mean length of rides on seeds that nobody has practised, always the likelier move."""
    env = gym.make("CartPole-v1", max_episode_steps=LONGEST)
    total = 0
    with torch.no_grad():
        for seed in range(90_000, 90_000 + RIDES):
            observation, _ = env.reset(seed=seed)
            over = False
            while not over:
                logits = rider(torch.as_tensor(observation))
                if logits.shape != (2,):
                    mistake("hardly-learnt")
                observation, _, terminated, truncated, _ = env.step(int(logits.argmax()))
                over = terminated or truncated
                total += 1
    env.close()
    return total / RIDES
