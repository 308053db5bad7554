"""Makes a process cheap to fork: gathers its memory into huge pages, where the kernel can.

A fork copies one table entry for each page; with pages of 2 MiB instead of 4 KiB that is three
times quicker for a process that has imported torch, and so is its children's end. A child that
writes to such a page still copies 4 KiB of it. Linux 6.1 and later; elsewhere nothing happens.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator

_HUGE = 2 << 20
_COLLAPSE = 25
_AT_ONCE = 32 << 20
"""Bytes gathered between two questions whether to go on: about 80 ms."""


def gather(go_on: Callable[[], bool]) -> None:
    """Gather this process's private memory into huge pages for as long as `go_on` says so."""
    if not sys.platform.startswith("linux"):
        return
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for start, end in list(_private()):
        for at in range(start, end, _AT_ONCE):
            if not go_on():
                return
            madvise(at, min(_AT_ONCE, end - at), _COLLAPSE)


def _private() -> Iterator[tuple[int, int]]:
    """Writable private ranges that hold at least one huge page, cut to its bounds."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
            lines = file.readlines()
    except OSError:
        return
    for line in lines:
        fields = line.split(maxsplit=5)
        if not fields[1].startswith("rw-p") or (len(fields) > 5 and fields[5].startswith("[stack")):
            continue
        first, last = (int(part, 16) for part in fields[0].split("-"))
        start, end = -(-first // _HUGE) * _HUGE, last // _HUGE * _HUGE
        if end > start:
            yield start, end
