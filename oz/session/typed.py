"""What a player types to the game rather than to the story, put into the words that it looks for.

The story understands other languages by itself (`oz.story.speech`). What front ends and the session
look for is English; `english` puts the words of the language that is spoken into it. A line that
begins with no such word stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from oz import tongue

_GERMAN_DESK = {
    "verlass": "leave", "verlasse": "leave", "zurück": "leave", "geschichte": "story",
    "schreib": "write", "schreibe": "write", "anhängen": "append", "ergänze": "append",
    "zeile": "line", "ersetze": "line", "einfügen": "insert", "lösche": "delete", "lösch": "delete",
    "zeig": "show", "zeige": "show", "antworte": "answer", "antwort": "answer",
    "aufgabe": "briefing", "schichten": "layers", "graph": "graph", "beschreib": "describe",
    "beschreibe": "describe", "hinweis": "hint", "tipp": "hint", "ziele": "goals", "lauf": "run",
    "starte": "run", "beenden": "quit", "versuche": "attempts", "tensoren": "tensors",
    "zauberliste": "spells", "lösung": "solution", "stopp": "stop", "zurücksetzen": "reset",
    "bearbeite": "edit", "speichern": "save", "rückgängig": "undo", "schau": "look",
}  # fmt: skip
"""First words that mean this only while a desk is open."""
_GERMAN = {
    "ja": "yes", "jawohl": "yes", "nein": "no", "überspringen": "skip", "weiter": "skip",
    "genug": "enough", "nachschlagen": "reference", "beschreib": "describe", "hilfe": "help",
    "sprache": "language", "einstellungen": "settings", "etappen": "stages",
    "erinnerungen": "reminders",
    "wahr": "true", "falsch": "false", "fehler": "error",
}  # fmt: skip
_GERMAN_REST = {"code": "code", "entwurf": "draft", "pult": "desk", "an": "on", "aus": "off"}
_FIRST: Mapping[str, Mapping[str, str]] = {"de": _GERMAN}
_AT_A_DESK: Mapping[str, Mapping[str, str]] = {"de": _GERMAN_DESK}
_REST: Mapping[str, Mapping[str, str]] = {"de": _GERMAN_REST}


def english(line: str, *, desk: bool = False) -> str:
    """`line` with its first word in English, where that is a word to the game; `desk`: one is open.

    What follows stays as it was typed, but for a single word that says which.
    """
    code = tongue.language()
    first, _space, rest = line.strip().partition(" ")
    word = first.casefold()
    meant = _AT_A_DESK.get(code, {}).get(word) if desk else None
    meant = meant or _FIRST.get(code, {}).get(word)
    if meant is None:
        return line
    return f"{meant} {_REST.get(code, {}).get(rest.strip().casefold(), rest)}".rstrip()
