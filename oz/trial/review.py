"""The small questions of a review: a card's program run, and a prediction compared with it.

Runs in the crucible's child; what it finds is printed as one line of JSON, for `oz.study.truth`.
Predictions are compared by the rules of predict spells (`oz.trial.predict`), line by line.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import re

from oz.trial.predict import alike, meaning

_MOST = 4000
"""Characters of output that are told."""
_ANY_ERROR = {
    "error", "an error", "raises", "it raises", "exception", "an exception", "raises an error",
    "it raises an error", "fails", "it fails", "crash", "it crashes",
}  # fmt: skip
_YES = {"yes": "true", "y": "true", "no": "false", "n": "false"}
_TENSOR = re.compile(r"tensor\(.*\)\Z", re.DOTALL)
_BETWEEN = (r"\n", r"\s*;\s*", r"\s+[/|]\s+", r"\\n")
"""What may stand between the lines of an answer, which is typed as one line."""
_OPEN, _CLOSE = "([{", ")]}"


def tell(program: str, answer: str | None) -> None:
    """Run `program` and print what it did: ``printed``, ``error``, and whether `answer` says the
    same (``right``), or would but for the ``tensor(…)`` around a number (``nearly``)."""
    printed, error, kinds = run(program)
    right = answer is not None and says(answer, printed, kinds)
    nearly = answer is not None and not right and says(answer, _bare(printed), kinds)
    print(
        json.dumps({"printed": printed[:_MOST], "error": error, "right": right, "nearly": nearly})
    )


def run(program: str) -> tuple[str, str, tuple[str, ...]]:
    """What `program` printed; its error as ``TYPE: message``, or nothing; and the names by which
    that error may be called, from its own to the most general."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(program, "<card>", "exec"), {"__name__": "__main__"})  # noqa: S102
    except BaseException as error:  # noqa: BLE001  whatever it is, it is the answer
        kinds = tuple(kind.__name__ for kind in type(error).__mro__ if kind is not object)
        said = error.msg if isinstance(error, SyntaxError) else str(error)  # the file is no file
        message = said.strip().split("\n")[0]
        return out.getvalue(), f"{kinds[0]}: {message}" if message else kinds[0], kinds
    return out.getvalue(), "", ()


def says(answer: str, printed: str, kinds: tuple[str, ...] = ()) -> bool:
    """Whether the typed `answer` means what was `printed`, or names the error of `kinds`."""
    answer = answer.strip().strip("`").strip()
    if kinds:
        word = answer.rstrip(".").casefold()
        name = re.split(r"[:\s(]", answer, maxsplit=1)[0].rpartition(".")[2]
        return word in _ANY_ERROR or name.casefold() in {kind.casefold() for kind in kinds}
    if re.fullmatch(r"\w+", answer) and _is_error(answer):
        return False
    lines = [line for line in printed.strip().split("\n") if line.strip()]
    if len(lines) == 1:
        return _line(answer, lines[0])
    for between in _BETWEEN:
        parts = [part for part in re.split(between, answer) if part.strip()]
        if len(parts) == len(lines):
            return all(map(_line, parts, lines))
    return [part for line in lines for part in _parts(line)] == _parts(answer) or _line(
        answer, " ".join(lines)
    )


def _is_error(word: str) -> bool:
    found = getattr(builtins, word, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _line(answer: str, truth: str) -> bool:
    """Whether an answer means one printed line: as a whole, or part by part."""
    if _one(answer, truth):
        return True
    said, true = _parts(answer), _parts(truth)
    return len(said) == len(true) > 1 and all(map(_one, said, true))


def _one(answer: str, truth: str) -> bool:
    answer, truth = answer.strip(), truth.strip()
    if truth.casefold() in ("true", "false"):
        answer = _YES.get(answer.casefold(), answer)
    if answer.casefold() == truth.casefold():
        return True
    meant, true = meaning(answer), meaning(truth)
    if not isinstance(true, tuple) and bool(_TENSOR.match(answer)) != bool(_TENSOR.match(truth)):
        return False  # `3` is not `tensor(3)`: which of them it is may be the point
    return alike(meant, true)


def _bare(printed: str) -> str:
    """What was printed, without the ``tensor(…)`` around single numbers."""
    return re.sub(r"\btensor\(([^][()]*?)(?:,\s*\w+=[^()]*)?\)", r"\1", printed)


def _parts(text: str) -> list[str]:
    """`text` cut at spaces and commas that stand in no bracket and no quotes."""
    parts, word, depth, quote = [], "", 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth <= 0 and not quote and (letter.isspace() or letter == ","):
            parts.append(word)
            word = ""
        else:
            word += letter
    return [part for part in [*parts, word] if part]
