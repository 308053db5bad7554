"""Reading a whole lesson folder into a `Campaign`, or refusing it with every fault in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from oz import tongue
from oz.campaign.faults import Faults, near
from oz.campaign.model import FORMAT, Campaign, Reference
from oz.campaign.names import Names
from oz.campaign.references import read_references
from oz.campaign.reviews import FILE as REVIEWS
from oz.campaign.reviews import read_reviews, translated_reviews
from oz.campaign.siblings import Siblings, replaced
from oz.campaign.siblings_spell import translated_references
from oz.campaign.siblings_stage import translated_stage
from oz.campaign.source import parse_toml, read_text
from oz.campaign.spells import read_spell
from oz.campaign.stages import StageFiles, StageParts, build, gather, owners
from oz.campaign.tables import Table
from oz.story.model import Text, World
from oz.study.cards import Card

_FOLDER = re.compile(r"\d+_([a-z0-9]+(?:_[a-z0-9]+)*)\Z")


def read_lessons(root: Path, code: str) -> Campaign:
    """Read the lessons in `root`, told in the language `code` as far as they have siblings in it.

    Raises `oz.campaign.LessonsError`, which lists everything that is wrong by file and line.
    Runs no code of the lessons.
    """
    faults = Faults()
    siblings = None if code == tongue.ENGLISH else Siblings(code, faults)
    top = _campaign_file(root, faults, siblings)
    files = [
        found
        for name in top.words("stages", required=True)
        if (found := _stage_files(root, name, top, faults, siblings)) is not None
    ]
    names = Names()
    for stage in files:
        gather(stage, names, faults)
    parts = [build(stage, names, faults, siblings) for stage in files]
    references = _references(files, faults, siblings)
    campaign = _campaign(root, top, parts, references, _reviews(files, faults, siblings))
    for part in parts:
        part.prose.done(owners(part, names))
    for flag, spot in names.flags_tested.items():
        if flag not in names.flags_set:
            hint = near(flag, names.flags_set)
            faults.add(spot.path, spot.line, f"nothing sets the flag '{flag}'{hint}")
    top.done()
    faults.raise_any()
    gaps = tuple(siblings.gaps) if siblings else ()
    return replace(campaign, language=code, gaps=gaps)


def _campaign_file(root: Path, faults: Faults, siblings: Siblings | None) -> Table:
    """The campaign's own table; raises at once where nothing else can be read without it."""
    path = root / "campaign.toml"
    text = read_text(path, faults, "format version, title and the order of the stages")
    document = parse_toml(path, text, faults) if text is not None else None
    if document is None:
        faults.raise_any()
        raise AssertionError("a missing document is always a fault")
    top = Table(document, faults)
    version = top.get("format", int, 0, required=True)
    if top.has("format") and version != FORMAT:
        top.fault(f"the lessons have format {version}; this game reads format {FORMAT}", "format")
        faults.raise_any()
    told = siblings.table(path) if siblings else None
    if told is None:
        return top
    texts = {key: told.text(key) for key in ("title", "about", "credits") if told.has(key)}
    told.done()
    top = Table(replaced(document, {**document.data, **texts}), faults)
    top.get("format", int, 0)  # it was looked at above
    return top


def _stage_files(
    root: Path, name: str, top: Table, faults: Faults, siblings: Siblings | None
) -> StageFiles | None:
    folder = root / name
    match = _FOLDER.match(name)
    if match is None:
        top.fault(f"'{name}' must be a number and a name: '02_munchkins'", "stages")
        return None
    if not folder.is_dir():
        known = [path.name for path in root.iterdir() if _FOLDER.match(path.name)]
        top.fault(f"there is no folder '{name}'{near(name, known)}", "stages")
        return None
    path = folder / "stage.toml"
    text = read_text(path, faults, "rooms, things, rules and offers")
    story = read_text(folder / "story.md", faults, "the prose")
    id = match[1].replace("_", "-")
    folders = _spell_folders(folder / "spells", faults)
    read = (read_spell(path, id, name, faults, siblings) for name, path in folders.items())
    spells = [spell for spell in read if spell is not None]
    document = parse_toml(path, text, faults) if text is not None else None
    if document is None or story is None:
        return None
    if siblings is not None:
        document = translated_stage(document, siblings)
    return StageFiles(id, folder, document, story, spells, [f"{id}/{name}" for name in folders])


def _spell_folders(folder: Path, faults: Faults) -> dict[str, Path]:
    """The folders of spells by name, in order."""
    taken: dict[str, Path] = {}
    for path in sorted(folder.glob("*/")):
        match = _FOLDER.match(path.name)
        name = match[1].replace("_", "-") if match else ""
        if path.name.startswith(("__", ".")):
            continue
        if not match:
            faults.add(path, 0, "a spell's folder is a number and a name: '01_first_stones'")
        elif name in taken:
            faults.add(path, 0, f"the spell '{name}' is there already, in {taken[name].name}")
        else:
            taken[name] = path
    return taken


def _references(
    files: Iterable[StageFiles], faults: Faults, siblings: Siblings | None
) -> dict[str, Reference]:
    found: dict[str, Reference] = {}
    for stage in files:
        path = stage.folder / "reference.md"
        entries = read_references(path, faults)
        if siblings is not None:
            entries = translated_references(entries, path, siblings)
        for name, entry in entries.items():
            if name in found:
                said = f"'{name}' is explained already, in {found[name].path.parent.name}"
                faults.add(entry.path, entry.line, said)
            found.setdefault(name, entry)
    return found


def _reviews(
    files: Iterable[StageFiles], faults: Faults, siblings: Siblings | None
) -> dict[str, Card]:
    found: dict[str, Card] = {}
    for stage in files:
        path = stage.folder / REVIEWS
        cards = read_reviews(path, stage.id, stage.spell_ids, faults)
        found |= translated_reviews(cards, path, stage.id, siblings) if siblings else cards
    return found


def _campaign(
    root: Path,
    top: Table,
    parts: list[StageParts],
    references: dict[str, Reference],
    reviews: dict[str, Card],
) -> Campaign:
    texts = {key: text for part in parts for key, text in part.prose.texts.items()}
    spells = {id: part.spells[id] for part in parts for id in part.stage.spells}
    title = top.text("title", required=True)
    opening = _opening(top, parts)
    if opening is not None:
        texts[opening.key] = opening
    world = World(
        title=title,
        stages={part.stage.id: part.stage for part in parts},
        rooms={room.id: room for part in parts for room in part.rooms},
        things={thing.id: thing for part in parts for thing in part.things},
        rules=tuple(rule for part in parts for rule in part.rules),
        offers={offer.spell: offer for part in parts for offer in part.offers},
        start=parts[0].stage.start if parts else "",
        opening=opening,
        ending=_ending(top, parts),
        renamed=_renamed(top),
        about=top.text("about").strip(),
        credits=top.text("credits").strip(),
        max_score=sum(part.most_points() for part in parts),
        texts=texts,
    )
    return Campaign(
        world=world,
        spells=spells,
        references=references,
        stages={part.stage.id: part.info for part in parts},
        root=root,
        title=title,
        format=FORMAT,
        reviews=reviews,
        passages=tuple(passage for part in parts for passage in part.prose.passages),
        sources={what: spot for part in parts for what, spot in part.sources.items()},
    )


def _renamed(top: Table) -> dict[str, str]:
    """What was called otherwise in older lessons. What it is called now may be gone again."""
    given = top.get("renamed", dict, {})
    for old, new in given.items():
        if not isinstance(new, str) or not new or old in given.values():
            top.fault(f"'{old}' must lead to the name that it has now", "renamed")
            return {}
    return given


def _ending(top: Table, parts: list[StageParts]) -> str:
    stage = top.text("ending")
    known = [part.stage.id for part in parts]
    if stage and stage not in known:
        top.fault(f"there is no stage '{stage}'{near(stage, known)}", "ending")
        return ""
    return stage


def _opening(top: Table, parts: list[StageParts]) -> Text | None:
    key = top.text("opening")
    if not key or not parts:
        return None
    text = parts[0].prose.take("say", key)
    if text is None:
        top.fault(f"the first stage's story has no '## say {key}'", "opening")
    return text
