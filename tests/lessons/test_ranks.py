"""The ranks that the monkeys' programs send out: one that dies is missed at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

SPELLS = Path(__file__).parents[2] / "lessons" / "11_monkeys" / "spells"
RANKS = SPELLS / "01_muster" / "files" / "ranks.py"

DIES = """
import os
from ranks import RankError, launch

def work(rank, world):
    if rank == 0:
        os._exit(5)

for _ in range(4):
    try:
        launch(work, 2, seconds=3600)
    except RankError as error:
        print(error.stopped[0])
"""


def test_a_rank_that_dies_is_missed_at_once(tmp_path: Path) -> None:
    """Whether its end of the line is seen to close before the process is gone, or with it."""
    program = tmp_path / "flight.py"
    program.write_text(DIES, "utf-8")
    shutil.copy(RANKS, tmp_path)
    run = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["stopped: ProcessDied: the process ended with code 5"] * 4
