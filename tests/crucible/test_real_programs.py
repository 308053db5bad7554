"""Programs as people write them, with workers, ranks and compilers, run inside the sandbox."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest

from oz.crucible.model import Job, Limits, Mode, Reason

pytestmark = pytest.mark.slow

PROGRAMS = {
    "workers of a DataLoader, forked and spawned": (
        """
        import torch
        from torch.utils.data import DataLoader, TensorDataset

        if __name__ == "__main__":
            rows = TensorDataset(torch.arange(20.0))
            for context in ("fork", "spawn", "forkserver"):
                loader = DataLoader(rows, 4, num_workers=2, multiprocessing_context=context)
                print(context, sum(x.sum().item() for (x,) in loader))
        """,
        "fork 190.0\nspawn 190.0\nforkserver 190.0\n",
    ),
    "two ranks that are spawned": (
        """
        import os
        import torch
        import torch.distributed as dist
        import torch.multiprocessing as mp
        from torch.nn.parallel import DistributedDataParallel

        def train(rank, size):
            os.environ["MASTER_ADDR"] = "localhost"
            os.environ["MASTER_PORT"] = "12355"
            dist.init_process_group("gloo", rank=rank, world_size=size)
            model = DistributedDataParallel(torch.nn.Linear(3, 1))
            model(torch.full((2, 3), float(rank))).sum().backward()
            if rank == 0:
                print(model.module.weight.grad)
            dist.destroy_process_group()

        if __name__ == "__main__":
            mp.spawn(train, args=(2,), nprocs=2)
        """,
        "tensor([[1., 1., 1.]])\n",
    ),
    "torchrun in a subprocess": (
        """
        import subprocess, sys
        from pathlib import Path

        Path("sum.py").write_text(
            "import torch, torch.distributed as dist\\n"
            "dist.init_process_group('gloo')\\n"
            "x = torch.ones(1)\\n"
            "dist.all_reduce(x)\\n"
            "if dist.get_rank() == 0: print(x)\\n"
            "dist.destroy_process_group()\\n"
        )
        run = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
        print(subprocess.run([*run, "sum.py"], capture_output=True, text=True, check=True).stdout)
        """,
        "tensor([2.])\n\n",
    ),
    "pools and managers": (
        """
        import multiprocessing as mp
        from concurrent.futures import ProcessPoolExecutor

        def square(x):
            return x * x

        if __name__ == "__main__":
            with mp.get_context("spawn").Pool(2) as pool:
                print(pool.map(square, range(4)))
            with ProcessPoolExecutor(2) as pool:
                print(list(pool.map(square, range(4))))
            with mp.Manager() as manager:
                print(dict(manager.dict(a=1)))
        """,
        "[0, 1, 4, 9]\n[0, 1, 4, 9]\n{'a': 1}\n",
    ),
    "an exported program": (
        """
        import torch

        class Net(torch.nn.Module):
            def forward(self, x):
                return x.relu() + 1

        program = torch.export.export(Net(), (torch.ones(2),))
        torch.export.save(program, "net.pt2")
        print(torch.export.load("net.pt2").module()(torch.tensor([-1.0, 2.0])))
        """,
        "tensor([1., 3.])\n",
    ),
    "derivatives of functions": (
        """
        import torch
        from torch.func import grad, hessian, vmap

        cube = lambda x: (x ** 3).sum()
        print(hessian(cube)(torch.ones(2)), vmap(grad(cube))(torch.ones(1, 2)))
        """,
        "tensor([[6., 0.],\n        [0., 6.]]) tensor([[3., 3.]])\n",
    ),
    "a profile": (
        """
        import torch
        from torch.profiler import profile

        with profile() as seen:
            torch.ones(3).sum()
        print(any(event.key == "aten::sum" for event in seen.key_averages()))
        """,
        "True\n",
    ),
    "temporary and saved files": (
        """
        import os, tempfile
        import torch

        with tempfile.NamedTemporaryFile() as file:
            torch.save({"a": torch.ones(2)}, file.name)
            print(torch.load(file.name))
        print(os.listdir())
        """,
        "{'a': tensor([1., 1.])}\n['spell.py']\n",
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_runs_unmodified(fire, name: str) -> None:
    source, out = PROGRAMS[name]
    told = await fire.run(textwrap.dedent(source).lstrip(), seconds=90, memory=4 << 30)
    assert told.reason is Reason.RAN, (told.finished, told.err)
    assert told.out == out
    assert told.warned == []
    await fire.clean()


@pytest.mark.skipif(shutil.which("g++") is None, reason="torch.compile needs a compiler")
async def test_compiled_functions(zygote) -> None:
    source = (
        "import torch\n\n@torch.compile\ndef f(x):\n    return (x + 1).relu() * 2\n\n"
        "print(f(torch.arange(3.0)))\n"
    )
    told = await zygote.run(source, seconds=120, memory=4 << 30)
    assert told.reason is Reason.RAN, (told.finished, told.err)
    assert told.out == "tensor([2., 4., 6.])\n"


async def test_a_script_works_where_it_stands(fire, tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 3\n")
    script = tmp_path / "train.py"
    script.write_text(
        "import sys, torch, helper\n"
        "torch.save(torch.ones(helper.VALUE), 'model.pt')\n"
        "print(sys.argv[1:], __file__, __name__)\n"
    )
    job = Job(Mode.RUN, program=script, cwd=tmp_path, argv=("--lr", "0.1"), limits=Limits())
    told = await fire.done(job)
    assert told.reason is Reason.RAN, told.events
    assert told.out == f"['--lr', '0.1'] {script} __main__\n"
    assert (tmp_path / "model.pt").exists()


async def test_a_spell_reads_no_home_and_reaches_no_network(fire, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("hush")
    await fire.crucible.ready()
    layers = fire.crucible.layers
    source = (
        "import socket\n"
        f"try:\n    print(open({str(secret / 'key')!r}).read())\n"
        "except PermissionError:\n    print('no file')\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), 1)\n"
        "except OSError:\n    print('no network')\n"
    )
    told = await fire.run(source, mode=Mode.CONJURE)
    assert told.reason is Reason.RAN, told.events
    if not layers["net"]:
        assert "no network" in told.out
    assert "hush" not in told.out
