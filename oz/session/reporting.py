"""The report of the journey, written: its page and its text, with what the models hold.

What is in a model's file is found out in the crucible, with ``weights_only``: a file that is more
than weights is told by its name and size alone.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

from oz.campaign import Campaign
from oz.crucible.model import Job, Limits, Mode, Output
from oz.report import as_page, as_text, gather
from oz.saves import SavesError
from oz.saves.errors import in_words
from oz.session.casting import Furnace, kept_in
from oz.tongue import _

Tensors = list[tuple[str, tuple[int, ...]]]
PAGE, TEXT = "report.html", "report.txt"
_LIMITS = Limits(seconds=120.0, output=8 << 20)
_LOOKS = """
import json, pathlib, torch
def opened(path):
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file
        return load_file(path)
    if path.suffix == ".onnx":
        import onnx
        return {t.name: torch.empty(tuple(t.dims), device="meta")
                for t in onnx.load(path, load_external_data=False).graph.initializer}
    return torch.load(path, weights_only=True, map_location="meta")
def rows(name, value):
    if isinstance(value, torch.Tensor):
        yield name[:100], list(value.shape)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from rows(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, (list, tuple)):
        for key, inner in enumerate(value):
            yield from rows(f"{name}.{key}" if name else str(key), inner)
found = {}
for path in sorted(pathlib.Path().iterdir()):
    if path.suffix in (".safetensors", ".onnx", ".pt"):
        try:
            found[path.name] = list(rows("", opened(path)))[:400]
        except Exception:
            pass  # one that is more than weights, or damaged
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report lies."""

    page: Path
    text: Path


async def write(folder: Path, campaign: Campaign, furnace: Furnace, target: Path) -> Written:
    """Write the report of the journey in `folder` into the folder `target`; one that is there is
    replaced. Raises `oz.saves.SavesError`."""
    inside = await tensors(folder / "models", furnace)
    return await asyncio.to_thread(_write, folder, campaign, inside, target)


async def told(folder: Path, campaign: Campaign, furnace: Furnace) -> str:
    """Write the report into the journey's own folder; what to tell the player of that."""
    try:
        written = await write(folder, campaign, furnace, folder)
    except SavesError as error:
        return _("The report could not be written. {error}").format(error=error)
    return _(
        "The report of this journey is written: `{page}` is a page for any browser, "
        "and `{text}` the same as plain text. `report` writes it anew."
    ).format(page=written.page, text=written.text)


def _write(folder: Path, campaign: Campaign, inside: dict[str, Tensors], target: Path) -> Written:
    report = gather(folder, campaign, inside)
    written = Written(target / PAGE, target / TEXT)
    with in_words(target):
        target.mkdir(parents=True, exist_ok=True)
        _replace(written.page, as_page(report))
        _replace(written.text, as_text(report))
    return written


async def tensors(models: Path, furnace: Furnace) -> dict[str, Tensors]:
    """Names and shapes of the tensors in the files of `models`, by file."""
    files = kept_in(models)
    if not files:
        return {}
    job = Job(Mode.CONJURE, source=_LOOKS, files=files, limits=_LIMITS, show=False)
    said = ""
    async for batch in furnace.run(job):
        said += "".join(e.text for e in batch if isinstance(e, Output) and e.stream == "stdout")
    try:
        found = json.loads(said)
        return {
            str(file): [(str(name), tuple(int(size) for size in shape)) for name, shape in rows]
            for file, rows in found.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}  # whatever a file did to the look at it, the report does without


def _replace(path: Path, text: str) -> None:
    made = path.with_name(f".writing-{path.name}")  # of one name, so that none pile up
    try:
        made.write_text(text, "utf-8", errors="replace")
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
