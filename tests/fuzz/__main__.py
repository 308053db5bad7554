"""Hand the game damaged things by the thousand: ``python -m tests.fuzz --cases 100000``.

Each kind runs in a process of its own, under the guard and under a limit of memory. What breaks is
told with its kind and number; ``--kind states --first 4711 --cases 1`` makes that case again.
"""

from __future__ import annotations

import argparse
import faulthandler
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_STUCK = 300
"""Seconds after which a case that hears no signal is ended from outside."""
_LATE = ("difflib", "markdown_it", "platformdirs", "PIL.Image")
"""What the game imports only when it is wanted: not to be mistaken for what a file brought in."""
_WORST = 20
"""Cases that broke and are told."""


def work(kind: str, first: int, cases: int, place: Path, played: Path) -> dict[str, object]:
    """Run cases of one kind in this process; counts and what broke. `played`: a journey."""
    from tests.fuzz.cases import KINDS, Silent
    from tests.fuzz.corpus import build, play
    from tests.fuzz.guard import Forbidden, Guard, TooLong, work_in

    made = {one.name: one for one in KINDS}[kind]
    scratch = work_in(place)
    folder = place / "case"
    folder.mkdir()
    play(place / "rehearsal", Silent())  # imports what is imported late
    it = made(build(place, played), folder)
    for name in _LATE:
        importlib.import_module(name)
    sys.modules["PIL.Image"].init()
    guard = Guard(place)
    resource.setrlimit(resource.RLIMIT_AS, (it.memory, it.memory))
    counts: Counter[str] = Counter()
    broken: list[dict[str, object]] = []
    began = time.perf_counter()
    beside = sorted(place.iterdir())
    for number in range(first, first + cases):
        (place / "number").write_text(str(number))
        faulthandler.dump_traceback_later(_STUCK, exit=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            act = it.lay(it.chance(number))
            with guard.watching():
                counts[act()] += 1
            left = [path for path in scratch.iterdir() if not path.name.startswith("pymp-")]
            assert not left, f"left among the temporary files: {left}"
        except (Exception, Forbidden, TooLong) as error:
            counts["BROKEN"] += 1
            told = "".join(traceback.format_exception(error))[-4000:]
            broken.append({"kind": kind, "number": number, "told": told})
            if len(broken) >= _WORST:
                break
    faulthandler.cancel_dump_traceback_later()
    (place / "number").unlink(missing_ok=True)
    assert sorted(place.iterdir()) == sorted({*beside, *place.glob("inner")}), "left beside"
    return {
        "kind": kind,
        "counts": dict(counts),
        "broken": broken,
        "seconds": time.perf_counter() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def apart(kind: str, first: int, cases: int, played: Path) -> dict[str, object]:
    """The same in a process of its own."""
    shm = Path("/dev/shm")
    where = shm if shm.is_dir() and os.access(shm, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="oz-fuzz-", dir=where) as name:
        place = Path(name) / "work"
        place.mkdir()
        command = [sys.executable, "-m", "tests.fuzz", "--work", name, "--kind", kind]
        command += ["--first", str(first), "--cases", str(cases), "--played", str(played)]
        home = {"HOME": f"{name}/home", "OZ_SAVES": f"{name}/saves", "PYTHONHASHSEED": "0"}
        root = Path(__file__).parents[2]
        run = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=root, env=os.environ | home
        )
        beside = [
            path.name for path in Path(name).iterdir() if path.name not in {"work", "found", "home"}
        ]
        number = place / "number"
        if run.returncode or not (found := Path(name) / "found").is_file():
            at = int(number.read_text()) if number.is_file() else -1
            told = f"the process ended with {run.returncode}\n{run.stderr[-4000:]}"
            bad = {"kind": kind, "number": at, "told": told}
            return {"kind": kind, "counts": {"BROKEN": 1}, "broken": [bad], "seconds": 0.0}
        result: dict[str, object] = json.loads(found.read_text())
        assert not beside, f"written beside the work: {beside}"
        return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many, of all kinds")
    parser.add_argument("--kind", help="only this one")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--played", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work is not None:
        place = given.work / "work"
        result = work(given.kind, given.first, given.cases, place, given.played)
        (given.work / "found").write_text(json.dumps(result))
        return 0
    from oz.cli.unlit import Unlit
    from tests.fuzz.cases import KINDS, numbered
    from tests.fuzz.corpus import play

    kinds = tuple(kind for kind in KINDS if given.kind in (None, kind.name))
    if not kinds:
        parser.error(f"no kind {given.kind!r}; there are: {', '.join(k.name for k in KINDS)}")
    jobs = [
        (kind.name, start, min(_BATCH, given.first + cases - start))
        for kind, cases in numbered(kinds, given.cases)
        for start in range(given.first, given.first + cases, _BATCH)
    ]
    with tempfile.TemporaryDirectory(prefix="oz-fuzz-") as name:
        played = Path(name) / "dorothy"
        play(played, Unlit())
        with ThreadPoolExecutor(given.jobs) as pool:
            results = list(pool.map(lambda job: apart(*job, played), jobs))
    return tell(results)


_BATCH = 1_000
"""Cases of one process."""


def tell(results: list[dict[str, object]]) -> int:
    """Print the numbers by kind, and what broke; 1 where something did."""
    counts: dict[str, Counter[str]] = {}
    seconds: Counter[str] = Counter()
    memory = 0
    for result in results:
        counts.setdefault(str(result["kind"]), Counter()).update(result["counts"])  # type: ignore[call-overload]
        seconds[str(result["kind"])] += result["seconds"]  # type: ignore[assignment,operator]
        memory = max(memory, int(result.get("memory", 0)))  # type: ignore[call-overload]
    for kind, found in counts.items():
        many = sum(found.values())
        told = ", ".join(f"{count:,} {word}" for word, count in sorted(found.items()))
        rate = many / (seconds[kind] or 1)
        print(f"{kind:12} {many:8,} cases, {rate:6,.0f} a second: {told}")
    print(
        f"{'all':12} {sum(sum(c.values()) for c in counts.values()):8,} cases; {memory} MiB at most"
    )
    broken = [bad for result in results for bad in result["broken"]]  # type: ignore[attr-defined]
    for bad in broken[:_WORST]:
        print(f"\n--kind '{bad['kind']}' --first {bad['number']} --cases 1\n{bad['told']}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
