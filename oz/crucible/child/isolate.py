"""Namespaces: a process tree, a network and a /dev/shm of the crucible's own, where Linux allows.

`enter` is called once, by the small process that will hold the crucible, before anything else;
`settle` by its child, which is then the first process of the new pid namespace. Every layer fails
alone and is reported, never raised. Nothing here knows torch or what will run.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import sys
from pathlib import Path

from oz.tongue import _

_NEWNS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 16384, 1 << 18
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 38, 36
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1

_MOST_PIDS = 1024
"""Processes and threads of one run, where the kernel can be told."""

_NAMESPACES = ("user", "pid", "net", "mount", "ipc")

LINUX = sys.platform.startswith("linux")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *args: object) -> str:
    """Call a function of libc; empty when it worked, else why not."""
    try:
        function = getattr(_libc(), name)
    except AttributeError:
        return _("{name} is not in this libc").format(name=name)
    if function(*args) == 0:
        return ""
    return os.strerror(ctypes.get_errno())


def enter() -> dict[str, str]:
    """Leave for new namespaces. For each layer: empty when it worked, else why not."""
    if not LINUX:
        return dict.fromkeys(_NAMESPACES, _("only on Linux"))
    if os.environ.get("OZ_NAMESPACES") == "off":
        return dict.fromkeys(_NAMESPACES, _("turned off by OZ_NAMESPACES"))
    uid, gid = os.geteuid(), os.getegid()
    layers = {"user": _call("unshare", _NEWUSER)}
    if not layers["user"]:
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
        try:
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        except OSError as error:
            layers["user"] = _("no map of users: {strerror}").format(strerror=error.strerror)
    for name, flag in (("pid", _NEWPID), ("net", _NEWNET), ("mount", _NEWNS), ("ipc", _NEWIPC)):
        layers[name] = _call("unshare", flag)
    return layers


def settle(layers: dict[str, str], shm: int) -> dict[str, str]:
    """Furnish the new namespaces: /proc, a /dev/shm of `shm` bytes, the loopback.

    Gives `layers` with ``proc``, ``shm`` and ``loopback`` added.
    """
    layers = dict(layers)
    if layers["mount"]:
        layers["proc"] = layers["shm"] = _("needs the mount namespace")
    else:
        private = _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
        flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
        if layers["pid"]:
            layers["proc"] = _("needs the pid namespace")
        else:
            layers["proc"] = private or _call("mount", b"proc", b"/proc", b"proc", flags, None)
            with contextlib.suppress(OSError):
                # of this namespace alone since Linux 6.14; root is held by no limit of processes
                if not layers["proc"]:
                    Path("/proc/sys/kernel/pid_max").write_text(str(_MOST_PIDS))
        size = f"size={shm},mode=1777".encode()
        layers["shm"] = private or _call(
            "mount", b"tmpfs", b"/dev/shm", b"tmpfs", _MS_NOSUID | _MS_NODEV, size
        )
    layers["loopback"] = _("needs the network namespace") if layers["net"] else _loopback_up()
    return layers


def _loopback_up() -> str:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP))
    except OSError as error:
        return error.strerror or str(error)
    return ""


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent dies."""
    if LINUX:
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent has ended."""
    if LINUX:
        _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def drop_privileges() -> str:
    """Give up every capability of the namespace for good. Empty, or why it could not be done."""
    if not LINUX:
        return _("only on Linux")
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return os.strerror(ctypes.get_errno())
    header = struct.pack("Ii", 0x20080522, 0)
    nothing = struct.pack("6I", *([0] * 6))
    return _call("capset", header, nothing)
