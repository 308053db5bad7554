# ruff: noqa: E501  (programs are written as a player would write them)
"""Programs that take more than they may: time, memory, files, processes.

A case is a program, the reason that its run must end for, words that its message must have, and more
that `Fire.survives` explains.
"""

from __future__ import annotations

import pytest

from oz.crucible.model import Reason

TIME, MEMORY, OUTPUT = Reason.TIMEOUT, Reason.MEMORY, Reason.OUTPUT


def case(name: str, source: str, reason: Reason, *words: str, slow: bool = False, **more: object):
    marks = [pytest.mark.slow] if slow else []
    return pytest.param(source, reason, words, more, id=name, marks=marks)


LOOPS = [
    case("a loop in Python", "x = 0\nwhile True:\n    x += 1", TIME, "still running", lines=(2, 3)),
    case(
        "a loop in a C operation",
        """
        import torch
        a = torch.ones(6000, 6000)
        while True:
            a @ a
        """,
        TIME,
        "still running",
        lines=(3, 4),
        memory=2 << 30,
    ),
    case(
        "a loop that holds the interpreter",
        "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')",
        TIME,
        "still running",
        lines=(2,),
    ),
    case(
        "a loop with every signal ignored",
        """
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
        """,
        TIME,
        "still running",
        lines=(7, 8),
    ),
    case(
        "a loop that catches everything",
        """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        TIME,
        "still running",
        lines=(3, 4),
        slow=True,
    ),
    case(
        "a deadlocked thread",
        """
        import threading
        lock = threading.Lock()
        lock.acquire()
        thread = threading.Thread(target=lock.acquire)
        thread.start()
        thread.join()
        """,
        TIME,
        "still running",
        lines=(6,),
    ),
    case(
        "a lock taken twice",
        "import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()",
        TIME,
        "still running",
        lines=(4,),
    ),
    case("a sleep", "import time\ntime.sleep(1000)", TIME, "still running", lines=(2,)),
    case(
        "a flood of prints without end",
        "while True:\n    print('all work and no play')",
        TIME,
        "still running",
        lines=(1, 2),
    ),
    case(
        "a flood without newlines",
        "while True:\n    print('x', end='')",
        TIME,
        lines=(1, 2),
        slow=True,
    ),
    case(
        "a flood beside Python",
        "import os\nwhile True:\n    os.write(1, b'y' * 4096)",
        TIME,
        lines=(2, 3),
        slow=True,
    ),
    case(
        "a flood of warnings",
        "import warnings\nn = 0\nwhile True:\n    n += 1\n    warnings.warn(f'w{n}')",
        TIME,
        lines=(3, 4, 5),
    ),
]

BOMBS = [
    case("a bomb of lists", "x = []\nwhile True:\n    x.append(bytearray(1 << 22))", MEMORY, "256 MiB",
         lines=(2, 3), seconds=5),
    case("a bomb of tensors",
         "import torch\nx = []\nwhile True:\n    x.append(torch.ones(1 << 22))", MEMORY, "256 MiB",
         lines=(3, 4), seconds=5, slow=True),
    case("a bomb of numbers", "x = [0]\nwhile True:\n    x += x", MEMORY, "256 MiB", lines=(2, 3),
         seconds=5, slow=True),
    case("two hundred gigabytes", "import torch\n\nx = torch.empty(200 << 30)", MEMORY, "256 MiB",
         lines=(3,)),
    case("two hundred gigabytes of Python", "x = bytearray(200 << 30)", MEMORY, lines=(1,)),
    case("a bomb of shared memory",
         """
         import torch
         x = []
         while True:
             x.append(torch.ones(1 << 22).share_memory_())
         """,
         MEMORY, "256 MiB", lines=(3, 4), seconds=5),
    case("a bomb of mapped memory",
         "import mmap\nx = []\nwhile True:\n    x.append(mmap.mmap(-1, 1 << 22))\n"
         "    x[-1].write(b'x' * (1 << 22))",
         MEMORY, "256 MiB", lines=(3, 4, 5), seconds=5, slow=True),
    case("a bomb in /dev/shm",
         "n = 0\nwhile True:\n    n += 1\n    with open(f'/dev/shm/{n}', 'wb') as f:\n"
         "        f.write(b'x' * (1 << 22))", MEMORY, "256 MiB", lines=(2, 3, 4, 5), seconds=5),
    case("a bomb in child processes",
         """
         import os, time
         for _ in range(4):
             if os.fork() == 0:
                 x = bytearray(200 << 20)
                 for i in range(0, len(x), 4096):
                     x[i] = 1
                 time.sleep(60)
         os.wait()
         """,
         MEMORY, "256 MiB", lines=(8,), seconds=5, slow=True),
    case("one large file",
         "with open('big', 'wb') as f:\n    while True:\n        f.write(b'x' * (1 << 22))", OUTPUT, "file",
         lines=(1, 3), seconds=10, slow=True),
    case("many large files",
         """
         n = 0
         while True:
             n += 1
             with open(f'f{n}', 'wb') as f:
                 f.write(b'x' * (1 << 22))
         """,
         OUTPUT, "128 MiB to disk", lines=(2, 3, 4, 5, None), seconds=5, file_size=32 << 20, slow=True),
    case("files without end", "n = 0\nwhile True:\n    n += 1\n    open(f'f{n}', 'w').close()", OUTPUT,
         "files", lines=(2, 3, 4), seconds=10, slow=True),
    case("open files without end", "x = []\nwhile True:\n    x.append(open('/dev/null'))", OUTPUT, "files",
         lines=(3,)),
    case("a fork bomb", "import os\nwhile True:\n    os.fork()", OUTPUT, "processes", seconds=5, processes=16, slow=True),
    case("a tree of forks", "import os, time\nfor _ in range(12):\n    os.fork()\ntime.sleep(9)", OUTPUT,
         "processes", seconds=5, processes=16, slow=True),
    case("a flood of threads",
         """
         import threading, time
         while True:
             threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
         """,
         OUTPUT, "threads", lines=(3,), seconds=5),
]  # fmt: skip


@pytest.mark.parametrize(("source", "reason", "words", "more"), [*LOOPS, *BOMBS])
async def test_is_held_to_its_limits(fire, source: str, reason: Reason, words, more) -> None:
    await fire.survives(source, reason, words, **more)
