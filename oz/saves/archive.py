"""A journey as one file, to carry it to another machine, and back into a folder there.

An archive is an ordinary zip file. Whoever hands one over may have made it with bad intent: nothing
in it is trusted. Its names must be those that a journey has, its sizes are counted while they are
read, its database is not opened as a journey but read row by row (`oz.saves.stranger`) into one
that is built here. Models are only copied: whoever loads them does so with ``weights_only``.
"""

from __future__ import annotations

import json
import os
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
from oz.saves.errors import SavesError, in_words, printable
from oz.saves.listing import journeys
from oz.saves.lock import Lock, holder
from oz.saves.places import check_name, everywhere
from oz.saves.stranger import rebuild
from oz.tongue import _

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
"""Endings; what else there might be nobody could check. A ``.pt2`` is a program, written down: to
open it is to run what stands in it, so it stays where it was made, and is made anew."""
_NAMES = 100
"""Files of which it is told that they stayed behind."""
_DIRECTORY = 8 << 20
"""Bytes of the list of files in an archive: it is read as a whole."""
_END, _END_SIZE = b"PK\5\6", 22
"""What begins the last record of a zip, which says how long the list is, and its bytes."""
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20
"""The same of what stands before it where the list is too long for that."""


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
    left_behind: tuple[str, ...] = ()
    """Models that the journey had and that did not come along."""


# --- out ------------------------------------------------------------------------------------------


def export(folder: Path, target: Path) -> Path:
    """Write the journey in `folder` to the new file `target`, whole or not at all.

    A game may be playing it meanwhile: what it answered until now is in the archive. Raises
    `SavesError`, also where `target` is there already.
    """
    if target.exists():
        raise SavesError(
            _("{target} is there already, and was left as it is.").format(target=target)
        )
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


def left_behind(folder: Path) -> tuple[str, ...]:
    """Names of the models of the journey in `folder` that do not go out."""
    carried = {path.name for path in _files(folder) if path.parent.name == "models"}
    models = folder / "models"
    there = sorted(path.name for path in models.iterdir()) if models.is_dir() else []
    return tuple(name for name in there if name not in carried and (models / name).is_file())[
        :_NAMES
    ]


def _manifest(folder: Path) -> str:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    left = [name for name in left_behind(folder) if _PART.fullmatch(name)]
    return json.dumps(
        {"oz-journey": FORMAT, "name": folder.name, "exported": at, "left-behind": left}
    )


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
        _check_directory(archive)
        with zipfile.ZipFile(archive) as opened:
            return _import(opened, archive, root, name)
    except SavesError:
        raise
    except Exception as error:
        raise BadArchive(
            _("{archive} is no whole archive of a journey ({error}).").format(
                archive=archive, error=printable(error)
            )
        ) from error


def _import(opened: zipfile.ZipFile, archive: Path, root: Path, name: str | None) -> Imported:
    entries = _entries(opened, archive)
    given, left_there = _read_manifest(opened, entries, archive)
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
            played = _played_at(journey / NAME)
            folder = _free(root, called)
            journey.rename(folder)
    listed = {info.folder: info for info in journeys(root)}
    own = listed.pop(folder, None)
    if own is not None and own.room:  # it noted how it is to be listed
        turns = own.turns
    newest = [info.last_played.timestamp() for info in listed.values()][:1]
    _date(folder / NAME, min([played, *(at - 1 for at in newest)]))
    models = sorted(path for path in (folder / "models").iterdir() if path.is_file())
    return Imported(folder, turns, attempts, tuple(models), left_there)


def _played_at(database: Path) -> float:
    """When the last turn was, by the clock of where it was; never later than now."""
    with closing(_read_only(database)) as opened:
        row = opened.execute("SELECT at FROM turns ORDER BY id DESC LIMIT 1").fetchone()
    try:
        return min(datetime.fromisoformat(str(row[0])).timestamp(), time.time())
    except (ValueError, OverflowError, OSError, TypeError):
        return 0.0


def _date(database: Path, at: float) -> None:
    """Give it the time `at`: by that a journey is the one played last, and one that was only
    brought here is not."""
    with suppress(OSError):
        os.utime(database, (max(0.0, at), max(0.0, at)))


def _check_directory(archive: Path) -> None:
    """Raises `BadArchive` where the list of files alone, which zipfile reads as a whole, is larger
    than any of ours."""
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - (1 << 16)))
        tail = file.read()
    at = len(tail) - _END_SIZE
    # where zipfile looks for it: at the very end, else the last that looks like one
    if tail[max(0, at) :][:4] != _END or tail[-2:] != b"\0\0":
        at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        return  # no zip at all, which zipfile says
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    larger = tail[max(0, at - _LOCATOR_SIZE) : at]
    if listed > _DIRECTORY or larger[:4] == _LOCATOR:
        raise BadArchive(_("{archive} has more in it than a journey has.").format(archive=archive))


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
            raise BadArchive(
                _("{archive} has something in it that is no plain file: {said}").format(
                    archive=archive, said=_said(entry)
                )
            )
        if entry.filename.casefold() in folded:
            raise BadArchive(
                _("{archive} has two files of one name in it: {said}").format(
                    archive=archive, said=_said(entry)
                )
            )
        if entry.filename not in (MANIFEST, NAME) and not _allowed(entry.filename):
            raise BadArchive(
                _("{archive} has a file in it that no journey has: {said}").format(
                    archive=archive, said=_said(entry)
                )
            )
        folded.add(entry.filename.casefold())
        found[entry.filename] = entry
    if len(found) > _MOST:
        raise BadArchive(
            _("{archive} has {count} files in it; a journey has at most {MOST}.").format(
                archive=archive, count=len(found), MOST=_MOST
            )
        )
    for needed in (MANIFEST, NAME):
        if needed not in found:
            raise BadArchive(
                _("{archive} is no archive of a journey: there is no {needed} in it.").format(
                    archive=archive, needed=needed
                )
            )
    return found


def _allowed(name: str) -> bool:
    """Whether a journey may have a file of this name: a draft, or a model."""
    parts = PurePosixPath(name).parts
    plain = (_PART.fullmatch(part) and everywhere(part) for part in parts)
    if "/".join(parts) != name or not all(plain):
        return False
    if parts[0] == "models":
        return len(parts) == 2 and name.endswith(_MODELS)
    return parts[0] == "spells" and 3 <= len(parts) <= 4 and name.endswith(_DRAFTS)


def _said(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, safe to print."""
    return ascii(entry.filename[:200])


def _read_manifest(
    opened: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], archive: Path
) -> tuple[str, tuple[str, ...]]:
    """The name that the journey had, and the models that stayed behind."""
    with opened.open(entries[MANIFEST]) as file:
        text = file.read(_LARGEST_OF[MANIFEST] + 1)
    try:
        noted = json.loads(text) if len(text) <= _LARGEST_OF[MANIFEST] else {}
        version, name = noted["oz-journey"], noted["name"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadArchive(
            _("{archive} is no archive of a journey: {MANIFEST} is none.").format(
                archive=archive, MANIFEST=MANIFEST
            )
        ) from error
    if type(version) is not int or version < 1 or not isinstance(name, str):
        raise BadArchive(
            _("{archive} is no archive of a journey: {MANIFEST} is none.").format(
                archive=archive, MANIFEST=MANIFEST
            )
        )
    if version > FORMAT:
        raise BadArchive(
            _(
                "{archive} was written by a newer Oz (its format is {version}, this one reads "
                "up to {FORMAT}). Bring Oz up to date to import it."
            ).format(archive=archive, version=version, FORMAT=FORMAT)
        )
    left = noted.get("left-behind", [])
    named = left[:_NAMES] if isinstance(left, list) else []
    return name, tuple(one for one in named if isinstance(one, str) and _PART.fullmatch(one))


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
                raise BadArchive(
                    _("{archive} has more in it than a journey has: {said}").format(
                        archive=archive, said=_said(entry)
                    )
                )
            file.write(chunk)
    return count


def _free(root: Path, name: str) -> Path:
    """A folder for a journey called `name` that is not there yet."""
    for number in range(1, 10_000):
        folder = root / (name if number == 1 else f"{name} {number}")
        if not folder.exists():
            return folder
    raise SavesError(
        _("There are too many journeys called '{name}' in {root}.").format(name=name, root=root)
    )
