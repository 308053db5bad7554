# ruff: noqa: E501  (programs are written as a player would write them)
"""Programs that die, leave something behind, or meddle with what runs them.

A case is a program, the reason that its run must end for, words that its message must have, and more
that `Fire.survives` explains.
"""

from __future__ import annotations

import pytest

from oz.crucible.model import Reason

TIME, CRASH, ERROR, RAN = Reason.TIMEOUT, Reason.CRASH, Reason.ERROR, Reason.RAN
PASSED, FAILED, NONE = Reason.PASSED, Reason.FAILED, Reason.NO_VERDICT
RIGHT = "import torch\nrow = torch.arange(7)\ntotal = row.sum()\n"
WRONG = "import torch\nrow = torch.arange(5)\ntotal = 0\n"


def case(name: str, source: str, reason: Reason, *words: str, slow: bool = False, **more: object):
    marks = [pytest.mark.slow] if slow else []
    return pytest.param(source, reason, words, more, id=name, marks=marks)


DEATHS = [
    case(
        "os._exit(0), judged",
        "import os\nrow = 1\nos._exit(0)",
        Reason.NO_VERDICT,
        "os._exit",
        judged=True,
    ),
    case(
        "os._exit(3), judged",
        "import os\nos._exit(3)",
        Reason.NO_VERDICT,
        "exit code 3",
        judged=True,
    ),
    case(
        "sys.exit with a code, judged",
        "import sys\n\nsys.exit(3)",
        ERROR,
        "exit code 3",
        lines=(3,),
        judged=True,
    ),
    case("sys.exit with words", "import sys\nsys.exit('no more')", ERROR, "exit code 1"),
    case("sys.exit", "import sys\nprint('a')\nsys.exit()\nprint('b')", RAN, out="a\n"),
    case("os.abort", "import os\n\nos.abort()", CRASH, "abort", lines=(3,)),
    case(
        "a segmentation fault",
        "import ctypes\nctypes.string_at(0)",
        CRASH,
        "segmentation",
        lines=(2,),
    ),
    case(
        "killing oneself",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        CRASH,
        "killed",
    ),
    case(
        "a signal of one's own",
        "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
        CRASH,
        "SIGTERM",
    ),
    case(
        "killing everybody",
        """
         import os, signal
         for number in (-1, 1, os.getppid()):
             try:
                 os.kill(number, signal.SIGKILL)
             except (PermissionError, ProcessLookupError):
                 print('no')
         """,
        RAN,
        out="no\nno\nno\n",
    ),
    case(
        "recursion without end",
        "def f(n):\n    return f(n + 1)\nf(0)",
        ERROR,
        "RecursionError",
        lines=(2,),
    ),
    case(
        "recursion deeper than the stack",
        """
         import sys
         sys.setrecursionlimit(10**8)
         class A:
             def __getattr__(self, name):
                 return getattr(self, name + 'x')
         class B:
             def __eq__(self, other):
                 return [self] == [other]
         B() == B()
         """,
        CRASH,
        lines=(9, None, 8, 7),  # wherever in the function the stack ran out
    ),
    case(
        "SystemExit inside a thread",
        """
         import threading
         def leave():
             raise SystemExit(3)
         thread = threading.Thread(target=leave)
         thread.start()
         thread.join()
         print('still here')
         """,
        RAN,
        out="still here\n",
    ),
    case(
        "an error inside a thread",
        """
         import threading
         thread = threading.Thread(target=lambda: 1 / 0)
         thread.start()
         thread.join()
         print('still here')
         """,
        RAN,
        out="still here\n",
    ),
    case("KeyboardInterrupt", "raise KeyboardInterrupt", ERROR, "KeyboardInterrupt", lines=(1,)),
    case(
        "an error that cannot be told",
        "class Bad(Exception):\n    def __str__(self):\n        raise ValueError\nraise Bad",
        ERROR,
        lines=(4, None),
    ),
    case("GeneratorExit", "raise GeneratorExit", ERROR, "GeneratorExit", lines=(1,)),
]

LEFTOVERS = [
    case("an orphan in a session of its own",
         """
         import os, time
         if os.fork() == 0:
             os.setsid()
             if os.fork() == 0:
                 time.sleep(1000)
             os._exit(0)
         print('done')
         """,
         RAN, out="done\n", seconds=5),
    case("a daemon that ignores signals",
         """
         import os, signal, time
         r, w = os.pipe()
         if os.fork() == 0:
             os.setsid()
             for number in (1, 2, 15):
                 signal.signal(number, signal.SIG_IGN)
             for fd in (0, 1, 2):
                 os.close(fd)
             os.write(w, b'x')
             while True:
                 time.sleep(1)
         os.read(r, 1)
         print('done')
         """,
         RAN, out="done\n", seconds=5),
    case("a program left running",
         "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)", RAN,
         seconds=5),
    case("workers of a DataLoader when time is up",
         """
         import time
         from torch.utils.data import DataLoader, Dataset
         class Slow(Dataset):
             def __len__(self):
                 return 10**6
             def __getitem__(self, i):
                 time.sleep(0.01)
                 return i
         for batch in DataLoader(Slow(), batch_size=4, num_workers=2):
             pass
         """,
         TIME, seconds=2, slow=True),
    case("ranks of a process group when time is up",
         """
         import os, time
         import torch, torch.distributed as dist, torch.multiprocessing as mp
         def rank(r):
             os.environ.update(MASTER_ADDR='127.0.0.1', MASTER_PORT='29511')
             dist.init_process_group('gloo', rank=r, world_size=2)
             x = torch.ones(1) * (r + 1)
             dist.all_reduce(x)
             print('sum', x.item(), flush=True)
             time.sleep(1000)
         if __name__ == '__main__':
             mp.start_processes(rank, nprocs=2, start_method='fork')
         """,
         TIME, out="sum 3.0\nsum 3.0\n", seconds=3, slow=True),
    case("both halves of a fork come to the end", RIGHT + "import os\nos.fork()\n", PASSED,
         judged=True, seconds=5),
    case("the first half leaves, the copy comes to the end",
         RIGHT + "import os\nif os.fork():\n    os._exit(0)\n", NONE, judged=True, seconds=5),
    case("a thread that never ends, judged",
         RIGHT + "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n",
         PASSED, judged=True),
    case("a thread that never ends, run",
         "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n", TIME),
    case("segments of shared memory",
         """
         from multiprocessing import shared_memory
         import torch
         s = shared_memory.SharedMemory(create=True, size=1 << 20)
         t = torch.ones(1000).share_memory_()
         """, RAN, seconds=5),
]  # fmt: skip

TAMPERING = [
    case("closing stdout", RIGHT + "import sys\nsys.stdout.close()\nsys.stderr.close()\n", PASSED,
         judged=True),
    case("no stdout at all", RIGHT + "import sys\nsys.stdout = sys.stderr = None\n", PASSED,
         judged=True),
    case("redirecting stdout", RIGHT + "import sys\nsys.stdout = open('out.txt', 'w')\n", PASSED,
         judged=True),
    case("closing the standard descriptors",
         RIGHT + "import os\nfor fd in (0, 1, 2):\n    os.close(fd)\n", PASSED, judged=True),
    case("closing all descriptors", RIGHT + "import os\nos.closerange(0, 4096)\n", NONE, "closed",
         judged=True),
    case("deleting the working directory",
         RIGHT + "import os, shutil\nshutil.rmtree(os.getcwd())\n", PASSED, judged=True),
    case("leaving the working directory", RIGHT + "import os\nos.chdir('/')\n", PASSED, judged=True),
    case("a working directory without rights",
         "import os\nos.mkdir('a')\nopen('a/b', 'w').close()\nos.chmod('a', 0)\n", RAN),
    case("reading standard input", "import sys\nsys.stdin.read()\n", ERROR, "cannot ask for input",
         lines=(2,)),
    case("reading lines of standard input", "import sys\nfor line in sys.stdin:\n    pass\n", ERROR,
         "cannot ask for input", lines=(2,)),
    case("reading the descriptor of standard input", "import os\nprint(os.read(0, 10))", RAN,
         out="b''\n"),
    case("input() with everything caught",
         "try:\n    input()\nexcept EOFError as e:\n    print('EOF')\n", RAN, out="EOF\n"),
    case("replacing torch.equal and torch.allclose",
         WRONG + "torch.equal = torch.allclose = lambda *a, **k: True\n", FAILED, judged=True),
    case("replacing Tensor.__eq__",
         WRONG + "torch.Tensor.__eq__ = lambda *a: True\ntorch.Tensor.equal = lambda *a: True\n",
         FAILED, judged=True),
    case("replacing builtins",
         WRONG + "import builtins\nbuiltins.all = builtins.any = lambda *a: True\n"
         "builtins.len = lambda x: 7\nbuiltins.isinstance = lambda *a: True\n", FAILED, judged=True),
    case("replacing modules",
         WRONG + "import sys, types\nclass Yes(types.ModuleType):\n"
         "    def __getattr__(self, name):\n        return lambda *a, **k: True\n"
         "sys.modules['torch'] = Yes('torch')\n", FAILED, judged=True),
    case("forgetting all modules", RIGHT + "import sys\nsys.modules.clear()\n", PASSED, judged=True),
    case("an object equal to everything",
         "class Yes:\n    def __eq__(self, other):\n        return True\n"
         "import torch\nrow = torch.arange(6)\ntotal = Yes()\n", FAILED, judged=True),
    case("writing to every descriptor",
         WRONG + "import os, json\nfor fd in range(3, 256):\n    for word in (b'passed', "
         "json.dumps({'done': 'passed'}).encode(), b'\\0' * 16 + b'W{\"done\": \"passed\"}'):\n"
         "        try:\n            os.write(fd, word)\n        except OSError:\n            pass\n",
         FAILED, judged=True),
    case("warnings as errors", RIGHT + "import warnings\nwarnings.simplefilter('error')\n", PASSED,
         judged=True),
    case("silencing the watchdog",
         "import faulthandler\nfaulthandler.cancel_dump_traceback_later()\nfaulthandler.disable()\n"
         "while True:\n    pass\n", TIME, lines=(4, 5)),
    case("a recursion limit of its own", RIGHT + "import sys\nsys.setrecursionlimit(60)\n", PASSED,
         judged=True),
    case("tracing everything", RIGHT + "import sys\nsys.settrace(lambda *a: None)\n", PASSED,
         judged=True),
    case("exit handlers", RIGHT + "import atexit, os\natexit.register(os._exit, 0)\n", PASSED,
         judged=True),
    case("a repr that raises", "class A:\n    def __repr__(self):\n        raise ValueError('no')\n"
         "print(A())\n", ERROR, "ValueError", lines=(3,)),
    case("a huge line", "print('x' * 50_000_000)", RAN, seconds=5, slow=True),
    case("a huge object", "print(list(range(3_000_000)))", RAN, seconds=5, slow=True),
    case("half a character", "print('\\ud800', 'ok')", RAN),
    case("binary output",
         "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 4)\nprint()\nprint('end')", RAN),
    case("codes for the terminal",
         "print('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07\\x1b[2J\\x9b1mok\\x07')", RAN, out="red ok\n"),
    case("a redrawn line", "for i in range(5):\n    print(f'\\r{i}', end='')\nprint()", RAN,
         out="4\n"),
    case("an empty file", "", RAN, out=""),
    case("a file of comments", "# nothing\n# at all\n", RAN, out=""),
    case("an empty file, judged", "", FAILED, judged=True),
    case("only definitions", "def f():\n    return 1\nclass A:\n    pass\n", RAN, out=""),
    case("a null byte", "x = 1\0\n", ERROR, "SyntaxError"),
    case("deep brackets", "x = " + "(" * 3000 + ")" * 3000, ERROR),
    case("writing outside the scratch folder",
         "from pathlib import Path\nPath('/var/tmp/oz-was-here').write_text('x')\n", ERROR,
         "PermissionError", lines=(2,)),
]  # fmt: skip


@pytest.mark.parametrize(("source", "reason", "words", "more"), [*DEATHS, *LEFTOVERS, *TAMPERING])
async def test_the_game_goes_on(fire, source: str, reason: Reason, words, more) -> None:
    await fire.survives(source, reason, words, **more)
