"""Sibling files in other languages: each language that the lessons have is read whole."""

from __future__ import annotations

from collections.abc import Iterator

from oz.campaign import Campaign, Fault, LessonsError, load
from oz.campaign.siblings import languages


def check(campaign: Campaign) -> list[Fault]:
    """What siblings say of things that the English files do not have."""
    return [fault for code in languages(campaign.root) for fault in _faults(campaign, code)]


def _faults(campaign: Campaign, code: str) -> Iterator[Fault]:
    try:
        load(campaign.root, code)
    except LessonsError as error:
        yield from error.faults
