"""Click's own sentences (``Usage:``, ``No such option``) in the language that is spoken.

Click looks them up by gettext in whatever language the environment names, and ships no catalogue.
Which language the game speaks is not the environment's affair (`oz.tongue`), so the sentences that
a player meets stand in the game's own catalogue, and click looks them up there.
"""

from __future__ import annotations

import sys

import click

from oz import tongue
from oz.tongue import _, ngettext

SENTENCES = (
    _("Usage:"), _("Options"), _("Commands"), _("Show the version and exit."),
    _("Show this message and exit."), _("Missing command."), _("default: {default}"),
    _("Invalid value: {message}"), _("Invalid value for {param_hint}: {message}"),
    _("Missing argument"), _("Missing option"), _("No such option {name!r}."),
    _("No such command {name!r}."), _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."), _("file"), _("directory"), _("path"),
    _("{name} {filename!r} does not exist."), _("{name} {filename!r} is a file."),
    _("{name} {filename!r} is a directory."), _("{name} {filename!r} is not readable."),
    _("Option {name!r} does not take a value."),
    ngettext("Got unexpected extra argument ({args})",
             "Got unexpected extra arguments ({args})", 1),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    ngettext("Option {name!r} requires an argument.",
             "Option {name!r} requires {nargs} arguments.", 1),
)  # fmt: skip
"""What is in the catalogue; click says the rest in English."""


def speak() -> None:
    """Let click look its sentences up in the game's catalogue."""
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{click.__name__}."):
            for lookup in ("_", "ngettext"):
                if hasattr(module, lookup):
                    setattr(module, lookup, getattr(tongue, lookup))
