"""What the author of a trial imports: ``from oz.trial import same, require, mistake``.

A trial is an ordinary pytest file (see ``lessons/README.md``). These words compare what the
player's program made with what was asked, and say where the two differ in the tutor's terms. They
trust nothing that the player's program may have replaced.

This package imports torch: only trials and the child side of the crucible import it.
"""

from oz.trial.checks import CheckFailed, mistake, require, same, shares_storage
from oz.trial.predict import predicted

__all__ = ["CheckFailed", "mistake", "predicted", "require", "same", "shares_storage"]
