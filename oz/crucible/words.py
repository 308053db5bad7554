"""The sentences with which a run ends, in the player's terms. Markdown; data in, text out."""

from __future__ import annotations

import signal
from typing import Any

from oz.crucible.model import FILES, Check, ErrorPage, Job, Reason
from oz.tongue import _, ngettext

CUT_OFF = 71
"""Exit code of a child that came to its end and found that it could not say so."""


NO_INPUT = _(
    "A spell cannot ask for input: nobody is there to answer while it runs. "
    "Write the value into the program instead of calling `input()`."
)
"""What `input()` and reading standard input say."""


def _at(line: int | None) -> str:
    return _(" It was at line {line}.").format(line=line) if line else ""


def _seconds(seconds: float) -> str:
    text = f"{seconds:g}"
    return ngettext("{count} second", "{count} seconds", 1 if text == "1" else 2).format(count=text)


def size(count: int) -> str:
    """Bytes for people: ``2 GiB``, ``256 KiB``."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if count >= 1 << power:
            return f"{count / (1 << power):.3g} {unit}"
    return _("{count} bytes").format(count=count)


def ended_from_outside(
    cause: str, job: Job, line: int | None, check: str | None
) -> tuple[Reason, str]:
    """For a run that was ended: why, and where it stood."""
    if cause == "gone":
        return Reason.CRASH, _GONE
    reason, what = _CAUSES.get(
        cause, (Reason.NO_VERDICT, _("The run was ended ({cause})").format(cause=cause))
    )
    what = what.format(
        seconds=_seconds(job.limits.seconds),
        memory=size(job.limits.memory),
        processes=job.limits.processes,
        disk=size(job.limits.file_size * FILES),
    )
    during = (
        _(" It was being checked: {check}.").format(check=check)
        if check and reason is not Reason.STOPPED
        else ""
    )
    return reason, f"{what}.{_at(line)}{during}"


_CAUSES = {
    "time": (Reason.TIMEOUT, _("It was still running after {seconds}, so it was stopped")),
    "memory": (Reason.MEMORY, _("It used more than {memory} of memory, so it was stopped")),
    "processes": (Reason.OUTPUT, _("It had more than {processes} processes, so it was stopped")),
    "disk": (Reason.OUTPUT, _("It wrote more than {disk} to disk, so it was stopped")),
    "files": (Reason.OUTPUT, _("It made too many files, so it was stopped")),
    "events": (Reason.OUTPUT, _("It sent more events than can be taken, so it was stopped")),
    "stop": (Reason.STOPPED, _("Stopped")),
}
_GONE = _(
    "The program took its surroundings down with it. They are being rebuilt, and "
    "the spell can be cast again."
)
_SIGNALS = {
    signal.SIGSEGV: (
        _(
            "It touched memory that is not its own, and the system ended it (a "
            "segmentation fault). In Python that takes C code: `ctypes`, a view made with "
            "wrong strides, an extension, or recursion deeper than the stack"
        )
    ),
    signal.SIGBUS: (
        _(
            "It touched memory that is no longer there, and the system ended it (a bus "
            "error). A file or shared memory that was mapped may have become shorter, or "
            "full"
        )
    ),
    signal.SIGABRT: _("It gave up by itself (`abort`). The last lines it printed may say why"),
    signal.SIGFPE: _("A division in C code went wrong, and the system ended it"),
    signal.SIGILL: _("It ran an instruction that this processor does not know"),
    signal.SIGKILL: (
        _(
            "The system killed it, or it killed itself. When the system does so, the "
            "machine is usually out of memory"
        )
    ),
}


def crashed(number: int, line: int | None, dump: str) -> str:
    """For a process that died of signal `number`."""
    if "stack overflow" in dump.lower():
        return _("It called itself deeper than the stack is.{at}").format(at=_at(line))
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    known = _SIGNALS.get(number)  # type: ignore[call-overload]
    said = known or _("The process died of a signal (`{name}`)").format(name=name)
    return f"{said}.{_at(line)}"


def raised(page: ErrorPage | None) -> str:
    """For a program that raised."""
    if page is None:
        return _("The program ended with an error.")
    message = page.message.strip()
    where = _("Line {line}: ").format(line=page.line) if page.line else ""
    if page.type == "EOFError" and message.startswith(NO_INPUT):
        return f"{where}{message}"
    if not message:
        return f"{where}`{page.type}`."
    first, *rest = message.split("\n", 1)
    return f"{where}`{page.type}`: {first}" + (" …" if rest and rest[0] else "")


def limit_raised(limit: str, job: Job, line: int | None) -> tuple[Reason, str]:
    """For a program that ran into a limit and was told so by an exception."""
    if limit == "memory":
        return (
            Reason.MEMORY,
            _("It asked for more than {size} of memory.{at}").format(
                size=size(job.limits.memory), at=_at(line)
            ),
        )
    if limit == "files":
        limit = size(job.limits.file_size)
        said = _("It wrote more than {limit} into a file, or opened too many files.{at}").format(
            limit=limit, at=_at(line)
        )
        return Reason.OUTPUT, said
    return Reason.OUTPUT, _("It started more threads or processes than it may.{at}").format(
        at=_at(line)
    )


def left(code: Any, line: int | None) -> str:
    """For a program that ended itself with a code other than zero."""
    shown = code if isinstance(code, int) else 1
    return _("The program ended itself with exit code {shown}.{at}").format(
        shown=shown, at=_at(line)
    )


def failed(check: Check) -> str:
    """For a trial with a check that did not pass."""
    return check.message or _("Not yet: {name}.").format(name=check.name)


def no_verdict(code: int | None) -> str:
    """For a process that ended without a verdict."""
    if code is None:
        return _(
            "The trial was not finished in good order, so it does not count. If the "
            "program replaces something that the checks use, leave that out."
        )
    if code == CUT_OFF:
        return _(
            "The program closed the descriptors through which the game hears it, so its "
            "verdict never arrived. Close only what you opened."
        )
    return _(
        "The program left before the trial could begin (exit code {code}): something "
        "called `os._exit`. A spell has to come to its own end."
    ).format(code=code)


def broken(message: str) -> str:
    """For a trial, or a child, that failed by itself."""
    return _("The trial itself could not be held: {message}").format(message=message)
