"""The story in German: how things are named, and what commands are called."""

from oz.story.german.speech import GERMAN

__all__ = ["GERMAN"]
