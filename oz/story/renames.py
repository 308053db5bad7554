"""What an id of older lessons is called now: by its own new name, or by that of its stage. Pure."""

from __future__ import annotations

from collections.abc import Mapping


def called_now(id: str, names: Mapping[str, str]) -> str:
    """The id that `id`, of a spell, room, thing or card, has with `names` from old to new.

    ``munchkins/fence`` is what `names` say, else ``east/fence`` where the stage is ``east`` now. A
    word without a stage before it stays: it may be none of our ids.
    """
    stage, slash, rest = id.partition("/")
    if not slash:
        return id
    return names.get(id) or f"{names.get(stage, stage)}/{rest}"
