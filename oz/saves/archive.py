"""A journey as one file, to carry it to another machine, and back into a folder there.

An archive is an ordinary zip file. Whoever hands one over may have made it with bad intent: nothing
in it is trusted. Its names must be those that a journey has, its sizes are counted while they are
read, its database is not opened as a journey but read row by row (`oz.saves.stranger`) into one
that is built here. Models are only copied: whoever loads them does so with ``weights_only``.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import stat
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from oz.saves.database import NAME, back_up, unfinished
from oz.saves.errors import SavesError, in_words
from oz.saves.lock import Lock, holder
from oz.saves.places import check_name
from oz.saves.stranger import rebuild

FORMAT = 1
"""The version of archives that this program writes; it reads it and all before it."""
MANIFEST = "oz-journey.json"
ENDING = ".oz"

LARGEST = 1 << 30
"""Bytes of everything in an archive, unpacked."""
_LARGEST_OF = {"spells": 16 << 20, "models": 256 << 20, NAME: 512 << 20, MANIFEST: 64 << 10}
"""Bytes of one file, by what it is."""
_MOST = 20_000
"""Files in an archive."""
_CHUNK = 1 << 20
_WORK = ".importing-"
_YOUNG = 60.0
"""Seconds after which a folder of that name that nobody has locked was given up."""
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
"""What a folder or a file of a journey may be called; never hidden, never a way up."""
_DRAFTS = (".py", ".sh")
_MODELS = (".pt", ".safetensors", ".onnx")
"""Endings; what else there might be nobody could check."""


class BadArchive(SavesError):
    """The file is no archive of a journey, or one that is not let in."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A journey that came out of an archive."""

    folder: Path
    turns: int
    attempts: int
    models: tuple[Path, ...]
    """To be checked by whoever can load them; none was opened."""


# --- out ------------------------------------------------------------------------------------------


def export(folder: Path, target: Path) -> Path:
    """Write the journey in `folder` to the new file `target`, whole or not at all.

    A game may be playing it meanwhile: what it answered until now is in the archive. Raises
    `SavesError`, also where `target` is there already.
    """
    if target.exists():
        raise SavesError(f"{target} is there already, and was left as it is.")
    # beside the target and always of one name: what a killed export leaves does not grow
    partial = target.with_name(target.name + ".partial")
    database = target.with_name(target.name + ".partial.sqlite3")
    with in_words(target.parent):
        try:
            with closing(_read_only(folder / NAME)) as source:
                back_up(source, database)
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, _manifest(folder))
                archive.write(database, NAME)
                for path in _files(folder):
                    archive.write(path, path.relative_to(folder).as_posix())
            partial.replace(target)
        finally:
            for made in (partial, database, unfinished(database)):
                made.unlink(missing_ok=True)
    return target


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def _manifest(folder: Path) -> str:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"oz-journey": FORMAT, "name": folder.name, "exported": at})


def _files(folder: Path) -> Iterator[Path]:
    """The drafts and models of a journey: plain files with names that an archive may have."""
    for place in ("spells", "models"):
        for path in sorted((folder / place).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not path.is_symlink() and _allowed(name):
                yield path


# --- in -------------------------------------------------------------------------------------------


def import_(archive: Path, root: Path, name: str | None = None) -> Imported:
    """Make a journey in `root` of `archive`, called `name` or as it was, or like that with a number
    where there is one of that name already.

    Raises `BadArchive` for anything that is no good archive, and other `SavesError`; then nothing
    was added to `root`.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return _import(opened, archive, root, name)
    except SavesError:
        raise
    except Exception as error:
        raise BadArchive(f"{archive} is no whole archive of a journey ({error}).") from error


def _import(opened: zipfile.ZipFile, archive: Path, root: Path, name: str | None) -> Imported:
    entries = _entries(opened, archive)
    given = _read_manifest(opened, entries, archive)
    called = check_name(name if name is not None else given)
    with in_words(root):
        root.mkdir(parents=True, exist_ok=True)
        _sweep(root)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=root) as work, Lock(Path(work)):
            journey = Path(work) / "journey"
            for place in ("spells", "models"):
                (journey / place).mkdir(parents=True)
            strange = Path(work) / "strange.sqlite3"
            left = LARGEST
            for path, entry in entries.items():
                if path == MANIFEST:
                    continue
                target = strange if path == NAME else journey / path
                left -= _unpack(opened, entry, target, archive, left)
            turns, attempts = rebuild(strange, journey / NAME, archive)
            folder = _free(root, called)
            journey.rename(folder)
    models = sorted(path for path in (folder / "models").iterdir() if path.is_file())
    return Imported(folder, turns, attempts, tuple(models))


def _sweep(root: Path) -> None:
    """Remove what imports left that were killed."""
    for left in root.glob(f"{_WORK}*"):
        with suppress(OSError):  # another import may be at it
            old = time.time() - left.stat().st_mtime > _YOUNG
            if old and holder(left) is None:
                shutil.rmtree(left, ignore_errors=True)


def _entries(opened: zipfile.ZipFile, archive: Path) -> dict[str, zipfile.ZipInfo]:
    """The files in it by name; raises `BadArchive` unless all may be in an archive."""
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for entry in opened.infolist():
        if entry.is_dir():
            continue
        kind = stat.S_IFMT(entry.external_attr >> 16)
        locked = entry.flag_bits & 0x1
        packed = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if kind not in (0, stat.S_IFREG) or locked or not packed:
            raise BadArchive(f"{archive} has something in it that is no plain file: {_said(entry)}")
        if entry.filename.casefold() in folded:
            raise BadArchive(f"{archive} has two files of one name in it: {_said(entry)}")
        if entry.filename not in (MANIFEST, NAME) and not _allowed(entry.filename):
            raise BadArchive(f"{archive} has a file in it that no journey has: {_said(entry)}")
        folded.add(entry.filename.casefold())
        found[entry.filename] = entry
    if len(found) > _MOST:
        raise BadArchive(f"{archive} has {len(found)} files in it; a journey has at most {_MOST}.")
    for needed in (MANIFEST, NAME):
        if needed not in found:
            raise BadArchive(f"{archive} is no archive of a journey: there is no {needed} in it.")
    return found


def _allowed(name: str) -> bool:
    """Whether a journey may have a file of this name: a draft, or a model."""
    parts = PurePosixPath(name).parts
    if "/".join(parts) != name or not all(map(_PART.fullmatch, parts)):
        return False
    if parts[0] == "models":
        return len(parts) == 2 and name.endswith(_MODELS)
    return parts[0] == "spells" and 3 <= len(parts) <= 4 and name.endswith(_DRAFTS)


def _said(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, safe to print."""
    return ascii(entry.filename[:200])


def _read_manifest(
    opened: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], archive: Path
) -> str:
    """The name that the journey had."""
    with opened.open(entries[MANIFEST]) as file:
        text = file.read(_LARGEST_OF[MANIFEST] + 1)
    try:
        noted = json.loads(text) if len(text) <= _LARGEST_OF[MANIFEST] else {}
        version, name = noted["oz-journey"], noted["name"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadArchive(f"{archive} is no archive of a journey: {MANIFEST} is none.") from error
    if type(version) is not int or version < 1 or not isinstance(name, str):
        raise BadArchive(f"{archive} is no archive of a journey: {MANIFEST} is none.")
    if version > FORMAT:
        raise BadArchive(
            f"{archive} was written by a newer Oz (its format is {version}, this one reads up to "
            f"{FORMAT}). Bring Oz up to date to import it."
        )
    return name


def _unpack(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, archive: Path, left: int
) -> int:
    """Write one file, counting what really comes; gives its bytes."""
    most = min(left, _LARGEST_OF[entry.filename.partition("/")[0]])
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with opened.open(entry) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            count += len(chunk)
            if count > most:
                raise BadArchive(f"{archive} has more in it than a journey has: {_said(entry)}")
            file.write(chunk)
    return count


def _free(root: Path, name: str) -> Path:
    """A folder for a journey called `name` that is not there yet."""
    for number in range(1, 10_000):
        folder = root / (name if number == 1 else f"{name} {number}")
        if not folder.exists():
            return folder
    raise SavesError(f"There are too many journeys called '{name}' in {root}.")
