"""Putting torch_judge's own words and checks where a spell of ours leaves room for them.

A ``spell.md`` has ``{{torchcode title}}``, ``{{torchcode problem}}`` and ``{{torchcode hint}}``; a
``trial.py`` has the line `GATE`. A problem that the installed package does not have keeps our words
and our checks alone.
"""

from __future__ import annotations

import json
import re

from oz.side_road.package import Check, Task

GATE = "# --- TorchCode's own checks stand here ---\n"

_SLOT = re.compile(r"\{\{torchcode (title|problem|hint)\}\}")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")

_HELD = '''
def _torchcode(spell, function, code):
    """Run one of TorchCode's checks over the player's `function`, as its own judge does."""
    import traceback

    from oz.trial import CheckFailed

    try:
        exec(compile(code, "<torchcode>", "exec"), {function: spell[function]})
    except CheckFailed:
        raise
    except AssertionError as failed:
        frames = traceback.extract_tb(failed.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == "<torchcode>"]
        said = str(failed) or code.splitlines()[lines[-1] - 1]
        raise CheckFailed("TorchCode says: " + said) from None

'''


def fill(text: str, task: Task | None) -> str:
    """`text`, a spell's ``spell.md``, with what the package says of its problem."""

    def said(match: re.Match[str]) -> str:
        if match[1] == "title":
            # a TOML string; JSON's are among them
            return json.dumps(task.title if task else "A stone without an inscription")
        if task is None:
            return "TorchCode, as installed here, does not have this one; Oz asks for it alone."
        return _problem(task) if match[1] == "problem" else _plain(task.hint)

    return _SLOT.sub(said, text)


def gate(text: str, task: Task | None) -> str:
    """`text`, a spell's ``trial.py``, with the package's checks before our own."""
    if task is None:
        return text.replace(GATE, "")
    tests = [
        f"def test_torchcode_{number}(spell):\n"
        f"    {_docstring(check.name)}\n"
        f"    _torchcode(spell, {task.function!r}, {_code(check, task)!r})\n\n"
        for number, check in enumerate(filter(_steady, task.checks), 1)
    ]
    return text.replace(GATE, _HELD + "\n" + "\n".join(tests))


def _code(check: Check, task: Task) -> str:
    return check.code.replace("{fn}", task.function)


def _steady(check: Check) -> bool:
    """Whether the clock has no say in a check: on a busy machine it refuses right answers."""
    return not re.search(r"^\s*import\b.*\btime\b", check.code, re.MULTILINE)


def _problem(task: Task) -> str:
    checks = ", ".join(f"*{_plain(check.name)}*" for check in task.checks if _steady(check))
    called = f"{_plain(task.title)} ({_plain(task.difficulty).lower()})"
    return f"TorchCode calls it {called}. It looks at: {checks}."


def _plain(text: str) -> str:
    """`text` as Markdown that says just that."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _docstring(name: str) -> str:
    return json.dumps(f"TorchCode: {' '.join(name.split())}")
