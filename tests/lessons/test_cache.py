"""Lessons out of the cache are the lessons that were read, and never older ones."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import time
from dataclasses import fields
from pathlib import Path

import pytest

from oz import campaign
from oz.campaign import Campaign, LessonsError, cache
from oz.cli.unlit import Unlit
from oz.session import Session
from oz.story.lexicon import lexicon
from oz.story.staged import Staged

GOOD = Path(__file__).parent / "good"


def at_rest(root: Path) -> Path:
    """`root` as if nobody had written there for a minute."""
    for path in (root, *root.rglob("*")):
        os.utime(path, (time.time() - 60,) * 2)
    return root


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, empty."""
    monkeypatch.setenv("OZ_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "campaigns"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    return at_rest(Path(shutil.copytree(GOOD, tmp_path / "lessons", ignore=ignored)))


def from_cache(found: Campaign) -> bool:
    return isinstance(found.world.rooms, Staged)


def twice(lessons: Path) -> Campaign:
    """The lessons as the second reader has them."""
    campaign.load_cached(lessons)
    return campaign.load_cached(lessons)


def same(read: Campaign, found: Campaign) -> None:
    for of, other in ((read, found), (read.world, found.world)):
        for field in fields(of):
            if field.name in ("world", "passages", "sources", "gaps"):
                continue
            one, two = getattr(of, field.name), getattr(other, field.name)
            if field.name == "rules":
                assert tuple(one) == tuple(two)
            elif isinstance(two, Staged):
                assert dict(one) == dict(two), field.name
                assert field.name == "texts" or list(one) == list(two), field.name
            else:
                assert one == two, field.name
    words, others = lexicon(read.world), lexicon(found.world)
    assert words.words == others.words
    assert dict(words.nouns) == dict(others.nouns)
    assert dict(words.modifiers) == dict(others.modifiers)
    assert dict(words.offer_names) == dict(others.offer_names)
    for on in {rule.on for rule in read.world.rules}:
        assert list(words.rules_on(on)) == list(others.rules_on(on))


def test_the_lessons_of_the_game_come_out_as_they_went_in(tmp_path: Path):
    copied = shutil.copytree(campaign.default_root(), tmp_path / "lessons")
    found = twice(at_rest(Path(copied)))
    assert from_cache(found)
    same(campaign.load(Path(copied)), found)


def test_german_lessons_have_a_cache_of_their_own(lessons: Path, kept: Path):
    twice(lessons)
    campaign.load_cached(lessons, "de")
    assert len(list(kept.iterdir())) == 2


def changed_text(lessons: Path) -> None:
    story = next(lessons.glob("*/story.md"))
    story.write_text(story.read_text("utf-8").replace("the", "ThE", 1), "utf-8")


def changed_spell(lessons: Path) -> None:
    spell = next(lessons.glob("*/spells/*/spell.md"))
    spell.write_text(spell.read_text("utf-8").replace("seconds = 10", "seconds = 11") + "\n")


def another_answer(lessons: Path) -> None:
    folder = next(lessons.glob("*/spells/*/right"))
    (folder / "another.py").write_text("pass\n")


def fewer_answers(lessons: Path) -> None:
    next(lessons.glob("*/spells/*/right/*.py")).unlink()


@pytest.mark.parametrize("change", [changed_text, changed_spell, another_answer, fewer_answers])
def test_changed_lessons_are_read_anew(lessons: Path, change):
    assert from_cache(twice(lessons))
    change(lessons)
    found = campaign.load_cached(lessons)
    assert not from_cache(found)
    same(campaign.load(lessons), found)


def test_lessons_that_were_just_written_are_not_kept(lessons: Path, kept: Path):
    changed_text(lessons)
    assert not from_cache(twice(lessons))
    assert not kept.exists()


def test_lessons_with_a_fault_are_not_kept(lessons: Path, kept: Path):
    (lessons / "campaign.toml").write_text("format = 1\n")
    with pytest.raises(LessonsError):
        campaign.load_cached(at_rest(lessons))
    assert not kept.exists()


def test_another_program_reads_them_anew(lessons: Path, monkeypatch: pytest.MonkeyPatch):
    twice(lessons)
    monkeypatch.setattr(cache, "_made_by", lambda: "a later one")
    assert not from_cache(campaign.load_cached(lessons))
    assert from_cache(campaign.load_cached(lessons))


def test_damaged_files_are_made_anew(lessons: Path, kept: Path):
    twice(lessons)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    for hurt in (b"", whole[:10], whole[:-1], whole[:5000] + b"x" + whole[5001:], b"x" * 5000):
        file.write_bytes(hurt)
        assert not from_cache(campaign.load_cached(lessons))
        assert from_cache(campaign.load_cached(lessons))


class _Runs:
    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def test_nothing_in_such_a_file_is_run(lessons: Path, kept: Path, tmp_path: Path):
    twice(lessons)
    (file,) = kept.iterdir()
    data = pickle.dumps(_Runs(f"touch {tmp_path / 'was-run'}"))
    file.write_bytes(hashlib.blake2b(data, digest_size=16).digest() + data)
    assert not from_cache(campaign.load_cached(lessons))
    assert not (tmp_path / "was-run").exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of a POSIX system")
def test_a_file_that_others_may_write_is_not_believed(lessons: Path, kept: Path):
    twice(lessons)
    (file,) = kept.iterdir()
    file.chmod(0o666)
    assert not from_cache(campaign.load_cached(lessons))


def test_a_cache_that_cannot_be_written_is_done_without(
    lessons: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("OZ_CACHE", str(tmp_path / "file"))
    assert not from_cache(twice(lessons))


def test_old_files_go(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "_MOST", 2)
    for name in "abcd":
        lessons = shutil.copytree(GOOD, tmp_path / name)
        campaign.load_cached(at_rest(Path(lessons)))
    assert len(list(kept.iterdir())) == 2


async def test_a_journey_begins_with_its_own_stage_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """However long the road is: what is far away is not read before somebody asks for it."""
    lessons = at_rest(Path(shutil.copytree(campaign.default_root(), tmp_path / "lessons")))
    campaign.load_cached(lessons)
    opened: list[str] = []
    loads = cache._loads

    def noted(data: bytes) -> object:
        found = loads(data)
        if isinstance(found, cache.Part):
            opened.extend({room.stage for room in found.rooms.values()})
        return found

    monkeypatch.setattr(cache, "_loads", noted)
    async with await Session.open(tmp_path / "j", lessons=lessons, crucible=Unlit()) as session:
        lines = ("look", "examine me", "inventory", "out", "take all", "wait", "goals", "map")
        for events in (session.begin(), *map(session.submit, lines)):
            async for _ in events:
                pass
        assert opened == ["kansas"]
    async with await Session.open(tmp_path / "j", lessons=lessons, crucible=Unlit()) as session:
        async for _ in session.begin():
            pass
    assert opened == ["kansas"] * 2


def test_what_could_not_be_read_again_is_not_kept(
    lessons: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cache, "_OURS", ("oz.campaign.", "oz.story."))  # not oz.spells
    assert not from_cache(twice(lessons))
    assert not kept.exists()


def test_enumerations_are_written_alike_by_every_python(
    lessons: Path, monkeypatch: pytest.MonkeyPatch
):
    """Python 3.11.2 writes them as a call of `getattr`."""
    monkeypatch.setattr(
        "enum.Enum.__reduce_ex__", lambda self, _: (getattr, (type(self), self.name))
    )
    found = twice(lessons)
    assert from_cache(found)
    assert next(iter(found.spells.values())).kind in set(
        type(found.spells["kansas/first-count"].kind)
    )
