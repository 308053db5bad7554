"""``reference.md`` read into `Reference` entries."""

from __future__ import annotations

import re
from pathlib import Path

from oz.campaign.faults import Faults
from oz.campaign.model import Reference
from oz.campaign.prose import Section, divide
from oz.campaign.source import read_text

_ENTRY = re.compile(
    r"\s*`(?P<signature>[^\n]+)`\s*\n(?P<text>.*?)(?:^```python\n(?P<example>.*?)^```\s*)?\Z",
    re.DOTALL | re.MULTILINE,
)


def read_references(path: Path, faults: Faults) -> dict[str, Reference]:
    """The entries of `path`, by name; nothing where there is no such file."""
    if not path.is_file():
        return {}
    text = read_text(path, faults, "the reference")
    found: dict[str, Reference] = {}
    for section in divide(text or ""):
        if not section.heading:
            continue
        name = section.heading.strip("`")
        if name in found:
            faults.add(path, section.line, f"'{name}' is there already, at line {found[name].line}")
            continue
        entry = _entry(name, section, path, faults)
        if entry is not None:
            found[name] = entry
    return found


def _entry(name: str, section: Section, path: Path, faults: Faults) -> Reference | None:
    match = _ENTRY.match("\n".join(section.body) + "\n")
    if match is None:
        said = f"'{name}' needs its signature as a line of `code`, then a paragraph, then ```python"
        faults.add(path, section.line, said)
        return None
    text, example = match["text"].strip(), (match["example"] or "").strip("\n")
    if not text:
        faults.add(path, section.line, f"'{name}' has no explanation after its signature")
    return Reference(name, match["signature"].strip(), text, example, path, section.line)
