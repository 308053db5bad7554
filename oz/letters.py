"""A letter of ASCII for each sign that the game draws or writes with, for what takes no others.

Every sign keeps its one cell. Letters of languages are left as they are.
"""

from __future__ import annotations

_SIGNS = (
    ("─━┄═▔", "-"),
    ("│┃┆▎▌▏▍▐", "|"),
    ("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
    ("╲", "\\"),
    ("╱", "/"),
    ("▁▂▃", "_"),
    ("▄▅▆▇█▉▊▋▀", "#"),
    ("•", "*"),
    ("·", "."),
    ("…", "~"),
    ("›↳▶→", ">"),
    ("←", "<"),
    ("↑▲", "^"),
    ("↓▼", "v"),
    ("✓", "+"),
    ("✗×", "x"),
    ("◐", "%"),
    ("✦", "*"),
    ("◉", "@"),
    ("●", "O"),
    ("○", "o"),
    ("◇", "="),
    ("‼", "!"),
    ("“”„", '"'),
    ("‘’‚", "'"),
    ("–—−‐‑", "-"),
    ("\u00a0\u2009\u202f", " "),
)
_TABLE = {ord(sign): letter for signs, letter in _SIGNS for sign in signs}


def in_letters(text: str) -> str:
    """`text` with a letter in place of each sign, as long as it was."""
    return text.translate(_TABLE)
