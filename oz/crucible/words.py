"""The sentences with which a run ends, in the player's terms. Markdown; data in, text out."""

from __future__ import annotations

import signal
from typing import Any

from oz.crucible.model import FILES, Check, ErrorPage, Job, Reason

CUT_OFF = 71
"""Exit code of a child that came to its end and found that it could not say so."""


def _at(line: int | None) -> str:
    return f" It was at line {line}." if line else ""


def _seconds(seconds: float) -> str:
    text = f"{seconds:g}"
    return f"{text} second" if text == "1" else f"{text} seconds"


def size(count: int) -> str:
    """Bytes for people: ``2 GiB``, ``256 KiB``."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if count >= 1 << power:
            return f"{count / (1 << power):.3g} {unit}"
    return f"{count} bytes"


def ended_from_outside(
    cause: str, job: Job, line: int | None, check: str | None
) -> tuple[Reason, str]:
    """For a run that was ended: why, and where it stood."""
    if cause == "gone":
        return Reason.CRASH, _GONE
    reason, what = _CAUSES.get(cause, (Reason.NO_VERDICT, f"The run was ended ({cause})"))
    what = what.format(
        seconds=_seconds(job.limits.seconds),
        memory=size(job.limits.memory),
        processes=job.limits.processes,
        disk=size(job.limits.file_size * FILES),
    )
    during = f" It was being checked: {check}." if check and reason is not Reason.STOPPED else ""
    return reason, f"{what}.{_at(line)}{during}"


_CAUSES = {
    "time": (Reason.TIMEOUT, "It was still running after {seconds}, so it was stopped"),
    "memory": (Reason.MEMORY, "It used more than {memory} of memory, so it was stopped"),
    "processes": (Reason.OUTPUT, "It had more than {processes} processes, so it was stopped"),
    "disk": (Reason.OUTPUT, "It wrote more than {disk} to disk, so it was stopped"),
    "files": (Reason.OUTPUT, "It made too many files, so it was stopped"),
    "events": (Reason.OUTPUT, "It sent more events than can be taken, so it was stopped"),
    "stop": (Reason.STOPPED, "Stopped"),
}
_GONE = (
    "The program took its surroundings down with it. They are being rebuilt, and the spell can be "
    "cast again."
)
_SIGNALS = {
    signal.SIGSEGV: (
        "It touched memory that is not its own, and the system ended it (a segmentation fault). "
        "In Python that takes C code: `ctypes`, a view made with wrong strides, an extension, or "
        "recursion deeper than the stack"
    ),
    signal.SIGBUS: (
        "It touched memory that is no longer there, and the system ended it (a bus error). "
        "A file or shared memory that was mapped may have become shorter, or full"
    ),
    signal.SIGABRT: "It gave up by itself (`abort`). The last lines it printed may say why",
    signal.SIGFPE: "A division in C code went wrong, and the system ended it",
    signal.SIGILL: "It ran an instruction that this processor does not know",
    signal.SIGKILL: (
        "The system killed it, or it killed itself. When the system does so, the machine is "
        "usually out of memory"
    ),
}


def crashed(number: int, line: int | None, dump: str) -> str:
    """For a process that died of signal `number`."""
    if "stack overflow" in dump.lower():
        return f"It called itself deeper than the stack is.{_at(line)}"
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    known = _SIGNALS.get(number)  # type: ignore[call-overload]
    said = known or f"The process died of a signal (`{name}`)"
    return f"{said}.{_at(line)}"


def raised(page: ErrorPage | None) -> str:
    """For a program that raised."""
    if page is None:
        return "The program ended with an error."
    message = page.message.strip()
    where = f"Line {page.line}: " if page.line else ""
    if page.type == "EOFError" and "cannot ask for input" in message:
        return f"{where}{message}"
    if not message:
        return f"{where}`{page.type}`."
    first, _, rest = message.partition("\n")
    return f"{where}`{page.type}`: {first}" + (" …" if rest else "")


def limit_raised(limit: str, job: Job, line: int | None) -> tuple[Reason, str]:
    """For a program that ran into a limit and was told so by an exception."""
    if limit == "memory":
        return (
            Reason.MEMORY,
            f"It asked for more than {size(job.limits.memory)} of memory.{_at(line)}",
        )
    if limit == "files":
        limit = size(job.limits.file_size)
        said = f"It wrote more than {limit} into a file, or opened too many files.{_at(line)}"
        return Reason.OUTPUT, said
    return Reason.OUTPUT, f"It started more threads or processes than it may.{_at(line)}"


def left(code: Any, line: int | None) -> str:
    """For a program that ended itself with a code other than zero."""
    shown = code if isinstance(code, int) else 1
    return f"The program ended itself with exit code {shown}.{_at(line)}"


def failed(check: Check) -> str:
    """For a trial with a check that did not pass."""
    return check.message or f"Not yet: {check.name}."


def no_verdict(code: int | None) -> str:
    """For a process that ended without a verdict."""
    if code is None:
        return (
            "The trial was not finished in good order, so it does not count. If the program "
            "replaces something that the checks use, leave that out."
        )
    if code == CUT_OFF:
        return (
            "The program closed the descriptors through which the game hears it, so its verdict "
            "never arrived. Close only what you opened."
        )
    return (
        f"The program left before the trial could begin (exit code {code}): something called "
        "`os._exit`. A spell has to come to its own end."
    )


def broken(message: str) -> str:
    """For a trial, or a child, that failed by itself."""
    return f"The trial itself could not be held: {message}"
