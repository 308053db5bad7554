"""Landlock: a process gives up rights to files, for itself and all it will start, for good.

`shut` is called in the worker. What the kernel is too old for is left out; where it has no Landlock
at all, or forbids it, the reason is given back and the other layers stand alone.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from oz.tongue import _

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE = (
    0b1111111 << 6
)  # character device, directory, regular file, socket, fifo, block device, link
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_SIGNALS_AND_SOCKETS = 0b11  # scopes of ABI 6: abstract sockets, signals

_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL


def _system_call(number: int, *args: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.syscall(ctypes.c_long(number), *args))


def version() -> int:
    """The kernel's version of Landlock; 0 when there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        return max(0, _system_call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION)))
    except (OSError, AttributeError):
        return 0


def shut(writable: Iterable[Path], readable: Iterable[Path] | None) -> str:
    """Allow writing beneath `writable` alone, and reading beneath `readable` and those alone
    (`None`: everywhere). Paths that are not there are left out. Empty, or why nothing was shut.
    """
    abi = version()
    if abi == 0:
        return _("this kernel has no Landlock")
    write = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE
    if abi >= 2:
        write |= _REFER
    if abi >= 3:
        write |= _TRUNCATE
    if abi >= 5:
        write |= _IOCTL
    handled = write if readable is None else write | _READ
    scoped = _SIGNALS_AND_SOCKETS if abi >= 6 else 0
    attributes = struct.pack("QQQ", handled, 0, scoped)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    rules = _system_call(_CREATE, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    if rules < 0:
        return os.strerror(ctypes.get_errno())
    try:
        for path in writable:
            _allow(rules, path, handled & (write | _READ))
        for path in readable or ():
            _allow(rules, path, handled & _READ)
        if _system_call(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)) != 0:
            return os.strerror(ctypes.get_errno())
    finally:
        os.close(rules)
    return ""


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not path.is_dir():
            rights &= _ON_FILES
        if rights:
            rule = struct.pack("=Qi", rights, fd)
            _system_call(
                _ADD, ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0)
            )
    finally:
        os.close(fd)
