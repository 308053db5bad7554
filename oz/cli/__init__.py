"""The command line. What each command needs is imported when it runs: ``oz --help`` costs nothing.

No command imports torch in this process; `oz.plain` never brings Textual. The language is chosen
here, before any module is imported that says something.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from oz import tongue

__all__ = ["main"]

_OPTION = "--language"


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    given, chosen = _without_language(list(sys.argv[1:] if args is None else args))
    code = chosen or os.environ.get(tongue.VARIABLE) or tongue.kept() or tongue.ENGLISH
    if code not in tongue.LANGUAGES:
        there = ", ".join(tongue.LANGUAGES)
        print(f"oz: Oz does not speak '{code}'. It speaks: {there}.", file=sys.stderr)
        sys.exit(2)
    if chosen:
        os.environ[tongue.VARIABLE] = code
    tongue.choose(code)
    from oz.cli.in_tongue import speak

    speak()  # before options are made: they look up what they are called
    from oz.cli.entry import main as run

    run(given)


def _without_language(args: list[str]) -> tuple[list[str], str]:
    """The arguments without ``--language CODE``, and the code. After ``--`` nothing is touched."""
    chosen = ""
    rest: list[str] = []
    while args:
        arg = args.pop(0)
        if arg == "--":
            return [*rest, arg, *args], chosen
        if arg == _OPTION and args:
            chosen = args.pop(0)
        elif arg.startswith(f"{_OPTION}="):
            chosen = arg.partition("=")[2]
        else:
            rest.append(arg)
    return rest, chosen
