"""What the kinds of damaged things have in common."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.corpus import Corpus


class Kind(ABC):
    """One kind of thing that is damaged."""

    name: str
    share: int
    """Of a hundred cases."""
    memory: int = 3 << 30
    """Bytes of address space that its process may take: what swells beyond is a bug."""

    def __init__(self, corpus: Corpus, place: Path) -> None:
        self.corpus = corpus
        self.place = place
        """An empty folder for each case."""

    def chance(self, number: int) -> random.Random:
        return random.Random(f"{self.name} {number}")

    @abstractmethod
    def lay(self, chance: random.Random) -> Callable[[], str]:
        """Make the damaged thing in `place`; gives what the game is then asked to do with it."""
