"""The cache of lessons: what was read once is read again only when a file of it has changed.

One file for each folder of lessons and language, under `oz.caches.cache_folder`. It holds a cover,
which says what there is, and a part for each stage, which is opened when something in it is asked
for. It is no more than a memory: one that is missing, damaged, of another version or of somebody
else is made anew from the lessons. Knows nothing of how lessons are written.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from hashlib import blake2b
from itertools import chain, product
from pathlib import Path
from typing import Any

from oz import tongue
from oz.caches import cache_folder
from oz.campaign.model import Campaign, Reference
from oz.spells.model import Spell
from oz.story.lexicon import Index, Lexicon, Names, index_of, keep, names_of, rules_by_stage
from oz.story.model import Offer, Room, Rule, Text, Thing
from oz.story.staged import Staged, StagedSequence, stage_of
from oz.study.cards import Card

_MOST = 24
"""Files that are kept; the oldest go."""
_LATEST = 2.0
"""Seconds that must have passed since a file was written: one that is written again at once could
look the same."""
_MADE_BY = ("campaign", "story", "spells", "study")
"""Packages whose classes are kept, or that make them."""
_OPENED = {
    ("builtins", "frozenset"), ("builtins", "set"),
    *product(("pathlib", "pathlib._local"), ("Path", "PosixPath", "WindowsPath")),
}  # fmt: skip
_OURS = ("oz.campaign.", "oz.story.", "oz.spells.", "oz.study.")

_Stamp = Mapping[str, tuple[int, int]]
"""When each file or folder was last changed (ns), and its size in bytes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What there is in one stage, by id."""

    rooms: Mapping[str, Room]
    things: Mapping[str, Thing]
    rules: tuple[Rule, ...]
    offers: Mapping[str, Offer]
    texts: Mapping[str, Text]
    names: Names
    spells: Mapping[str, Spell]
    references: Mapping[str, Reference]
    reviews: Mapping[str, Card]


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of all stages before any is opened."""

    campaign: Campaign
    """Empty of what the parts hold."""
    ids: Mapping[str, Mapping[str, tuple[str, ...]]]
    """The ids in each stage by kind, which is a field of `Part`; in order."""
    rules: Mapping[str, int]
    """How many rules each stage has."""
    index: Index


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file holds."""

    made_by: str
    made_of: _Stamp
    cover: bytes
    parts: Mapping[str, bytes]


def cached_lessons(root: Path, code: str, read: Callable[[Path, str], Campaign]) -> Campaign:
    """The lessons in `root` in the language `code`: as they were kept, else as `read` gives them,
    which are kept then if they can be.

    Raises what `read` raises.
    """
    path = _path(root, code)
    with _no_collection():
        kept = _found(path)
        if kept is not None:
            with suppress(Exception):  # whatever a damaged file may bring about: it is made anew
                return _opened(kept)
        # A file that changes while it is read must not look unchanged later.
        made_of = _stamp(_files(root))
        campaign = read(root, code)
        _keep(path, campaign, made_of)
        return campaign


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the garbage collector, which would go through all that comes into being: a third of
    the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


# --- opened again
# ------------------------------------------------------------------------------


def _opened(kept: Kept) -> Campaign:
    cover: Cover = _loads(kept.cover)

    @cache
    def part(stage: str) -> Part:
        with _no_collection():
            opened: Part = _loads(kept.parts[stage])
            return opened

    def staged(kind: str) -> Staged[Any]:
        ids = {id: stage for stage, found in cover.ids[kind].items() for id in found}
        return Staged(ids, lambda stage: getattr(part(stage), kind))

    world = replace(
        cover.campaign.world,
        rooms=staged("rooms"),
        things=staged("things"),
        rules=StagedSequence(cover.rules, lambda stage: part(stage).rules),
        offers=staged("offers"),
        texts=staged("texts"),
    )
    keep(
        Lexicon(
            world, cover.index, lambda stage: part(stage).names, lambda stage: part(stage).rules
        )
    )
    return replace(
        cover.campaign,
        world=world,
        spells=staged("spells"),
        references=staged("references"),
        reviews=staged("reviews"),
    )


class _Unpickler(pickle.Unpickler):
    """Makes what a campaign is made of, and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        ours = module.startswith(_OURS) and "." not in name
        if (module, name) in _OPENED or ours:
            found: object = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"no part of a campaign: {module}.{name}")


class _Pickler(pickle.Pickler):
    """Writes what `_Unpickler` reads. Some versions of Python write the member of an enumeration as
    a call of `getattr`, which could get at anything."""

    def reducer_override(self, given: object) -> Any:  # noqa: ANN401 - a reduced value
        if isinstance(given, Enum):
            return type(given), (given.value,)
        return NotImplemented


def _dumps(given: object) -> bytes:
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(given)
    return file.getvalue()


def _loads(data: bytes) -> Any:  # noqa: ANN401 - the caller knows what it wrote
    return _Unpickler(io.BytesIO(data)).load()


# --- made ready
# ------------------------------------------------------------------------------


def _made(campaign: Campaign, made_of: _Stamp) -> Kept:
    world = campaign.world
    stages = list(world.stages)
    rules = rules_by_stage(world)
    by_id: dict[str, Mapping[str, Any]] = {
        "rooms": world.rooms, "things": world.things, "offers": world.offers,
        "texts": world.texts, "spells": campaign.spells,
        "references": campaign.references, "reviews": campaign.reviews,
    }  # fmt: skip
    folders = {info.folder: id for id, info in campaign.stages.items()}
    held: dict[str, dict[str, dict[str, Any]]] = {
        kind: {stage: {} for stage in stages} for kind in by_id
    }
    for kind, values in by_id.items():
        for id, value in values.items():
            stage = folders[value.path.parent] if kind == "references" else stage_of(id)
            held[kind][stage][id] = value
    bare = replace(
        campaign,
        world=replace(world, rooms={}, things={}, rules=(), offers={}, texts={}),
        spells={}, references={}, reviews={}, passages=(), sources={}, gaps=(),
    )  # fmt: skip
    cover = Cover(
        campaign=bare,
        ids={kind: {s: tuple(held[kind][s]) for s in stages} for kind in by_id},
        rules={stage: len(rules.get(stage, ())) for stage in stages},
        index=index_of(world),
    )
    parts = {
        stage: Part(
            rules=tuple(rules.get(stage, ())),
            names=names_of(world, stage),
            **{kind: held[kind][stage] for kind in by_id},
        )
        for stage in stages
    }
    return Kept(
        made_by=_made_by(),
        made_of=made_of,
        cover=_dumps(cover),
        parts={id: _dumps(part) for id, part in parts.items()},
    )


def _keep(path: Path, campaign: Campaign, made_of: _Stamp) -> None:
    """Write `campaign` to `path`, if its files have been at rest and the disk lets it."""
    if not made_of or max(when for when, _ in made_of.values()) > (time.time() - _LATEST) * 1e9:
        return
    kept = _made(campaign, made_of)
    if not _readable(kept):
        return
    with suppress(OSError):
        data = _dumps(kept)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            beside = Path(file.name)
            file.write(_digest(data) + data)
        try:
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _leave(path.parent, _MOST)


def _readable(kept: Kept) -> bool:
    """Whether all of it can be read again: nobody notices later than here."""
    try:
        for part in (kept.cover, *kept.parts.values()):
            _loads(part)
    except Exception:  # noqa: BLE001 - whatever this Python writes and does not read
        return False
    return True


def _leave(folder: Path, most: int) -> None:
    """Only the `most` newest files."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for old in files[most:]:
        old.unlink(missing_ok=True)


# --- whether it still holds
# ------------------------------------------------------------------------------


def _path(root: Path, code: str) -> Path:
    # The names of things are made in the language that is spoken, whatever they are told in.
    name = "\n".join((str(root), code, tongue.language()))
    return cache_folder() / "campaigns" / f"{_digest(name.encode()).hex()}.lessons"


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _found(path: Path) -> Kept | None:
    """What was kept at `path`, if the lessons are still what it was made of."""
    with suppress(Exception):  # a damaged file may raise whatever it likes: it is made anew
        with path.open("rb") as file:
            if not _trusted(os.fstat(file.fileno())):
                return None
            digest, data = file.read(16), file.read()
        if digest != _digest(data):
            return None
        kept: Kept = _loads(data)
        if kept.made_by == _made_by() and kept.made_of == _stamp(kept.made_of):
            return kept
    return None


def _trusted(found: os.stat_result) -> bool:
    """Whether nobody else can have written it."""
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def _made_by() -> str:
    """The program as it is: what it kept before it was changed may have another form."""
    package = Path(__file__).resolve().parent.parent
    files = chain(*(sorted((package / name).rglob("*.py")) for name in _MADE_BY))
    return f"{sys.version} {_digest(repr(sorted(_stamp(map(str, files)).items())).encode()).hex()}"


def _stamp(files: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of those of `files` that are there."""
    found: dict[str, tuple[int, int]] = {}
    for file in files:
        with suppress(OSError):
            about = os.stat(file)  # noqa: PTH116 - a Path for each of thousands costs more
            # The size of a folder says nothing, and differs between systems.
            size = 0 if stat.S_ISDIR(about.st_mode) else about.st_size
            found[file] = (about.st_mtime_ns, size)
    return found


def _files(root: Path) -> list[str]:
    """What lessons are read from: their texts and tables, and every folder, whose time changes when
    a file comes or goes. Code is not read before it is run."""
    found = [str(root)]
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(("__", "."))]
        read = (name for name in files if name.endswith((".toml", ".md")))
        found += [f"{folder}{os.sep}{name}" for name in chain(folders, read)]
    return found
