"""The process that answers what code could become: ``python -m oz.tui.completion.process``.

Reads a question a line as JSON, ``{"source", "line", "column"}`` (line from 1, column from 0), and
answers each with a line, ``{"names", "rest", "signature", "argument"}``. Code is read and never
run. Learning what torch holds takes seconds the first time, which is why this is a process of its
own, with low priority; the engine keeps what it learnt on disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jedi.api.classes import Signature  # type: ignore[import-untyped]

MOST = 8
"""Names that are given."""
_LONGEST = 200_000
"""Letters of a source that is looked at."""


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What the code at the cursor could become, and the signature of the call it stands in."""
    import jedi  # type: ignore[import-untyped]

    line, column = int(question["line"]), int(question["column"])
    source = str(question["source"])[:_LONGEST]
    script = jedi.Script(source)
    found = script.complete(line, column) if _in_a_name(source, line, column) else []
    found = [each for each in found if not each.name.startswith("_")] or found
    calls = sorted(
        (call for call in script.get_signatures(line, column) if call.index is not None), key=_needs
    )
    return {
        "names": [each.name for each in found[:MOST]],
        "rest": found[0].complete or "" if found else "",
        "signature": _signature(calls[0]) if calls else "",
        "argument": _argument(calls[0]) if calls else "",
    }


def _in_a_name(source: str, line: int, column: int) -> bool:
    """Whether something was begun: part of a name, or a dot."""
    lines = source.split("\n")
    before = lines[line - 1][:column] if line <= len(lines) else ""
    return bool(before) and (before[-1].isalnum() or before[-1] in "_.")


def _needs(call: Signature) -> int:
    """How many parameters a call must give: of several forms the plainest one is shown."""
    return sum("=" not in each.to_string() for each in call.params)


def _signature(call: Signature) -> str:
    """Name and parameters, without their types: ``arange(start, end, step=1, *, out=None)``."""
    parts: list[str] = []
    for parameter in call.params:
        text = parameter.to_string()
        name, _sep, default = text.partition("=")
        name = name.partition(":")[0].strip()
        parts.append(f"{name}={default.strip()}" if default else name)
    return f"{call.name}({', '.join(parts)})"


def _argument(call: Signature) -> str:
    """The parameter that is being given."""
    at = call.index
    return str(call.params[at].name) if at is not None and at < len(call.params) else ""


def main() -> None:
    """Answer until there are no more questions."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever the code is, the next one may be fine
            told = {"error": f"{type(error).__name__}: {error}"[:200]}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
