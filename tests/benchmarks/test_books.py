"""How quickly the books of a long journey are opened: promises on a quiet machine, as ratios of
what others take of the processors meanwhile."""

from __future__ import annotations

import ast
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from oz.campaign import load
from oz.crucible import Crucible
from oz.saves import Attempt, Journey
from oz.session import Session, spellbook
from tests.benchmarks.crowd import crowding
from tests.session.finished import walk

pytestmark = [pytest.mark.benchmark, pytest.mark.asyncio(loop_scope="session")]

MANY = 10_000


def took(act: Callable[[], object], rounds: int = 9) -> float:
    """The median of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


@pytest.mark.parametrize("many", [0, MANY])
async def test_the_books_of_a_finished_journey_are_opened_at_once(
    tmp_path: Path, crucible: Crucible, many: int
) -> None:
    """Each under 50 ms, with 10,000 attempts more likewise."""
    campaign = load(None)
    walk(tmp_path / "dorothy", campaign)
    for spell in campaign.spells.values():
        draft = tmp_path / "dorothy" / "spells" / spell.stage / spell.draft_name
        draft.parent.mkdir(exist_ok=True)
        draft.write_bytes(spell.solution.read_bytes())
    code = next(iter(campaign.spells.values())).solution.read_text("utf-8") * 3
    with Journey.open(tmp_path / "dorothy") as journey, journey.transaction():
        for number in range(many):
            id = list(campaign.spells)[number % len(campaign.spells)]
            journey.add_attempt(Attempt(id, code, "failed", None, 0.1, "{}" * 500))
    crowd = crowding()
    async with await Session.open(tmp_path / "dorothy", crucible=crucible) as session:
        shelf = session.shelf
        journal, book = took(shelf.journal), took(shelf.spellbook)
        figures = took(shelf.statistics)
        page = took(lambda: shelf.journal_page(shelf.journal()[3]))
    told = {"journal": journal, "a page of it": page, "spellbook": book, "statistics": figures}
    shown = ", ".join(f"{name} {seconds * 1e3:.1f} ms" for name, seconds in told.items())
    print(f"\n{many} attempts more: {shown}; the machine is {crowd:.1f} times as slow as alone")
    assert max(told.values()) < 0.05 * crowd


async def test_where_a_name_was_used_is_found_while_one_reads(
    tmp_path: Path, crucible: Crucible
) -> None:
    """The first time programs have to be read; who reads all there are would wait longer."""
    campaign = load(None)
    walk(tmp_path / "dorothy", campaign)
    codes = [spell.solution.read_text("utf-8") for spell in campaign.spells.values()]
    every = took(lambda: [ast.parse(code) for code in codes if "import" in code], 3)
    async with await Session.open(tmp_path / "dorothy", crucible=crucible) as session:
        first: dict[str, float] = {}
        for name in campaign.references:
            spellbook._uses.cache_clear()
            first[name] = took(lambda name=name: spellbook.places(session.shelf.used_in(name)), 1)
        again = took(lambda: spellbook.places(session.shelf.used_in("torch.tensor")))
    late = sorted(first.values())[int(len(first) * 0.95)]
    slowest = max(first, key=lambda name: first[name])
    print(
        f"\nwhere a name was used: {statistics.median(first.values()) * 1e3:.1f} ms, p95 "
        f"{late * 1e3:.1f} ms, at most {first[slowest] * 1e3:.1f} ms ({slowest}); again "
        f"{again * 1e3:.1f} ms; parsing every model answer {every * 1e3:.1f} ms"
    )
    assert late < 2 * every
