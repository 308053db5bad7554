"""What a visitor's process runs: the screens, on one journey.

Standard input and output belong to the driver, so that nothing here may print.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

DRIVER = "oz.serve.driver:VisitorDriver"
"""Named to Textual by the environment variable ``TEXTUAL_DRIVER``."""

_START = (
    "import sys; sys.path.insert(0, {root!r}); from oz.serve.game import main; sys.exit(main())"
)


def command(saves: Path, journey: str, lessons: Path | None) -> list[str]:
    """The command that plays `journey` of the folder `saves`, as `visit` starts it."""
    start = _START.format(root=str(Path(__file__).resolve().parents[2]))
    # -P: the folder that the server was started in must not lend modules to the game
    given = [str(saves), journey, *([str(lessons.absolute())] if lessons else [])]
    return [sys.executable, "-P", "-c", start, *given]


def main(args: Sequence[str] | None = None) -> int:
    """Play; `args`: the folder of journeys, the name of one, and perhaps the lessons folder."""
    from oz.tui.app import run

    saves, journey, *lessons = sys.argv[1:] if args is None else args
    return run(Path(saves), journey=journey, lessons=Path(lessons[0]) if lessons else None)
