"""``oz serve``: the screens in a browser on this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from oz.cli.common import lessons_option, saves_option
from oz.serve import LIMIT
from oz.tongue import _

_EXTRA = ("aiohttp", "aiohttp_jinja2", "jinja2", "textual_serve")
_MISSING = _(
    "What serves a browser is not installed. From the checkout: pip install -c "
    "constraints.txt -e '.[serve]'; else: pip install 'oz-pytorch[serve]'"
)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help=_("The port to listen on; without it, any free one."),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    metavar="N",
    help=_("How many may play at once. Each game has a PyTorch of its own in memory."),
)
@saves_option
@lessons_option
def serve(port: int, limit: int, saves: Path | None, lessons: Path | None) -> int:
    """Play in a browser on this machine.

    Prints the address to open, which holds a secret: whoever has it can type code into the game.
    Nothing else, and no other machine, is let in. An address that ends in journey/NAME/ plays the
    journey of that name.
    """
    from oz.saves import default_root

    try:
        from oz.serve.server import OzServer, PortRefused
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise click.ClickException(
            _("{MISSING} ({name} is missing)").format(MISSING=_MISSING, name=error.name)
        ) from error
    server = OzServer(default_root(saves), port=port, lessons=lessons, limit=limit)
    try:
        asyncio.run(server.run(_announce))
    except PortRefused as error:
        raise click.ClickException(
            _("{error} Without --port, a free one is taken.").format(error=error)
        ) from error
    return 0


def _announce(address: str) -> None:
    click.echo(_("Oz is at {address}").format(address=address))
    click.echo(_("Keep the address to yourself. Ctrl-C ends the games and the server."))
