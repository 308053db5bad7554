"""The text adventure: pure, deterministic, text in and events out. Knows no screen and no torch."""

from oz.story.complete import Vocabulary, completions, vocabulary
from oz.story.play import Turn
from oz.story.state import dump, load
from oz.story.turn import begin, resume, spell_passed, step

__all__ = [
    "Turn",
    "Vocabulary",
    "begin",
    "completions",
    "dump",
    "load",
    "resume",
    "spell_passed",
    "step",
    "vocabulary",
]
