"""``oz``: the commands put together, and what happens when one of them fails.

Exit codes: 0 yes, 1 no (or it could not be done), 2 misuse, 70 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

import click

from oz import __version__, tongue
from oz.cli.carrying import export_journey, import_journey
from oz.cli.checking import lessons
from oz.cli.doctor import doctor
from oz.cli.judging import judge, run
from oz.cli.listing import journeys, list_spells, stats
from oz.cli.own_tools import open_draft, watch
from oz.cli.playing import hint, play, reset
from oz.cli.reading import journal
from oz.cli.reporting import report
from oz.cli.serving import serve
from oz.tongue import _

NO, MISUSE, OURS, INTERRUPTED = 1, 2, 70, 130


class OzGroup(click.Group):
    """A group whose command may be left out: then it is ``play``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"-h", "--help", "--version"}
        if not args or (args[0] not in self.commands and args[0] not in own):
            if args and not args[0].startswith("-"):
                _refuse_unknown(args[0], args[1:], self.commands)
            args = ["play", *args]
        return super().parse_args(ctx, args)


def _refuse_unknown(word: str, more: Sequence[str], commands: Mapping[str, click.Command]) -> None:
    """A word that is no journey is taken for a slip where it stands alone, or is close to a command
    or a journey; with an option of `play` behind it, it names a new one."""
    import difflib

    from oz.saves import default_root, journeys

    given = commands["play"].make_context("play", list(more), resilient_parsing=True).params
    known = [info.name for info in journeys(default_root(given["saves"]))]
    close = difflib.get_close_matches(word, [*commands, *known], n=1, cutoff=0.75)
    if word in known or (more and not close):
        return
    told = [_("There is no command and no journey '{word}'.").format(word=word)]
    if close:
        told[0] = told[0].removesuffix(".") + _("; did you mean '{close}'?").format(close=close[0])
    if known:
        told.append(_("Journeys: {names}.").format(names=", ".join(known)))
    told.append(_("`oz play {word}` begins one of that name.").format(word=word))
    raise click.UsageError(" ".join(told))


@click.group(
    cls=OzGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_(
        "Without a command, oz plays: it goes on with the journey played last, or with the one "
        "named."
    ),
)
@click.option(
    "--language",  # taken off the line before anything is imported: see oz.cli
    type=click.Choice(tuple(tongue.LANGUAGES)),
    expose_value=False,
    help=_("The language of the game (also OZ_LANGUAGE)."),
)
@click.version_option(__version__, prog_name="oz", message="%(prog)s %(version)s")
def oz() -> None:
    """A text adventure that teaches PyTorch.

    Every PyTorch spell in it is real code, and it runs for real.
    """


for command in (
    play, judge, run, list_spells, journeys, export_journey, import_journey, watch, open_draft,
    stats, journal, report, reset, hint, doctor, serve,
    lessons,
):  # fmt: skip
    command.help = _(inspect.cleandoc(command.help or "").strip())
    oz.add_command(command)
oz.help = _(inspect.cleandoc(oz.help or "").strip())


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a terminal that lacks a letter shows '?', no traceback
    sys.exit(_run(given))


def _run(args: list[str]) -> int:
    try:
        code = oz.main(args, prog_name="oz", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        return _fail(args, error.format_message(), MISUSE, _see(error))
    except click.ClickException as error:
        return _fail(args, error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO
    except Exception as error:  # noqa: BLE001 - the last line of defence: it is logged, and named
        return _explain(args, error)
    return code if isinstance(code, int) else 0


def _see(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "oz"
    return _("See '{command} --help'.").format(command=command)


def _fail(args: Sequence[str], message: str, code: int, more: str = "", **details: object) -> int:
    """Say `message` once on standard error, and as JSON where JSON was asked for."""
    click.echo(f"oz: {message}", err=True)
    if more:
        click.echo(more, err=True)
    if "--json" in args:
        click.echo(json.dumps({"error": message, **details}, ensure_ascii=False))
    return code


def _explain(args: Sequence[str], error: Exception) -> int:
    from oz.campaign.faults import LessonsError
    from oz.saves.errors import BadName, SavesError

    if isinstance(error, LessonsError):
        faults = [
            {"path": str(fault.path), "line": fault.line, "message": fault.message}
            for fault in error.faults
        ]
        more = "".join(f"\n  {fault}" for fault in error.faults)
        return _fail(args, str(error).split("\n", 1)[0], NO, more.lstrip("\n"), faults=faults)
    if isinstance(error, BadName):
        return _fail(args, str(error), MISUSE)
    if isinstance(error, SavesError):
        return _fail(args, str(error), NO)
    from oz.crashlog import log_error

    path = log_error(error, f"running: oz {' '.join(args)}")
    where = _(" It is described in {path}.").format(path=path) if path else ""
    kind = type(error).__name__
    return _fail(
        args,
        _("Something of ours went wrong ({kind}: {error}).{where}").format(
            kind=kind, error=error, where=where
        ),
        OURS,
    )
