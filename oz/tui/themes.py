"""Colours: three themes of the app (dark, light, high contrast) and the editor's matching ones.

Kansas is grey; the road is gold; the city is emerald. Colour is never the only sign of anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.widgets.text_area import TextAreaTheme

DARK, LIGHT, CONTRAST = "dark", "light", "contrast"
NAMES = (DARK, LIGHT, CONTRAST)
"""What the player types after 'theme'."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of Python in one theme."""

    keyword: str
    string: str
    number: str
    comment: str
    name: str
    builtin: str


INKS = {
    DARK: Ink("#d9a441", "#8fbf7f", "#c99fd6", "#8b8f86", "#7fc4c9", "#e2b7a0"),
    LIGHT: Ink("#8a4b00", "#2f6b2a", "#7a2f8a", "#6b6a62", "#0b5a66", "#8c3a2b"),
    CONTRAST: Ink("#ffd700", "#7cff7c", "#ff9cff", "#c8c8c8", "#6ee7ff", "#ffb38a"),
}

_COMMON = {"block-cursor-text-style": "bold"}


def _inks(name: str) -> dict[str, str]:
    ink = INKS[name]
    return {
        "ink-keyword": ink.keyword,
        "ink-string": ink.string,
        "ink-number": ink.number,
        "ink-comment": ink.comment,
        "ink-name": ink.name,
    }


THEMES = (
    Theme(
        name=DARK,
        primary="#d9a441",
        secondary="#59b08a",
        accent="#7fc4c9",
        warning="#e0b84c",
        error="#e2796b",
        success="#6fbf73",
        foreground="#dedbd0",
        background="#14171a",
        surface="#1b1f23",
        panel="#23282d",
        dark=True,
        variables={**_COMMON, **_inks(DARK), "muted": "#9a9c94", "hairline": "#3a4046"},
    ),
    Theme(
        name=LIGHT,
        primary="#855300",
        secondary="#17694a",
        accent="#0b5a66",
        warning="#7a5200",
        error="#a32d1c",
        success="#236b2b",
        foreground="#26251f",
        background="#faf6ec",
        surface="#f2ecdd",
        panel="#e8e0cc",
        dark=False,
        variables={**_COMMON, **_inks(LIGHT), "muted": "#65635a", "hairline": "#cfc6b0"},
    ),
    Theme(
        name=CONTRAST,
        primary="#ffd700",
        secondary="#00ff9c",
        accent="#6ee7ff",
        warning="#ffd700",
        error="#ff8080",
        success="#7cff7c",
        foreground="#ffffff",
        background="#000000",
        surface="#1a1a1a",
        panel="#2a2a2a",
        dark=True,
        variables={**_COMMON, **_inks(CONTRAST), "muted": "#e0e0e0", "hairline": "#ffffff"},
    ),
)


def editor_theme(name: str) -> TextAreaTheme:
    """The editor's theme that goes with the app's theme `name`."""
    from textual.widgets.text_area import TextAreaTheme

    ink = INKS.get(name, INKS[DARK])
    keyword, string, number = (
        Style(color=ink.keyword),
        Style(color=ink.string),
        Style(color=ink.number),
    )
    called, builtin = Style(color=ink.name), Style(color=ink.builtin)
    return TextAreaTheme(
        name=f"oz-{name}",
        syntax_styles={
            **dict.fromkeys(
                (
                    "keyword", "keyword.function", "keyword.return", "keyword.operator",
                    "conditional", "repeat", "include", "exception",
                ),
                keyword,
            ),
            "string": string,
            "string.documentation": string,
            "comment": Style(color=ink.comment, italic=True),
            "number": number,
            "float": number,
            "boolean": number,
            "constant.builtin": number,
            "function": called,
            "function.call": called,
            "method": called,
            "method.call": called,
            "class": called,
            "type": called,
            "type.class": called,
            "constructor": called,
            "type.builtin": builtin,
            "variable.builtin": builtin,
        },
    )  # fmt: skip
