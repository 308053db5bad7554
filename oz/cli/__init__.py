"""The command line. What each command needs is imported when it runs: ``oz --help`` costs nothing.

No command imports torch in this process; `oz.plain` never brings Textual.
"""

from oz.cli.entry import main

__all__ = ["main"]
