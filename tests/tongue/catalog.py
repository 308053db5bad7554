"""The catalogues of ``oz/locale``: what is to be translated, read out of the code by Babel.

``python tests/tongue/catalog.py`` brings every catalogue up to date with the code: sentences that
are gone go, new ones are added without translation, and what is translated is compiled. A sentence
that was changed keeps nothing: its translation was of another sentence.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "oz"
LOCALE = PACKAGE / "locale"
KEYWORDS = {"_": None, "says": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_NOT = ("side_road/stones", "lessons_check/template")
"""Folders whose programs are lessons, not the game."""


def files() -> list[Path]:
    """Every module whose sentences may be translated."""
    found = (path for path in PACKAGE.rglob("*.py") if "_lessons" not in path.parts)
    return sorted(p for p in found if not p.relative_to(PACKAGE).as_posix().startswith(_NOT))


def extracted() -> Catalog:
    """What the code says, as a catalogue without translations."""
    catalog = Catalog(fuzzy=False)
    wanted = set(files())
    method = [("**.py", "python")]
    for name, line, message, comments, context in extract_from_dir(
        PACKAGE, method, keywords=KEYWORDS, strip_comment_tags=True
    ):
        path = PACKAGE / name
        if path in wanted and message:
            where = path.relative_to(ROOT).as_posix()
            catalog.add(message, locations=[(where, line)], auto_comments=comments, context=context)
    for path in wanted:
        for message, context, line in within_f_strings(ast.parse(path.read_text("utf-8"))):
            where = path.relative_to(ROOT).as_posix()
            catalog.add(message, locations=[(where, line)], context=context)
    for path in (PACKAGE / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not _is_command(node):
                continue
            if path.name != "checking.py" or node.name == "lessons":  # what is for authors: English
                text = ast.get_docstring(node) or ""
                catalog.add(text, locations=[(f"oz/cli/{path.name}", node.lineno)])
    return catalog


def within_f_strings(tree: ast.AST) -> Iterator[tuple[str | tuple[str, str], str | None, int]]:
    """Sentences that are looked up inside an f-string, where Babel does not look: each with its
    context and line."""
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    for node in (inner for string in strings for inner in ast.walk(string)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        match node.func.id, given:
            case "_", [str(said)]:
                yield said, None, node.lineno
            case "pgettext", [str(context), str(said)]:
                yield said, context, node.lineno
            case "ngettext", [str(one), str(many)]:
                yield (one, many), None, node.lineno


def _is_command(node: ast.FunctionDef) -> bool:
    """Whether it is a command of `click`, whose docstring is its help."""
    made = (d.func for d in node.decorator_list if isinstance(d, ast.Call))
    return any(isinstance(m, ast.Attribute) and m.attr in {"command", "group"} for m in made)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "oz.po"


def read(language: str) -> Catalog:
    """The catalogue of `language`, as it is kept."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """What gettext reads: the same whenever it is made."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.project, catalog.version = "Oz", ""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def updated(language: str) -> Catalog:
    """The kept catalogue with the sentences of the code, and no others."""
    kept, fresh = read(language), Catalog(locale=language, fuzzy=False)
    fresh.project, fresh.version, fresh.header_comment = "Oz", "", f"# {kept.locale_identifier}"
    for message in extracted():
        if message.id:
            old = kept.get(message.id, message.context)
            told = old.string if old is not None else ""
            where = sorted({(file, 0) for file, _line in message.locations})
            fresh.add(message.id, told, locations=where, context=message.context)
    return fresh


def written(catalog: Catalog) -> bytes:
    """The catalogue as the text of a ``.po`` file, the same whenever it is made."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, sort_by_file=True, width=100, include_lineno=False)
    return _HEADER + buffer.getvalue()


_HEADER = b"""# Oz in another language. tests/tongue/catalog.py brings it up to date with the code.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def update(language: str) -> Catalog:
    """Write ``.po`` and ``.mo`` anew."""
    catalog = updated(language)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalog))
    path.with_suffix(".mo").write_bytes(compiled(read(language)))
    return catalog


def told(message: Message) -> bool:
    """Whether it is translated, in every number."""
    said = message.string
    return all(said) if isinstance(said, (list, tuple)) else bool(said)


def formatted(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    """f-strings that stand where a sentence to be translated should."""
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if named and node.func.id in KEYWORDS:
            yield from (given for given in node.args if isinstance(given, ast.JoinedStr))


def main() -> int:
    for folder in sorted(LOCALE.iterdir()):
        if folder.is_dir():
            catalog = update(folder.name)
            missing = [message for message in catalog if message.id and not told(message)]
            print(f"{folder.name}: {len(catalog)} sentences, {len(missing)} without translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
