"""What it costs to watch a training, and to hear a program that has very much to say."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oz.crucible import Crucible
from oz.crucible.model import Finished, Job, Limits, Metric, Mode, Output, Progress, Reason
from tests.benchmarks.crowd import crowding

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]

PAIRED = '''
"""Train with and without the recorder by turns, and print the ratios of processor time."""
import gc, statistics, sys, time
import torch
from torch import nn
from oz.crucible import wire
from oz.crucible.child.telemetry import Recorder

torch.set_num_threads(1)

def cnn():
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(128, 10),
    )
    images, digits = torch.rand(64, 1, 8, 8), torch.randint(0, 10, (64,))
    return model, lambda: nn.functional.cross_entropy(model(images), digits)

def gru():
    embed, rnn, head = nn.Embedding(64, 32), nn.GRU(32, 64, batch_first=True), nn.Linear(64, 64)
    text, after = torch.randint(0, 64, (16, 32)), torch.randint(0, 64, (512,))
    def loss():
        out, _ = rnn(embed(text))
        return nn.functional.cross_entropy(head(out).reshape(-1, 64), after)
    return nn.ModuleList([embed, rnn, head]), loss

def train(make, steps):
    torch.manual_seed(0)
    model, loss_of = make()
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    began = time.process_time()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return time.process_time() - began, losses

def watched(make, steps):
    # what is emitted is made into packets, as in a run
    recorder = Recorder(lambda event: wire.dumps(wire.event_to(event)))
    recorder.install()
    try:
        return train(make, steps)
    finally:
        recorder.finish()

make, steps = {"cnn": (cnn, 300), "gru": (gru, 90)}[sys.argv[1]]
train(make, 20)  # the first optimizer imports much
gc.collect(), gc.freeze()  # as the warm process does
watched(make, 20)
for turn in range(15):
    pair = [train, watched] if turn % 2 else [watched, train]
    took = {way: way(make, steps) for way in pair}
    assert took[train][1] == took[watched][1], "the losses differ"
    print(took[watched][0], took[train][0])
'''


AIM = 1.03
ROUNDS = 3
"""So often it is measured again while the machine was too busy for a quiet run of each way."""


@pytest.mark.parametrize("model", ["cnn", "gru"])
def test_overhead(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Paired runs: processor time watched, over processor time bare.

    The quietest run of each way is compared: what else the machine does only ever adds, and on a
    busy one it adds more than what is measured here. So 3 % is aimed at and printed, and only what
    no neighbour explains fails.
    """
    command = [sys.executable, "-c", PAIRED, model]
    pairs: list[tuple[float, ...]] = []
    for _ in range(ROUNDS):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        pairs += [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
        middle = statistics.median(watched / bare for watched, bare in pairs)
        quiet = min(watched for watched, _ in pairs) / min(bare for _, bare in pairs)
        if quiet < AIM:
            break
    with capsys.disabled():
        print(f"\nwatched over bare, {model}: quietest runs {quiet:.3f}, middle pair {middle:.3f}")
    assert quiet < 1 + 5 * (AIM - 1)


FLOOD = """
import sys, time
from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter()
count, until = 0, time.perf_counter() + 2.0
while time.perf_counter() < until:
    for _ in range(100):
        count += 3
        print(count)
        writer.add_scalar("loss", 1 / (count + 1), count)
        sys.stderr.write(f"\\rrow:  50%|#####     | {count}/99999999 [00:01<00:01, 9.0it/s]")
writer.close()
print("events", count)
"""


async def test_a_flood_of_events(
    crucible: Crucible, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prints, logged scalars and progress bars as fast as a program can make them."""
    await crucible.ready()
    job = Job(Mode.RUN, source=FLOOD, limits=Limits(seconds=30, output=256 << 20))
    lags: list[float] = []

    async def beat() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            lags.append(time.perf_counter() - began - 0.001)

    pulse = asyncio.create_task(beat())
    kinds: dict[type, int] = {}
    text = ""
    last = None
    async for batch in crucible.run(job).batches():
        for event in batch:
            kinds[type(event)] = kinds.get(type(event), 0) + 1
            if isinstance(event, Output) and event.stream == "stdout":
                text = (text + event.text)[-200:]
        last = batch[-1]
    pulse.cancel()
    assert isinstance(last, Finished)
    assert last.reason is Reason.RAN, last.message
    made = int(text.split("events ")[1])
    lags.sort()
    slow = lags[int(len(lags) * 0.99)]
    came = sum(kinds.values())
    with capsys.disabled():
        print(
            f"\n{made / 2:,.0f} events a second made, {came / 2:,.0f} a second came; "
            f"loop lag p99 {slow * 1e3:.1f} ms, longest {lags[-1] * 1e3:.1f} ms"
        )
    crowd = crowding()
    assert made / 2 > 100_000 / crowd
    assert slow < 0.050 * crowd
    assert kinds[Metric] < 200
    assert kinds[Progress] < 100
