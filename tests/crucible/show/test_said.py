"""What programs say beside training: scalars, bars, warnings, logs; and the stream as JSON."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

import oz
from oz.crucible import stream
from oz.crucible.child.progress import Bars
from oz.crucible.child.scalars import Scalars
from oz.crucible.model import Metric, Output, Picture, Progress, Started


def test_a_bar_is_read_off_its_text() -> None:
    said: list[Progress] = []
    bars = Bars(said.append)
    bars.feed("\repochs:  33%|###3      | 1/3 [00:02<00:04,  2.1s/it, lr=0.1, loss=0.5]", "stderr")
    bars.feed("\n", "stderr")
    assert said == [Progress("epochs", 1, 3, 0, "lr=0.1, loss=0.5")]
    bars.feed("\rtrain:  10%|#         | 120k/1.20M [00:01<00:09, 9it/s]", "stderr")
    bars.feed("\x1b[A", "stderr")
    assert said[1] == Progress("train", 120_000, 1_200_000, 1, "")
    bars.feed("\rreading: 12it [00:01, 9.0it/s]", "stderr")
    bars.flush()
    assert said[2] == Progress("reading", 12, None, 0, "")
    assert bars.share is None


def test_bars_are_thinned_and_end_whole() -> None:
    said: list[Progress] = []
    bars = Bars(said.append)
    for done in range(1, 1001):
        bars.feed(f"\r{done // 10:3d}%|####      | {done}/1000 [00:01<00:09, 9it/s]", "stderr")
    bars.flush()
    assert len(said) < 20
    assert said[-1].done == 1000
    assert said[-1].share == 1.0


@pytest.mark.parametrize(
    "text", ["\rhello", "\r\n", "\r99%", "\r|||", "\r" + "9" * 9000 + "%|", "no"]
)
def test_other_text_is_no_bar(text: str) -> None:
    said: list[Progress] = []
    bars = Bars(said.append)
    bars.feed(text, "stdout")
    bars.flush()
    assert said == []


def test_scalars_are_thinned_and_end_whole() -> None:
    said: list[Metric] = []
    scalars = Scalars(said.append)
    for step in range(1000):
        scalars.add({"a": step, "b": math.nan}, step)
    scalars.flush()
    assert len(said) < 60
    assert said[0].nonfinite == ("b",)
    assert max(metric.values["a"] for metric in said) == 999
    assert all(metric.source == "tensorboard" for metric in said)


async def test_bars_logs_and_warnings_of_a_program(zygote) -> None:
    told = await zygote.run(
        """
import logging, sys, warnings
logging.getLogger("mine").warning("from the log")
warnings.warn("from a warning")
for done in range(5):
    sys.stderr.write(f"\\rsum: {done * 25:3d}%|##        | {done}/4 [00:00<00:01, 9it/s]")
sys.stderr.write("\\n")
"""
    )
    assert "from the log" in told.err
    assert told.warned[0].message == "from a warning"
    assert told.warned[0].line == 4
    bars = told.of(Progress)
    assert (bars[-1].label, bars[-1].done, bars[-1].share) == ("sum", 4, 1.0)
    assert "4/4" in told.err
    assert "0/4" not in told.err


async def test_logged_images_and_tags(zygote) -> None:
    told = await zygote.run(
        """
import torch
from torch.utils.tensorboard import SummaryWriter
from torch.utils.tensorboard.writer import SummaryWriter as Same
writer = SummaryWriter(log_dir="runs/x")
for step in range(10):
    writer.add_scalar("Loss/test", 1.0 / (step + 1), step)
writer.add_image("one", torch.rand(1, 9, 9), 0)
writer.add_text("note", "text")
writer.close()
assert isinstance(writer, Same)
"""
    )
    assert [m.step for m in told.metrics] == list(range(10))
    assert {m.source for m in told.metrics} == {"tensorboard"}


def test_a_line_is_strict_json() -> None:
    metric = Metric(3, {"loss": math.nan, "lr": math.inf, "x": -math.inf}, ("loss",))
    read = json.loads(stream.line(metric), parse_constant=pytest.fail)
    assert read["event"] == "Metric"
    assert read["values"] == {"loss": "NaN", "lr": "Infinity", "x": "-Infinity"}
    assert "\n" not in stream.line(Output("two\nlines"))
    assert json.loads(stream.line(Picture("p", 1, 1, 1, b"\xff")))["pixels"] == "/w=="
    assert json.loads(stream.line(Started(7))) == {"event": "Started", "pid": 7, "expected": []}


def test_the_stream_on_the_command_line(tmp_path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import torch\nx = torch.ones(3)\nprint('hello')\nraise SystemExit(3)\n")
    command = [sys.executable, "-c", "from oz.cli import main; main()", "run", "--json-events"]
    env = {**os.environ, "PYTHONPATH": str(Path(oz.__file__).parents[1])}
    done = subprocess.run(
        [*command, program], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0] == {"event": "Stream", "version": stream.VERSION, "program": "program.py"}
    assert [line["event"] for line in lines[1:]] == ["Started", "Output", "Namespace", "Finished"]
    assert lines[-1]["exit_code"] == 3
    assert done.returncode == 1
