"""Ways to damage what a player or a stranger may hand to the game: bytes, texts, JSON, zips.

Pure: data and a source of chance in, damaged data out. The same chance gives the same damage.
"""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

Files = Mapping[str, bytes]

_ODD_BYTES = (b"\0", b"\xff", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[2J", b"\r\n", b"PK\x03\x04")
_ODD_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_ODD_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**70), 10**400, 1e308, -0.0, 0.5,
    float("nan"), float("inf"), "", " ", "x", "\0", "\ud800", "\u202e", "ſ", "İ", "9" * 5000,
    "kansas/kitchen", "kansas/nowhere", "player", "nowhere", [], {}, [[]], [None], {"": None},
    {"kind": "noun"}, [1, 2, 3], ["kansas/ledger"], {"kansas/ledger": 1},
)  # fmt: skip

HOSTILE = (
    "../evil.py", "../../../../tmp/evil.py", "/etc/evil.py", "/tmp/evil.pt", "//host/share/x.py",
    "C:/evil.py", "C:evil.py", "c:\\evil.py", "spells\\kansas\\evil.py", "..\\evil.py",
    "spells/../../evil.py", "spells/kansas/../../../evil.py", "spells/./kansas/a.py",
    "spells//kansas/a.py", "spells/kansas/", "spells/kansas", "models", "models/", "spells",
    "spells/kansas/con.py", "spells/NUL/a.py", "models/aux.pt", "models/COM1.tar.pt",
    "models/lpt¹.pt", "models/a.pt.", "models/a.pt ", "models/ a.pt", "models/.hidden.pt",
    "models/a.pt:stream.pt", "models/a\0.pt", "models/a\n.pt", "models/\u202etp.live",
    "models/ｍodel.pt", "models/mode\u0301l.pt", "models/modél.pt", "\uff0e\uff0e/evil.py",
    "spells/kansas/sc\u0430les.py", "models/" + "a" * 300 + ".pt", "a/" * 3000 + "x.py",
    "journey.sqlite3-wal", "journey.sqlite3-shm", "JOURNEY.SQLITE3", "journey.sqlite3/x.py",
    "lock", "backups/last-closed.sqlite3", "damaged/x", "oz-journey.json/x", "OZ-JOURNEY.json",
    "spells/kansas/scales.py/evil.py", "spells/kansas/scales.pyc", "spells/kansas/__init__.py",
    "sitecustomize.py", "models/x.pth", "models/x.pkl", "~/evil.py", "$HOME/evil.py",
    "%APPDATA%/evil.py", "models/home.pt2", "spells/a/b/c/d.py", "", ".", "..", "\ud83d\ude00.pt",
)  # fmt: skip
"""Names that a member of an archive must not write to, or that only look harmless."""


# --- bytes ----------------------------------------------------------------------------------------


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """`data` with bytes flipped, cut out, swapped, repeated, overwritten, or its end gone."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if not changed:
            break
        start, end = sorted(chance.randrange(len(changed) + 1) for _ in range(2))
        some = min(end, start + chance.choice((1, 2, 4, 16, 64, 512, 4096)))
        match chance.randrange(9):
            case 0 | 1:
                changed[min(start, len(changed) - 1)] ^= 1 << chance.randrange(8)
            case 2:
                del changed[start:some]
            case 3:
                changed[start:some] = chance.randbytes(some - start)
            case 4:
                changed[start:start] = changed[start:some] * chance.choice((1, 2, 7))
            case 5:
                other = chance.randrange(len(changed))
                size = some - start
                changed[start:some], changed[other : other + size] = (
                    changed[other : other + size],
                    changed[start:some],
                )
            case 6:
                changed[start:some] = bytes(some - start)
            case 7:
                changed[start:start] = chance.choice(_ODD_BYTES)
            case _:
                if chance.random() < 0.3:
                    del changed[start:]
                else:
                    number = chance.choice(_ODD_NUMBERS)
                    size = chance.choice((1, 2, 4))
                    order = chance.choice(("little", "big"))
                    odd = (number & ((1 << 8 * size) - 1)).to_bytes(size, order)  # type: ignore[arg-type]
                    changed[start : start + size] = odd
    return bytes(changed)


def of_pages(data: bytes, chance: random.Random, size: int = 4096) -> bytes:
    """A database file with whole pages, or fields of its header or of a page's, damaged."""
    changed = bytearray(data or b"\0")
    pages = max(1, len(changed) // size)
    one, other = (chance.randrange(pages) * size for _ in range(2))
    match chance.randrange(7):
        case 0:
            changed[one : one + size] = bytes(size)
        case 1:
            changed[one : one + size], changed[other : other + size] = (
                changed[other : other + size],
                changed[one : one + size],
            )
        case 2:
            changed[one : one + size] = changed[other : other + size]
        case 3:
            changed[chance.randrange(min(100, len(changed)))] = chance.randrange(256)
        case 4:
            place = one + (100 if one == 0 else 0) + chance.randrange(40)
            if place < len(changed):
                changed[place] = chance.randrange(256)
        case 5:
            del changed[chance.randrange(pages) * size + chance.choice((0, 0, 17)) :]
        case _:
            changed[one : one + size] = chance.randbytes(size)
    return bytes(changed)


# --- texts ----------------------------------------------------------------------------------------

_ODD_LINES = (
    "", "[", "[[", "[[things]]", "[rooms.exits]", "---", "+++", "## ", "## room", "```", "~~~~",
    "## room kitchen | when", "## say x + when flag:", "[[rooms]]", "[[offers]]", "a.b.c = 1",
    'id = "kitchen"', "do = []", 'when = "not not"', '"""', "'''", "\x0c", "\u2028", "x = \\",
    "title = 1979-05-27T07:32:00Z", "n = inf", "points = 99999999999999999999", "= =", "\t",
    'do = ["go kitchen", "go yard"]', 'in = "ledger"', "also_in = ['*']", "## mend",
    "kind: predict", "after: first-count", "### why", 'renamed = { "a" = "b" }',
)  # fmt: skip
_ODD_TOML = (
    '""', '"x"', "0", "-1", "true", "[]", "[[]]", "{}", '["x"]', "1e999", "nan", "1979-05-27",
    '["kitchen"]', '"kitchen"', '"river/bank"', '"*"', "{ to = 1 }", '"' + "x" * 3000 + '"',
    "[" * 60, "{a=" * 60, "99999999999999999999999", '"not flag:x and"', '"\\ud800"', '"\\u0000"',
    '"(((((((((("', '"(a+)+$"', '"../../etc/passwd"', '"/etc/passwd"', '"con"', '"."',
)  # fmt: skip


def of_text(data: bytes, chance: random.Random) -> bytes:
    """A text file with lines lost, doubled, moved or odd, values of other types, words changed."""
    if chance.random() < 0.15:
        return of_bytes(data, chance)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, other = (chance.randrange(len(lines)) for _ in range(2))
        match chance.randrange(9):
            case 0:
                del lines[at : at + chance.choice((1, 1, 3, 20))]
                lines = lines or [""]
            case 1:
                lines[at:at] = lines[other : other + chance.choice((1, 5, 30))]
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines.insert(at, chance.choice(_ODD_LINES))
            case 4 | 5:
                key, equals, _ = lines[at].partition("=")
                lines[at] = (
                    f"{key}= {chance.choice(_ODD_TOML)}" if equals else chance.choice(_ODD_LINES)
                )
            case 6:
                words = lines[at].split(" ")
                word = chance.randrange(len(words))
                words[word] = chance.choice(
                    (*words, "", "not", "and", "flag:", "x" * 99, "é", "a/b/c")
                )
                lines[at] = " ".join(words)
            case 7:
                lines = lines[:at] or [""]
            case _:
                odd = chance.choice("\0\x1b\u202e\"'[]{}#=|+`\\")
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + odd + lines[at][place:]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


# --- JSON -----------------------------------------------------------------------------------------


def of_json(text: str, chance: random.Random) -> str:
    """JSON with a value somewhere in it that is another, gone, renamed or doubled; or no JSON."""
    match chance.randrange(12):
        case 0:
            return of_bytes(text.encode(), chance).decode("utf-8", "replace")
        case 1:
            deep = chance.choice((100, 3_000, 200_000))
            return chance.choice(("[" * deep, '{"a":' * deep, "[" * deep + "]" * deep))
        case 2:
            return chance.choice(
                ("", "null", "[]", "{}", "1", '"x"', "NaN", "-Infinity", "9" * 5000)
            )
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # it was damaged before
        return of_bytes(text.encode(), chance).decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 5))):
        value = _elsewhere(value, chance)
    try:
        return json.dumps(value, ensure_ascii=chance.random() < 0.5)
    except ValueError:  # more digits than Python writes
        return '{"room": ' + "9" * 5000 + "}"


def _elsewhere(value: object, chance: random.Random) -> object:
    """`value` with one thing in it changed, seldom itself."""
    if isinstance(value, dict) and value and chance.random() < 0.93:
        changed = dict(value)
        key = chance.choice(list(changed))
        match chance.randrange(8):
            case 0:
                del changed[key]
            case 1:
                changed[chance.choice((key + "x", "", "room", "\ud800", "it", "pending"))] = (
                    changed.pop(key)
                )
            case 2:
                changed[key] = changed[chance.choice(list(changed))]
            case 3:
                changed[key] = chance.choice(_ODD_VALUES)
            case _:
                changed[key] = _elsewhere(changed[key], chance)
        return changed
    if isinstance(value, list) and value and chance.random() < 0.8:
        items = list(value)
        place = chance.randrange(len(items))
        match chance.randrange(4):
            case 0:
                del items[place]
            case 1:
                items[place:place] = items[: chance.randrange(4)]
            case 2:
                items.append(chance.choice(_ODD_VALUES))
            case _:
                items[place] = _elsewhere(items[place], chance)
        return items
    return chance.choice(_ODD_VALUES)


# --- zips -----------------------------------------------------------------------------------------


def packed(files: Sequence[tuple[str, bytes]], chance: random.Random | None = None) -> bytes:
    """A zip of `files`, in their order, doubled names and all; plain, or with odd attributes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, data in files:
            entry = zipfile.ZipInfo(name)
            if chance is not None:
                entry.compress_type = chance.choice((0, 8))
                if chance.random() < 0.02:
                    entry.external_attr = chance.choice((0o120777, 0o060666, 0o010666)) << 16
            try:
                out.writestr(entry, data)
            except (ValueError, UnicodeError, struct.error, zipfile.LargeZipFile):
                continue  # what this library cannot even write
    return made.getvalue()


_CENTRAL = {4: 2, 6: 2, 8: 2, 10: 2, 16: 4, 20: 4, 24: 4, 28: 2, 30: 2, 32: 2, 38: 4, 42: 4}
_LOCAL = {4: 2, 6: 2, 8: 2, 14: 4, 18: 4, 22: 4, 26: 2, 28: 2}
_END = {8: 2, 10: 2, 12: 4, 16: 4, 20: 2}
"""Where fields stand after the four bytes that begin a header, and their sizes."""


def of_headers(data: bytes, chance: random.Random) -> bytes:
    """A zip with fields of its headers changed: sizes, offsets, methods, flags, name lengths."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        mark, fields = chance.choice(
            ((b"PK\x01\x02", _CENTRAL), (b"PK\x03\x04", _LOCAL), (b"PK\x05\x06", _END))
        )
        places = []
        at = changed.find(mark)
        while at >= 0:
            places.append(at)
            at = changed.find(mark, at + 4)
        if not places:
            continue
        field = chance.choice(list(fields))
        at, size = chance.choice(places) + field, fields[field]
        old = int.from_bytes(changed[at : at + size], "little")
        new = chance.choice((*_ODD_NUMBERS, old + 1, old - 1, old * 2, old ^ 1, old ^ 0x800))
        changed[at : at + size] = (new & ((1 << 8 * size) - 1)).to_bytes(size, "little")
    return bytes(changed)


def of_archive(files: Files, inner: Mapping[str, Callable], chance: random.Random) -> bytes:
    """An archive of `files`, damaged outside or inside; `inner`: how each kind of file is damaged,
    by its ending."""
    listed = list(files.items())
    match chance.randrange(10):
        case 0 | 1:
            return of_bytes(packed(listed), chance)
        case 2 | 3:
            return of_headers(packed(listed, chance), chance)
        case 4 | 5:
            place = chance.randrange(len(listed))
            name, data = listed[place]
            named = (chance.choice(HOSTILE), data)
            if chance.random() < 0.5:
                listed[place] = named
            else:
                listed.insert(chance.randrange(len(listed) + 1), named)
        case 6:
            name, data = chance.choice(listed)
            name = chance.choice((name, name.upper(), name.swapcase()))
            listed.insert(chance.randrange(len(listed) + 1), (name, of_bytes(data, chance)))
        case _:
            place = chance.randrange(len(listed))
            name, data = listed[place]
            damage = inner.get(name.rpartition(".")[2], of_bytes)
            listed[place] = (name, damage(data, chance))
    return packed(listed, chance)
