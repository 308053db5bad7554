"""Running a `command` spell: the player's shell command, really executed, in the scratch folder.

``python``, ``pytest``, ``torchrun`` and ``pip`` on its PATH are this interpreter's. The time limit
is that of the run it is part of: the crucible ends the whole process group.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from oz.crucible.model import Output

_TOOLS = {
    "python": (),
    "python3": (),
    "pytest": ("-m", "pytest"),
    "torchrun": ("-m", "torch.distributed.run"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """A shell command and what came of it."""

    line: str
    """The command as the player wrote it, comments and blank lines left out."""
    returncode: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        """The lines of its standard output."""
        return self.stdout.splitlines()


def command_line(source: str) -> str:
    """The command in a draft: its lines without comments and blank ones."""
    kept = [
        line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return "\n".join(kept)


def run_command(source: str, scratch: Path, emit: Callable[[Output], None]) -> Command:
    """Run the draft's command with ``sh`` in `scratch`; its output goes to `emit` as it comes."""
    line = command_line(source)
    with subprocess.Popen(  # noqa: S602 - a shell command is what the spell asks for
        line or ":",
        shell=True,
        executable="/bin/sh" if os.name == "posix" else None,
        cwd=scratch,
        env=_environment(scratch),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        texts = _pump(process, emit)
        code = process.wait()
    return Command(line, code, texts["stdout"], texts["stderr"])


def _pump(process: subprocess.Popen[bytes], emit: Callable[[Output], None]) -> dict[str, str]:
    """Hand on both streams in the order they arrive; returns their whole text."""
    whole = {"stdout": bytearray(), "stderr": bytearray()}
    with selectors.DefaultSelector() as selector:
        for name, stream in (("stdout", process.stdout), ("stderr", process.stderr)):
            if stream is not None:
                selector.register(stream, selectors.EVENT_READ, name)
        while selector.get_map():
            for key, _ in selector.select():
                chunk = _read(key.fileobj)  # type: ignore[arg-type]
                if not chunk:
                    selector.unregister(key.fileobj)
                    continue
                whole[key.data] += chunk
                emit(Output(chunk.decode("utf-8", "replace"), key.data))
    return {name: bytes(data).decode("utf-8", "replace") for name, data in whole.items()}


def _read(stream: IO[bytes]) -> bytes:
    return os.read(stream.fileno(), 1 << 16)


def _environment(scratch: Path) -> dict[str, str]:
    """The environment of the command: our own tools first on its PATH."""
    bin_folder = scratch / ".oz-bin"
    bin_folder.mkdir(exist_ok=True)
    for tool, arguments in _TOOLS.items():
        script = bin_folder / tool
        words = " ".join([_quoted(sys.executable), *arguments])
        script.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    path = os.pathsep.join(
        [str(bin_folder), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )
    return {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
