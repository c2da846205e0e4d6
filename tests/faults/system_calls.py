"""SQLite's writing system calls, made to fail or to be the last thing that a process does.

SQLite lets its tests replace the system calls it makes; here each one counts as a point, and at a chosen
point the process is killed, or the call fails as it does on a full or a broken disk. What Python does to
files beside (making, linking, renaming) is counted by an audit hook. Where statements are asked for, each one
that SQLite is about to run counts instead. To be used in a process of its own.
"""

import ctypes
import errno
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """What happens at the point."""

    COUNT = "count"
    """Nothing; the points are counted."""
    KILL = "kill"
    """The process is killed before the call."""
    TORN = "torn"
    """The process is killed when half of what it writes is written."""
    FULL = "full"
    """From here on the disk is full."""
    BROKEN = "broken"
    """This one call fails with an input/output error."""
    STATEMENT = "statement"
    """The process is killed before the SQL statement; the points are statements."""


_WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, use_errno=True)
_PWRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_FTRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
_UNLINK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
_CALLS: dict[str, Any] = {
    "write": _WRITE,
    "pwrite": _PWRITE,
    "pwrite64": _PWRITE,
    "ftruncate": _FTRUNCATE,
    "unlink": _UNLINK,
}
_FILE_EVENTS = {"tempfile.mkstemp", "os.mkdir", "os.link", "os.rename", "os.remove"}

_set = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_get = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)


class _Vfs(ctypes.Structure):
    """`struct sqlite3_vfs` of sqlite3.h, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("following", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        ("set_system_call", _set),
        ("get_system_call", _get),
        ("next_system_call", ctypes.c_void_p),
    )


def _vfs() -> _Vfs | None:
    """SQLite's way to the operating system, None where it cannot be reached."""
    try:
        import _sqlite3

        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        found: _Vfs = library.sqlite3_vfs_find(None).contents
    except (ImportError, AttributeError, OSError, ValueError):
        return None
    return found if found.version >= 3 and (found.name or b"").startswith(b"unix") else None


def can_be_replaced() -> bool:
    """Whether this Python's SQLite lets its system calls be replaced."""
    return _vfs() is not None


class Faults:
    """The points of this process, and what happens at the one of number `at`."""

    def __init__(self, how: How, at: int) -> None:
        self.how, self.at, self.points = how, at, 0
        self._kept: list[Any] = []

    def install(self) -> None:
        """Replace the calls, for good."""
        if self.how is How.STATEMENT:
            self._trace()
            return
        vfs = _vfs()
        assert vfs is not None
        for name, kind in _CALLS.items():
            address = vfs.get_system_call(ctypes.addressof(vfs), name.encode())
            if address:
                ours = kind(self._replaced(name, kind(address)))
                self._kept.append(ours)
                vfs.set_system_call(ctypes.addressof(vfs), name.encode(), ctypes.cast(ours, ctypes.c_void_p))
        sys.addaudithook(self._audit)

    def _trace(self) -> None:
        connect = sqlite3.connect

        def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(self._statement)
            return connection

        setattr(sqlite3, "connect", traced)  # noqa: B010  its type has overloads

    def _statement(self, _text: str) -> None:
        self.points += 1
        if self._is_here():
            os.kill(os.getpid(), signal.SIGKILL)

    def _replaced(self, name: str, real: Callable[..., int]) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            self.points += 1
            if self._is_here():
                if self.how is How.TORN and "write" in name:
                    file, place, size, *offset = arguments
                    real(file, place, size // 2, *offset)
                if self.how in (How.KILL, How.TORN):
                    os.kill(os.getpid(), signal.SIGKILL)
                if self.how is How.BROKEN or "write" in name:
                    ctypes.set_errno(self._number())
                    return -1
            return real(*arguments)

        return call

    def _is_here(self) -> bool:
        if self.how is How.FULL:
            return self.points >= self.at
        return self.how is not How.COUNT and self.points == self.at

    def _number(self) -> int:
        return errno.ENOSPC if self.how is How.FULL else errno.EIO

    def _audit(self, event: str, _arguments: Any) -> None:
        if event not in _FILE_EVENTS:
            return
        self.points += 1
        if not self._is_here():
            return
        if self.how in (How.KILL, How.TORN):
            os.kill(os.getpid(), signal.SIGKILL)
        if event != "os.remove":
            raise OSError(self._number(), os.strerror(self._number()))
