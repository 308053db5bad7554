"""The flight of the Winged Monkeys, unchanged, under real ``torchrun`` on two hosts.

Two hosts are two network namespaces with a cable between them, each with a folder of its own. Where
the system does not permit that, they are two ``torchrun`` agents that meet over loopback, and the
test warns that it was so. It never skips.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from oz.campaign import default_root

STAGE = default_root() / "11_monkeys" / "spells"
FLIGHT = STAGE / "09_flight"
ADDRESSES = ("10.73.0.1", "10.73.0.2")
LONGEST = 240
"""Seconds that everything may take, on a machine with much else to do."""

_LAID = """
set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/netns
ip netns add near
ip netns add far
ip link add cable netns near type veth peer name cable netns far
ip -n near address add {near}/24 dev cable
ip -n far address add {far}/24 dev cable
for host in near far; do ip -n $host link set lo up; ip -n $host link set cable up; done
"""
"""Two hosts and a cable. It runs where we are root of namespaces of our own, which end with it."""


@dataclass(frozen=True)
class Host:
    """One machine: where it works, what was printed there, and how it ended."""

    folder: Path
    stdout: str
    stderr: str
    returncode: int


def _namespaces(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    alone = ["unshare", "--user", "--map-root-user", "--net", "--mount", "--pid", "--fork"]
    script = _LAID.format(near=ADDRESSES[0], far=ADDRESSES[1]) + command
    return subprocess.run(
        [*alone, "--kill-child", "sh", "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=LONGEST,
        check=False,
    )


def why_no_namespaces() -> str:
    """Why two network namespaces cannot be had here; empty where they can."""
    if missing := [tool for tool in ("unshare", "ip", "nsenter") if shutil.which(tool) is None]:
        return f"{', '.join(missing)}: not installed"
    tried = _namespaces(
        f"nsenter --net=/run/netns/far python3 -c pass\n"
        f"nsenter --net=/run/netns/near ip route get {ADDRESSES[1]} >/dev/null\n",
        dict(os.environ),
    )
    return "" if tried.returncode == 0 else tried.stderr.strip()


def _agent(node: int, script: Sequence[str], address: str, port: int) -> list[str]:
    """What somebody types on host `node`, of two, for two ranks in all."""
    run = [sys.executable, "-m", "torch.distributed.run", "--nnodes=2", f"--node-rank={node}"]
    where = ["--nproc-per-node=1", f"--master-addr={address}", f"--master-port={port}"]
    return [*run, *where, *script]


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _environment() -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("TORCH")}
    return {**own, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


def _over_a_cable(folders: Sequence[Path], script: Sequence[str]) -> list[Host]:
    port, lines = 29500, []  # the namespaces are empty: every port is free
    for node, (name, folder) in enumerate(zip(("near", "far"), folders, strict=True)):
        words = " ".join(_agent(node, script, ADDRESSES[0], port))
        inside = f"nsenter --net=/run/netns/{name} {words}"
        lines.append(f"(cd {folder} && {inside} >out 2>err; echo $? >code) &")
    command = "set +e\n" + "\n".join(lines) + "\nwait\n"
    # gloo takes the address of the host's name, which on these hosts is no address at all
    ran = _namespaces(command, {**_environment(), "GLOO_SOCKET_IFNAME": "cable"})
    assert ran.returncode == 0, ran.stderr
    read = [
        {name: (folder / name).read_text() for name in ("out", "err", "code")} for folder in folders
    ]
    return [
        Host(folder, found["out"], found["err"], int(found["code"]))
        for folder, found in zip(folders, read, strict=True)
    ]


def _over_loopback(folders: Sequence[Path], script: Sequence[str]) -> list[Host]:
    port = _free_port()
    agents = [
        subprocess.Popen(
            _agent(node, script, "127.0.0.1", port),
            cwd=folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for node, folder in enumerate(folders)
    ]
    try:
        said = [agent.communicate(timeout=LONGEST) for agent in agents]
    finally:
        for agent in agents:
            agent.kill()
    return [
        Host(folder, out, err, agent.returncode)
        for folder, agent, (out, err) in zip(folders, agents, said, strict=True)
    ]


def _moved_in(folder: Path, program: Path) -> Path:
    """A host's own folder with `program` and what lies beside it."""
    folder.mkdir()
    for file in (FLIGHT / "files").iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    shutil.copy(program, folder / "flight.py")
    return folder


@pytest.mark.slow
def test_the_flight_crosses_two_hosts_unchanged(
    tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    """Rank 0's host has the book and speaks; the other has neither, and both come to their end."""
    folders = [_moved_in(tmp_path / name, FLIGHT / "solution.py") for name in ("near", "far")]
    why = why_no_namespaces()
    way = "two network namespaces" if not why else "two agents over loopback"
    if why:
        warnings.warn(f"the two hosts are {way}: {why}", stacklevel=1)
    print(f"\nthe two hosts are {way}")
    record_property("hosts", way)
    hosts = (_over_loopback if why else _over_a_cable)(folders, ["flight.py"])
    for host in hosts:
        assert host.returncode == 0, host.stderr
    near, far = hosts
    assert near.stdout.startswith("2 ranks: 0.9"), near.stdout
    assert far.stdout == ""
    assert (near.folder / "flight.pt").is_file()
    assert not (far.folder / "flight.pt").exists()


def test_every_spell_has_the_same_launcher() -> None:
    """`ranks.py` lies beside several spells, since a spell has nothing but its own folder."""
    copies = sorted(STAGE.glob("*/files/ranks.py"))
    assert len(copies) >= 6
    assert len({copy.read_text("utf-8") for copy in copies}) == 1
