"""The fixtures of trials, as a pytest plugin.

It serves in two places. In the warm child `oz.crucible.child.judge` runs a trial over what the
player's program left behind. In a checkout ``pytest lessons/02_munchkins`` runs the same trials
over the model answers (``OZ_ANSWER=path`` over another file). Either way a `Ran` says what was
run.

Nothing heavy is imported until a trial is really collected: every test run of the project loads
this.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from oz.tongue import _

if TYPE_CHECKING:
    import numpy as np

    from oz.crucible.child.command import Command
    from oz.crucible.child.judge import Ran
    from oz.trial.subjects import Printed, Program, Spell, Training

RAN: pytest.StashKey[Callable[[Path], Ran]] = pytest.StashKey()
"""What was run for the trial at this path. Set by the judge; a checkout makes it when asked."""

PLAIN = _("every answer is a plain value")
"""Name of the check that comes before the others of a predict spell."""


def is_trial(path: Path) -> bool:
    """Whether a file is a trial, by its name."""
    return path.name == "trial.py"


# --- collection -----------------------------------------------------------------------------------


class PlainValues(pytest.Item):
    """The first check of a predict spell: nobody computes the answer with the code itself."""

    def runtest(self) -> None:
        from oz.trial.failure import CheckFailed
        from oz.trial.predict import misspelled, not_plain

        ran = ran_for(self.config, self.path)
        tree = ast.parse(ran.source)
        if (text := not_plain(tree)) is not None:
            raise CheckFailed(
                _("asked for a name and a plain value on each line, yours `{text}`").format(
                    text=text
                )
            )
        if (slip := misspelled(tree)) is not None:
            raise CheckFailed(f"**{slip[0]}**: {slip[1]}", None, slip[0])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put `PlainValues` before the checks of each predict spell."""
    seen: set[Path] = set()
    for item in list(items):
        if not is_trial(item.path) or item.path in seen:
            continue
        seen.add(item.path)
        if kind_of(config, item.path) == "predict":
            module = item.getparent(pytest.Module) or item.session
            items.insert(items.index(item), PlainValues.from_parent(module, name="plain_values"))


def kind_of(config: pytest.Config, trial: Path) -> str:
    """The kind of the spell whose trial this is."""
    if config.stash.get(RAN, None) is not None:
        return ran_for(config, trial).kind
    from oz.crucible.child.plugin_answers import kind_beside

    return kind_beside(trial)


def ran_for(config: pytest.Config, trial: Path) -> Ran:
    """What was run for this trial; in a checkout the answer is run now, once."""
    provider = config.stash.get(RAN, None)
    if provider is None:
        from oz.crucible.child.plugin_answers import Answers

        answers = Answers()
        config.add_cleanup(answers.close)
        provider = config.stash[RAN] = answers.ran
    return provider(trial)


def checks_of(items: Iterable[pytest.Item]) -> list[str]:
    """The name of each check: its docstring's first line, else its own name; all different."""
    names: list[str] = []
    for item in items:
        name = _check_name(item)
        count = sum(n == name or n.startswith(f"{name} (") for n in names)
        names.append(f"{name} ({count + 1})" if name in names else name)
    return names


def _check_name(item: pytest.Item) -> str:
    if isinstance(item, PlainValues):
        return PLAIN
    from oz.trial.phrases import said

    function = getattr(item, "function", None)
    lines = (getattr(function, "__doc__", None) or "").strip().splitlines()
    name = (
        said(lines[0].strip())
        if lines
        else item.name.partition("[")[0].removeprefix("test_").replace("_", " ")
    )
    spec = getattr(item, "callspec", None)
    return f"{name} ({spec.id})" if spec is not None else name


# --- running --------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Every check of a trial begins from the same seed, whatever ran before it."""
    if not is_trial(item.path):
        return
    import random

    import torch

    seed = ran_for(item.config, item.path).seed
    random.seed(seed)
    torch.manual_seed(seed)


# --- fixtures -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ran(request: pytest.FixtureRequest) -> Ran:
    """Everything about the run that is judged."""
    return ran_for(request.config, request.path)


@pytest.fixture
def spell(ran: Ran) -> Spell:
    """The player's module."""
    from oz.trial.subjects import Spell

    return Spell(ran.namespace, ran.source)


@pytest.fixture
def printed(ran: Ran) -> Printed:
    """What the player's program printed."""
    from oz.trial.subjects import Printed

    return Printed(ran.printed)


@pytest.fixture
def rng(request: pytest.FixtureRequest, ran: Ran) -> np.random.Generator:
    """Makes the inputs that the player has not seen: seeded by the run and the check's name."""
    import numpy as np

    return np.random.default_rng((ran.seed, crc32(request.node.name.encode())))


@pytest.fixture(scope="module")
def program(request: pytest.FixtureRequest, ran: Ran) -> Program:
    """The real run of ``program.py``, once."""
    from oz.crucible.child.judge_program import run_program

    run = run_program(request.path.parent / "program.py", ran.scratch, ran.seed)
    ran.told = run.text
    return run


@pytest.fixture(scope="module")
def command(ran: Ran) -> Command:
    """The player's shell command, run."""
    if ran.command is None:
        raise LookupError("only a command spell has a command")
    return ran.command


@pytest.fixture
def training(ran: Ran) -> Training:
    """What was recorded while the player's program trained."""
    from oz.trial.subjects import Training

    return Training(list(ran.losses), ran.steps)


@pytest.fixture
def took(ran: Ran) -> float:
    """Seconds that the player's program took."""
    return ran.seconds


@pytest.fixture
def scratch(ran: Ran) -> Path:
    """The scratch folder, where the player's program ran."""
    return ran.scratch
