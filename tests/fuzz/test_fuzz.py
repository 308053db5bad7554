"""A hundred thousand damaged journeys, archives and lessons; here some thousands of them.

Each kind runs in a process of its own, under `tests.fuzz.guard`. ``python -m tests.fuzz`` runs any
number, and makes one case again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _fuzz(cases: int) -> str:
    command = [sys.executable, "-m", "tests.fuzz", "--cases", str(cases)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_some_hundred_damaged_things_end_in_a_clear_word() -> None:
    assert " cases; " in _fuzz(600)


@pytest.mark.slow
def test_some_thousand_damaged_things_end_in_a_clear_word() -> None:
    """The whole hundred thousand: ``python -m tests.fuzz``."""
    print(f"\n{_fuzz(12_000)}")


# --- the guard itself -----------------------------------------------------------------------------

FORBIDDEN: dict[str, str] = {
    "a file beside the folder": "open('../../beside', 'w')",
    "a link out of the folder": "os.symlink('/etc', 'x'); open('x/../tmp/beside', 'w')",
    "a folder elsewhere": "os.mkdir('/tmp/elsewhere')",
    "a file taken away": "os.remove(__file__)",
    "a database elsewhere": "sqlite3.connect('/tmp/elsewhere.sqlite3')",
    "a program": "os.system('true')",
    "another program": "subprocess.run(['true'])",
    "a process": "os.fork()",
    "a pickle": "pickle.loads(b'cposix\\nsystem\\n.')",
    "code from a text": "exec('x = 1')",
    "code from bytes": "marshal.loads(marshal.dumps(compile('1', '<unknown>', 'eval')))",
    "a module of one's own": "sys.path.insert(0, '.'); __import__('evil')",
    "a connection": "socket.create_connection(('127.0.0.1', 1))",
}
ALLOWED = {
    "a file in the folder": "open('inside', 'w').close(); os.mkdir('a'); os.rename('a', 'b')",
    "a codec": "b'x'.decode('cp437')",
    "a file that is only read": "open(__file__).close()",
}
_PROGRAM = """
import marshal, os, pickle, socket, sqlite3, subprocess, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.fuzz.guard import Forbidden, Guard, work_in
work_in(Path({place!r}) / "work")
Path("evil.py").write_text("")
guard = Guard(Path({place!r}) / "work")
try:
    with guard.watching():
        {act}
except Forbidden as error:
    print("forbidden")
"""


def _watched(act: str, place: Path) -> str:
    program = place / "program.py"
    program.write_text(_PROGRAM.format(root=str(ROOT), place=str(place), act=act))
    command = [sys.executable, str(program)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.parametrize("act", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_guard_sees(act: str, tmp_path: Path) -> None:
    assert _watched(act, tmp_path) == "forbidden"


@pytest.mark.parametrize("act", ALLOWED.values(), ids=ALLOWED)
def test_the_guard_lets_pass(act: str, tmp_path: Path) -> None:
    assert _watched(act, tmp_path) == ""
