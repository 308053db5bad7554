"""Journeys as one file: what goes out comes back, and nothing else is let in."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from oz.saves import Attempt, BadArchive, BadName, Journey, SavesError, export, import_
from oz.saves.archive import MANIFEST, left_behind
from oz.saves.database import NAME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journey that was played a little."""
    folder = tmp_path / "here" / "dorothy"
    with Journey.open(folder) as journey:
        journey.add_turn("look", "A kitchen.", '{"room": "kitchen"}', step=True, pin="kansas")
        journey.add_turn("take egg", "Taken.", '{"room": "kitchen", "has": 1}', step=True)
        journey.add_attempt(Attempt("kansas/scales", "x = 1\n", "failed", "too-heavy", 0.5))
        journey.see_hints("kansas/scales", 2)
        draft = journey.draft("kansas", "scales.py")
        draft.parent.mkdir(parents=True)
        draft.write_bytes(b"x = 1\r\n")
        (journey.models / "lion.pt").write_bytes(b"weights")
    return folder


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    return export(folder, tmp_path / "dorothy.oz")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "there"


Repack = Callable[..., Path]


@pytest.fixture
def repack(archive: Path, tmp_path: Path) -> Repack:
    """The archive again, with other files: bytes, or `None` for none."""

    def repacked(**changed: bytes | None) -> Path:
        target = tmp_path / "other.oz"
        with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
            files = {name: old.read(name) for name in old.namelist()} | changed
            for name, data in files.items():
                if data is not None:
                    new.writestr(name, data)
        return target

    return repacked


def nothing_came(root: Path) -> bool:
    return not root.exists() or not list(root.iterdir())


# --- out and in -----------------------------------------------------------------------------------


def test_what_goes_out_comes_back(archive: Path, root: Path) -> None:
    imported = import_(archive, root)
    assert (imported.folder, imported.turns, imported.attempts) == (root / "dorothy", 2, 1)
    assert [path.name for path in imported.models] == ["lion.pt"]
    with Journey.open(imported.folder) as journey:
        assert not journey.recovered
        assert journey.state == '{"room": "kitchen", "has": 1}'
        assert [(t.line, t.answer) for t in journey.turns()] == [
            ("look", "A kitchen."),
            ("take egg", "Taken."),
        ]
        [attempt] = journey.attempts("kansas/scales")
        assert (attempt.code, attempt.mistake) == ("x = 1\n", "too-heavy")
        assert journey.hints_seen("kansas/scales") == 2
        assert [pin.stage for pin in journey.pins()] == ["kansas"]
        assert journey.draft("kansas", "scales.py").read_bytes() == b"x = 1\r\n"
        assert (journey.models / "lion.pt").read_bytes() == b"weights"


def test_a_journey_that_is_there_is_left_alone(archive: Path, root: Path) -> None:
    names = [import_(archive, root).folder.name for _ in range(3)]
    assert names == ["dorothy", "dorothy 2", "dorothy 3"]
    assert import_(archive, root, "toto").folder.name == "toto"


def test_a_journey_goes_out_while_it_is_played(folder: Path, tmp_path: Path, root: Path) -> None:
    with Journey.open(folder) as journey:
        journey.add_turn("wait", "Time passes.", '{"room": "kitchen"}')
        out = export(folder, tmp_path / "now.oz")
    assert import_(out, root).turns == 3


def test_a_file_that_is_there_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.oz").write_text("mine")
    with pytest.raises(SavesError, match="is there already"):
        export(folder, tmp_path / "mine.oz")
    assert (tmp_path / "mine.oz").read_text() == "mine"


def test_links_and_strange_names_do_not_go_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (folder / "models" / "link.pt").symlink_to(tmp_path / "secret")
    (folder / "spells" / "kansas" / ".hidden.py").write_text("")
    (folder / "spells" / "kansas" / "notes.txt").write_text("")
    with zipfile.ZipFile(export(folder, tmp_path / "out.oz")) as out:
        assert set(out.namelist()) == {MANIFEST, NAME, "models/lion.pt", "spells/kansas/scales.py"}


# --- what is not let in ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py", "/etc/evil.py", "spells/../../evil.py", "spells/kansas/../../../evil.py",
        "spells\\kansas\\evil.py", "models/a/b.pt", "spells/evil.py", "spells/kansas/evil.exe",
        "models/.hidden", "lock", "backups/last-closed.sqlite3", "C:/evil.py", "models/a\nb.pt",
        "models/x.part", "models/spell.py", "spells/a/b/c/d.py", "spells/kansas/\u202egnp.py",
        "spells/con/a.py", "spells/kansas/NUL.py", "models/com1.tar.pt", "models/LPT9.pt",
        "spells/kansas./a.py", "models/a.pt.", "models/a.pt ", "models/a.pt:b.pt",
        "models/mode\u0301l.pt", "models/ｍodel.pt", "models/l\u0456on.pt",
        "//host/share.py", "~/a.py", "models/home.pt2", "journey.sqlite3-wal", "OZ-JOURNEY.txt",
    ],
)  # fmt: skip
def test_names_that_no_journey_has(name: str, repack: Repack, root: Path) -> None:
    with pytest.raises(BadArchive, match="has a file in it that no journey has"):
        import_(repack(**{name: b"evil"}), root)
    assert nothing_came(root)


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFBLK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_a_link_or_a_device(kind: int, archive: Path, root: Path) -> None:
    with zipfile.ZipFile(archive, "a") as out:
        link = zipfile.ZipInfo("models/passwords.pt")
        link.external_attr = (kind | 0o777) << 16
        out.writestr(link, "/etc/passwd")
    with pytest.raises(BadArchive, match="no plain file"):
        import_(archive, root)
    assert nothing_came(root)


def test_two_files_of_one_name(archive: Path, root: Path) -> None:
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("models/LION.pt", b"other")
    with pytest.raises(BadArchive, match="two files of one name"):
        import_(archive, root)


def test_a_file_that_swells(archive: Path, root: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("spells/kansas/bomb.py", b"\0" * (17 << 20))
    with pytest.raises(BadArchive, match="more in it than a journey has"):
        import_(archive, root)
    assert nothing_came(root)


def test_too_many_files(archive: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oz.saves.archive._MOST", 20)
    with zipfile.ZipFile(archive, "a") as out:
        for number in range(20):
            out.writestr(f"spells/kansas/s{number}.py", "")
    with pytest.raises(BadArchive, match="24 files in it; a journey has at most 20"):
        import_(archive, root)
    assert nothing_came(root)


def test_a_list_of_files_that_would_fill_the_memory(archive: Path, root: Path) -> None:
    data = bytearray(archive.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (900 << 20).to_bytes(4, "little")
    archive.write_bytes(data)
    with pytest.raises(BadArchive, match="more in it than a journey has"):
        import_(archive, root)


def test_more_than_all_files_may_have(
    archive: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is small enough, and all together are not."""
    monkeypatch.setattr("oz.saves.archive.LARGEST", 1 << 20)
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as out:
        for number in range(10):
            out.writestr(f"spells/kansas/s{number}.py", b"\0" * (200 << 10))
    with pytest.raises(BadArchive, match="more in it than a journey has"):
        import_(archive, root)
    assert nothing_came(root)


def test_what_cannot_be_checked_stays_behind_and_is_told(
    folder: Path, tmp_path: Path, root: Path
) -> None:
    """A written-down program is no weights: to open one is to run what stands in it."""
    (folder / "models" / "home.pt2").write_bytes(b"program")
    assert left_behind(folder) == ("home.pt2",)
    imported = import_(export(folder, tmp_path / "out.oz"), root)
    assert imported.left_behind == ("home.pt2",)
    assert [path.name for path in (imported.folder / "models").iterdir()] == ["lion.pt"]


@pytest.mark.parametrize("left", [3, "home.pt2", ["../x", "a\x1b[2J", 5, None], [["a"]], {}])
def test_nonsense_about_what_stayed_behind(left: object, repack: Repack, root: Path) -> None:
    manifest = {"oz-journey": 1, "name": "x", "left-behind": left}
    imported = import_(repack(**{MANIFEST: json.dumps(manifest).encode()}), root)
    assert imported.left_behind == ()


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"[]", b"{}", b'{"oz-journey": "1", "name": "x"}',
        b'{"oz-journey": true, "name": "x"}',
        b'{"oz-journey": 1}', b'{"oz-journey": 1, "name": 3}', b"[" * 50_000, b"\xff",
        b'{"oz-journey": 0, "name": "x"}', b" " * (65 << 10),
    ],
)  # fmt: skip
def test_a_manifest_that_is_none(manifest: bytes, repack: Repack, root: Path) -> None:
    with pytest.raises(BadArchive, match="is no archive of a journey"):
        import_(repack(**{MANIFEST: manifest}), root)


def test_a_newer_archive(repack: Repack, root: Path) -> None:
    with pytest.raises(BadArchive, match="newer Oz"):
        import_(repack(**{MANIFEST: b'{"oz-journey": 2, "name": "x"}'}), root)


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".x", "con", "a\x1b[2Jb"])
def test_a_name_that_no_journey_can_have(name: str, repack: Repack, root: Path) -> None:
    manifest = json.dumps({"oz-journey": 1, "name": name}).encode()
    with pytest.raises(BadName):
        import_(repack(**{MANIFEST: manifest}), root)
    assert nothing_came(root)


@pytest.mark.parametrize("lacking", [MANIFEST, NAME])
def test_what_must_be_in_it(lacking: str, repack: Repack, root: Path) -> None:
    with pytest.raises(BadArchive, match=f"there is no {lacking}"):
        import_(repack(**{lacking: None}), root)


def test_what_is_no_zip_file_at_all(tmp_path: Path, root: Path) -> None:
    for data in (b"", b"PK", b"hello" * 100):
        (tmp_path / "x.oz").write_bytes(data)
        with pytest.raises(BadArchive, match="no whole archive"):
            import_(tmp_path / "x.oz", root)


# --- databases with more in them than rows ------------------------------------------------------


@pytest.fixture
def strange(folder: Path, repack: Repack, tmp_path: Path) -> Callable[[str], Path]:
    """The archive with its database changed by SQL."""

    def made(sql: str) -> Path:
        with zipfile.ZipFile(repack()) as out:
            out.extract(NAME, tmp_path)
        with closing(sqlite3.connect(tmp_path / NAME)) as database:
            database.executescript(sql)
        return repack(**{NAME: (tmp_path / NAME).read_bytes()})

    return made


def test_views_and_triggers_stay_behind(strange: Callable[[str], Path], root: Path) -> None:
    imported = import_(
        strange(
            "CREATE TRIGGER evil AFTER INSERT ON turns BEGIN DELETE FROM attempts; END;"
            "CREATE VIEW more AS SELECT * FROM turns;"
        ),
        root,
    )
    with closing(sqlite3.connect(imported.folder / NAME)) as database:
        kinds = {row[0] for row in database.execute("SELECT type FROM sqlite_master")}
        assert kinds == {"table", "index"}
    assert imported.attempts == 1


@pytest.mark.parametrize(
    "sql",
    [
        (
            "DROP TABLE turns; CREATE VIEW turns AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL "
            "SELECT id + 1 FROM n) SELECT id, 'x' at, 'x' line, 'x' answer, '{}' state, 0 step, "
            "0 undone, NULL pin FROM n;"
        ),
        (
            "DROP TABLE turns; CREATE TABLE turns (id INTEGER PRIMARY KEY, at TEXT, line TEXT, "
            "answer TEXT AS (hex(zeroblob(1000000))), state TEXT, step INTEGER, undone INTEGER, "
            "pin TEXT); INSERT INTO turns (id) VALUES (1);"
        ),
        "DELETE FROM turns;",
        "DROP TABLE turns;",
        "UPDATE turns SET state = 'no json';",
        "UPDATE turns SET answer = x'00ff';",
        "UPDATE turns SET state = '[1]';",
        "UPDATE turns SET state = replace(hex(zeroblob(50000)), '00', '[');",
        "UPDATE turns SET state = '{\"a\": \"' || hex(zeroblob(3000000)) || '\"}';",
    ],
)
def test_turns_that_are_none(sql: str, strange: Callable[[str], Path], root: Path) -> None:
    with pytest.raises(SavesError, match="nobody ever played it"):
        import_(strange(sql), root)
    assert nothing_came(root)


def test_a_row_that_would_fill_the_memory(strange: Callable[[str], Path], root: Path) -> None:
    with pytest.raises(SavesError, match="cannot be read"):
        import_(strange("UPDATE turns SET answer = hex(zeroblob(20000000));"), root)
    assert nothing_came(root)


def test_a_newer_database(strange: Callable[[str], Path], root: Path) -> None:
    with pytest.raises(SavesError, match="newer Oz"):
        import_(strange("PRAGMA user_version = 99;"), root)


def test_control_codes_stay_behind(strange: Callable[[str], Path], root: Path) -> None:
    sql = "UPDATE turns SET answer = 'a' || char(27) || ']0;evil' || char(7) || char(10) || 'b';"
    with Journey.open(import_(strange(sql), root).folder) as journey:
        assert {turn.answer for turn in journey.turns()} == {"a]0;evil\nb"}


def _fuzzed(data: bytes, chance: random.Random) -> bytes:
    """`data` with bytes flipped, cut out or swapped."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place, end = sorted(chance.randrange(len(changed)) for _ in range(2))
        match chance.randrange(4):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place : place + chance.randrange(64)] = os.urandom(chance.randrange(64))
            case 2:
                del changed[place : min(end, place + 2000)]
            case _:
                changed[place], changed[end] = changed[end], changed[place]
        if not changed:
            return b""
    return bytes(changed)


def _fuzz(archive: Path, folder: Path, root: Path, rounds: int) -> int:
    """Import `rounds` damaged archives, half of them damaged inside; how many were let in."""
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    let_in = 0
    for seed in range(rounds):
        chance = random.Random(seed)
        bad = folder / "bad.oz"
        if seed % 2:
            bad.write_bytes(_fuzzed(whole, chance))
        else:
            name = chance.choice(list(files))
            with zipfile.ZipFile(bad, "w") as out:
                for path, data in files.items():
                    out.writestr(path, _fuzzed(data, chance) if path == name else data)
        try:
            imported = import_(bad, root, "fuzzed")
        except SavesError:
            continue
        let_in += 1
        assert imported.folder.parent == root
        for path in sorted(root.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    return let_in


def test_damaged_archives_are_refused_in_words(archive: Path, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*") if path.name != "bad.oz")
    assert 0 < _fuzz(archive, tmp_path, tmp_path / "there", 300) < 300
    (tmp_path / "there").rmdir()
    after = sorted(path for path in tmp_path.rglob("*") if path.name != "bad.oz")
    assert after == before


@pytest.mark.slow
def test_thousands_of_damaged_archives(archive: Path, tmp_path: Path) -> None:
    assert _fuzz(archive, tmp_path, tmp_path / "there", 5_000) > 0
