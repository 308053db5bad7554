"""Whether petitioners are brought in together: counted by the parties, never by the clock alone."""

import asyncio
import threading

import numpy as np

from oz.trial import mistake, require, same

LONG = 2.5
"""Seconds after which somebody who is not answered counts as forgotten. Nothing that is right takes a fifth of it."""


class Brain:
    """A brain that notes each party, can be held up, and can be ill."""

    def __init__(self, rng):
        self.weights = rng.normal(size=(64, 10)).astype(np.float32)
        self.parties = []
        self.ill = False
        self.now = self.most_at_once = 0
        self.entered, self.may_go = threading.Event(), threading.Event()
        self.may_go.set()
        self._lock = threading.Lock()

    def __call__(self, slates):
        with self._lock:
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
            self.parties.append((getattr(slates, "dtype", None), tuple(getattr(slates, "shape", ()))))
        self.entered.set()
        went = self.may_go.wait(LONG)
        with self._lock:
            self.now -= 1
        if self.ill:
            raise RuntimeError("the straw has slipped")
        if not went:
            raise TimeoutError("held up for too long")
        return np.asarray(slates, dtype=np.float32).reshape(len(slates), 64) @ self.weights

    @property
    def sizes(self):
        return [shape[0] if shape else 0 for _, shape in self.parties]

    def door(self, slate):
        return int((slate.reshape(64) @ self.weights).argmax())


def _slates(rng, n):
    return (rng.integers(0, 17, size=(n, 8, 8)) / 16).astype(np.float32)


def _held(spell, brain, at_most, within, work, dead=False):
    """What work(ushers) returns, in the player's ushers.

    With `dead` an usher may have died of it: what that meant for the petitioners says more than the exception,
    which comes out only when the day is over and he is awaited.
    """
    done = []

    async def day():
        async with spell.Ushers(brain, at_most=at_most, within=within) as ushers:
            done.append(await work(ushers))

    try:
        asyncio.run(asyncio.wait_for(day(), 8 * LONG))
    except Exception:
        if not (dead and done):
            raise
    finally:
        brain.may_go.set()
    return done[0]


async def _all(ushers, slates, seconds=LONG):
    """Everybody's answer; an exception for whoever got one, and a TimeoutError for whoever got nothing."""

    async def one(slate):
        return await asyncio.wait_for(ushers.read(slate), seconds)

    return await asyncio.gather(*map(one, slates), return_exceptions=True)


def _right(brain, slates, doors):
    forgotten = sum(isinstance(door, TimeoutError) for door in doors)
    raised = next((door for door in doors if isinstance(door, BaseException)), None)
    for _, shape in brain.parties:
        require(
            len(shape) == 4 and shape[1:] == (1, 8, 8),
            "`(n, 1, 8, 8)` for the brain",
            f"`{shape}`",
            mistakes={"no-sheet": len(shape) == 3},
        )
    require(not forgotten, "an answer for everybody", f"none for {forgotten} of {len(doors)}", mistakes={"full-bench": True})
    if raised is not None:
        raise raised
    asked = [brain.door(slate) for slate in slates]
    require(
        all(isinstance(door, (int, np.integer)) for door in doors),
        "a whole number for each",
        f"`{type(doors[0]).__name__}`",
    )
    same([int(door) for door in doors], asked, "the doors", mistakes={"mixed-up": sorted(doors) == sorted(asked) or len(set(doors)) < 3})


def test_own_answer(spell, rng):
    """everybody who comes gets an answer, and his own"""
    brain = Brain(rng)
    slates = _slates(rng, 25)
    doors = _held(spell, brain, 8, 0.05, lambda ushers: _all(ushers, slates))
    _right(brain, slates, doors)
    require(
        all(dtype == np.float32 for dtype, _ in brain.parties),
        "`float32` for the brain",
        f"`{brain.parties[0][0]}`",
    )


def test_together(spell, rng):
    """forty at once, at most sixteen in a party: 16, 16 and 8"""
    for n, at_most, sizes in ((40, 16, [16, 16, 8]), (12, 12, [12]), (3, 1, [1, 1, 1])):
        brain = Brain(rng)
        slates = _slates(rng, n)
        doors = _held(spell, brain, at_most, 0.2, lambda ushers, s=slates: _all(ushers, s))
        require(
            max(brain.sizes) <= at_most,
            f"parties of {at_most} at most",
            f"one of {max(brain.sizes)}",
            mistakes={"too-many": True},
        )
        require(
            brain.sizes == sizes,
            f"parties of {sizes}",
            f"{brain.sizes[:12]}",
            mistakes={"singly": n > 3 and set(brain.sizes) == {1}, "full-bench": sum(brain.sizes) < n},
        )
        _right(brain, slates, doors)


def test_alone(spell, rng):
    """one who comes alone is not kept waiting for a full bench"""
    brain = Brain(rng)
    slates = _slates(rng, 1)
    doors = _held(spell, brain, 16, 0.05, lambda ushers: _all(ushers, slates))
    _right(brain, slates, doors)


def test_full(spell, rng):
    """and a full bench goes in at once, however much sand is left"""
    brain = Brain(rng)
    slates = _slates(rng, 10)
    doors = _held(spell, brain, 5, 60, lambda ushers: _all(ushers, slates, LONG / 2))
    if any(isinstance(door, TimeoutError) for door in doors):
        mistake("sleeps")
    _right(brain, slates, doors)


def test_company(spell, rng):
    """whoever comes a little after the first, goes in with him"""
    brain = Brain(rng)
    slates = _slates(rng, 3)

    async def one_after_another(ushers):
        waiting = []
        for slate in slates:
            waiting.append(asyncio.ensure_future(_all(ushers, [slate])))
            for _ in range(20):  # until nothing moves any more without time going by
                await asyncio.sleep(0)
        return [door for (door,) in await asyncio.gather(*waiting)]

    doors = _held(spell, brain, 16, 0.25, one_after_another)
    require(brain.sizes == [3], "one party of three", f"{brain.sizes}", mistakes={"no-wait": len(brain.sizes) > 1})
    _right(brain, slates, doors)


def test_first_counts(spell, rng):
    """the sand runs from the first: a thin stream of newcomers does not hold him up"""
    brain = Brain(rng)
    within = 0.2
    slates = _slates(rng, 400)

    async def stream(ushers):
        waiting = []
        began = asyncio.get_running_loop().time()
        for slate in slates:
            waiting.append(asyncio.ensure_future(_all(ushers, [slate])))
            await asyncio.sleep(within / 20)
            if brain.sizes or asyncio.get_running_loop().time() - began > within * 6:
                break
        going = bool(brain.sizes)
        return going, [door for (door,) in await asyncio.gather(*waiting)]

    going, doors = _held(spell, brain, 1000, within, stream)
    require(
        going,
        f"the first brought in when {within:g} seconds are over",
        f"nobody yet after {within * 6:g}, since somebody came every {within / 20:g}",
        mistakes={"glass-turned": True},
    )
    _right(brain, slates[: len(doors)], doors)


def test_loop_free(spell, rng):
    """while the brain is thinking the loop goes on, and newcomers gather for the next party; one thought at a time"""
    brain = Brain(rng)
    slates = _slates(rng, 8)

    async def held_up(ushers):
        brain.may_go.clear()
        first = asyncio.ensure_future(_all(ushers, slates[:1], 3 * LONG))
        for _ in range(200):  # two seconds, if need be
            await asyncio.sleep(0.01)
            if brain.entered.is_set():
                break
        free = brain.now == 1
        rest = asyncio.ensure_future(_all(ushers, slates[1:], 3 * LONG))
        await asyncio.sleep(0.2)
        brain.may_go.set()
        return free, [door for doors in await asyncio.gather(first, rest) for door in doors]

    free, doors = _held(spell, brain, 16, 0.02, held_up)
    require(
        free,
        "a loop that goes on while the brain is thinking",
        "one that stands still till it has thought",
        mistakes={"deaf": True},
    )
    require(
        brain.most_at_once == 1,
        "one thought at a time",
        f"{brain.most_at_once}",
        mistakes={"two-thoughts": True},
    )
    require(brain.sizes == [1, 7], "1, and then the 7 who came meanwhile", f"{brain.sizes}", mistakes={"singly": True})
    _right(brain, slates, doors)


def test_ill(spell, rng):
    """when the brain fails, those of that party are told so; the next party is read"""
    brain = Brain(rng)
    slates = _slates(rng, 3)

    async def bad_morning(ushers):
        brain.ill = True
        before = await _all(ushers, slates, LONG / 2)
        brain.ill = False
        return before, await _all(ushers, slates, LONG / 2)

    before, after = _held(spell, brain, 8, 0.02, bad_morning, dead=True)
    require(
        all(isinstance(door, Exception) for door in before),
        "an exception for each of the party",
        f"`{before[0]!r}`",
        mistakes={"hushed-up": True},
    )
    require(
        not any(isinstance(door, TimeoutError) for door in before),
        "an exception for each of the party",
        "nothing: they are waiting still",
        mistakes={"left-sitting": True},
    )
    require(
        not any(isinstance(door, Exception) for door in after),
        "the next party read",
        "nobody comes for them",
        mistakes={"dead-usher": True},
    )
    _right(brain, slates, after)


def test_gone_home(spell, rng):
    """somebody who gives up and goes home holds up nobody: the others of his party are answered"""
    brain = Brain(rng)
    slates = _slates(rng, 5)

    async def one_leaves(ushers):
        brain.may_go.clear()
        waiting = [asyncio.ensure_future(ushers.read(slate)) for slate in slates]
        for _ in range(200):
            await asyncio.sleep(0.01)
            if brain.entered.is_set():
                break
        waiting[0].cancel()
        await asyncio.sleep(0)
        brain.may_go.set()
        done = await asyncio.gather(
            *(asyncio.wait_for(one, LONG / 2) for one in waiting[1:]), return_exceptions=True
        )
        return done, await _all(ushers, slates[:2], LONG / 2)

    done, after = _held(spell, brain, 5, 0.5, one_leaves, dead=True)
    require(
        not any(isinstance(door, BaseException) for door in [*done, *after]),
        "an answer for the others, and for who comes next",
        "none",
        mistakes={"gone-home": True},
    )
    _right(brain, slates[1:], done)


def test_left_behind(spell, rng):
    """when the day is over nobody is left in the hall"""
    brain = Brain(rng)

    async def day():
        before = asyncio.all_tasks()
        async with spell.Ushers(brain, at_most=4, within=0.01) as ushers:
            await ushers.read(_slates(rng, 1)[0])
        await asyncio.sleep(0)
        return [task for task in asyncio.all_tasks() - before if not task.done()]

    left = asyncio.run(asyncio.wait_for(day(), 2 * LONG))
    require(not left, "no task left when `async with` has ended", f"{len(left)}", mistakes={"left-behind": True})
