"""What is kept by stages, and read when it is first asked for: a mapping and a sequence.

Which ids there are is known from the start; the values of a stage come together, from whoever
made these (`oz.campaign.cache`). Knows nothing of files, and not what the values are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

V = TypeVar("V")


def stage_of(id: str) -> str:
    """The stage in an id like ``kansas/kitchen``."""
    return id.partition("/")[0]


class Staged(Mapping[str, V]):
    """Values by id.

    `ids`: every id, in order, with its stage. `part`: the values of a stage by id.
    """

    __slots__ = ("_ids", "_part")

    def __init__(self, ids: Mapping[str, str], part: Callable[[str], Mapping[str, V]]) -> None:
        self._ids = ids
        self._part = part

    def __getitem__(self, id: str) -> V:
        return self._part(self._ids[id])[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id: object) -> bool:
        return id in self._ids


class StagedSequence(Sequence[V]):
    """Values in the order of the road.

    `counts`: how many each stage has. `part`: the values of a stage.
    """

    __slots__ = ("_counts", "_part")

    def __init__(self, counts: Mapping[str, int], part: Callable[[str], Sequence[V]]) -> None:
        self._counts = counts
        self._part = part

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[V]:
        for stage, count in self._counts.items():
            if count:
                yield from self._part(stage)

    @overload
    def __getitem__(self, index: int) -> V: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[V]: ...
    def __getitem__(self, index: int | slice) -> V | Sequence[V]:
        return tuple(self)[index]
