"""Linux, macOS and Windows, as far as they differ: no other module asks which of them it runs on.

Each function does what its system can, and nothing where it cannot. The system is asked for in each call, so that tests
can simulate another one.
"""

# ruff: noqa: PTH101, PTH108, PTH111, PTH113, PTH117, PTH118, PTH208
# Paths are strings, as in `cardlint.files`.

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import Literal, TextIO

__all__ = [
    "LOCK_FILE",
    "OPEN_FLAGS",
    "LockedError",
    "StartMethod",
    "above_cache",
    "can_be_a_name",
    "copy_attributes",
    "copy_owner",
    "current_user",
    "delete_file",
    "end_this_process",
    "ending_signals",
    "find_program",
    "folders_may_be_links",
    "is_closed_pipe",
    "is_on_other_server",
    "is_spelled_as_on_disk",
    "lock_folder",
    "most_processes",
    "path_on_disk",
    "quote_for_shell",
    "quote_program",
    "relative_path",
    "release_signal",
    "shell_expands",
    "shows_escape_sequences",
    "signals_held",
    "start_methods",
    "sync_folder",
    "system_name",
    "system_path",
    "writes_utf_8",
]

StartMethod = Literal["fork", "forkserver", "spawn"]


def _on_windows() -> bool:
    return sys.platform == "win32"


def _on_macos() -> bool:
    return sys.platform == "darwin"


def system_name() -> str:
    """Return a name for the system, for results that may differ between two of them."""
    return sys.platform


# Processes and signals


def start_methods() -> tuple[StartMethod, StartMethod]:
    """Return the fastest safe way to start a worker of a process with one thread, and of one with several.

    A copy of a process with threads could wait forever for a lock that one of them holds, and the libraries of macOS
    cannot be copied at all.
    """
    return ("spawn", "spawn") if _on_windows() or _on_macos() else ("fork", "forkserver")


def most_processes(wanted: int) -> int:
    """Return the number of processes to start if `wanted` are: Windows can wait for no more than 61."""
    return min(wanted, 61) if _on_windows() else wanted


@contextmanager
def signals_held(*names: str) -> Iterator[None]:
    """Delay signals, such as `SIGTERM`, until the end of the block; Windows cannot.

    Other threads of the process must have them blocked, or they receive them at once.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in names})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def release_signal(name: str) -> None:
    """Receive a signal again that this process was started without."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {getattr(signal, name)})


def ending_signals() -> list[int]:
    """Return the signals with which others ask a process to end; Windows does not have all of them."""
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def end_this_process() -> None:
    """End this process from any of its threads, where possible after the file that may be being written."""
    if hasattr(signal, "pthread_sigmask"):
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        os._exit(1)


def find_program(name: str) -> str:
    """Return the path of a program for `subprocess`.

    Windows would look into the working folder first, which may hold other people's files.

    Raises:
        FileNotFoundError: there is none on the search path of Windows.
    """
    if not _on_windows():
        return name
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        program = os.path.join(folder.strip('"'), f"{name}.exe")
        if os.path.isabs(program) and os.path.isfile(program):
            return program
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def quote_for_shell(word: str) -> str:
    """Return a word as one types it in a shell."""
    if _on_windows():
        return f'"{word}"'
    import shlex  # here, since few runs show a command

    return shlex.quote(word)


def quote_program(path: str) -> str:
    """Return the path of a program as one types it in a shell; PowerShell takes one in quotes for a text."""
    return path if _on_windows() and " " not in path else quote_for_shell(path)


def shell_expands() -> bool:
    """Return True if the shell replaces patterns and variables on the command line, as those of Windows do not."""
    return not _on_windows()


# Streams


def writes_utf_8(stream: TextIO) -> bool:
    """Return True if a stream is to be changed to UTF-8: on Windows, what is piped has the code page of old programs.

    In most of these the name of a card could not be written. `PYTHONIOENCODING` still sets another encoding.
    """
    chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    return _on_windows() and not chosen and not stream.isatty()


_ESCAPE_SEQUENCES = 0x4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def shows_escape_sequences(stream: TextIO) -> bool:
    """Return True if a terminal shows colors; the console of Windows does after it was asked to."""
    if not _on_windows():
        return True
    import ctypes

    try:
        import msvcrt

        console = ctypes.windll.kernel32  # type: ignore[attr-defined]
        handle = msvcrt.get_osfhandle(stream.fileno())  # type: ignore[attr-defined]
        mode = ctypes.c_ulong()
        if not console.GetConsoleMode(handle, ctypes.byref(mode)):
            return False
        return bool(console.SetConsoleMode(handle, mode.value | _ESCAPE_SEQUENCES))
    except (ImportError, AttributeError, OSError, ValueError):
        return False


def is_closed_pipe(error: OSError, stream: TextIO) -> bool:
    """Return True if writing to a stream failed since its reader has ended."""
    if isinstance(error, BrokenPipeError):
        return True
    if not _on_windows() or error.errno != errno.EINVAL:  # the answer of Windows
        return False
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


# Files


# Without O_NONBLOCK, opening a named pipe waits for a writer; Windows has neither the pipes nor the flag.
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""The flags to open a file for reading that may not be a regular one."""


def folders_may_be_links() -> bool:
    """Return True if a link can look like a folder, as the junctions of Windows do."""
    return _on_windows()


_NEVER_IN_NAMES = frozenset(r'\:*?"<>|').union(map(chr, range(32)))
_PORTS = (f"{port}{number}" for port in ("COM", "LPT") for number in "123456789")
_DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *_PORTS))


def can_be_a_name(name: str | PurePath) -> bool:
    r"""Return False for a path, relative and with `/`, that Windows takes for something else than a file of that name.

    `NUL` is a device there, `C:x` a file of another drive, and `\\server\share` a folder of another computer, to which
    Windows would connect as the user.
    """
    if not _on_windows():
        return True
    name = _with_slashes(name)
    if name.startswith("//") or not _NEVER_IN_NAMES.isdisjoint(name):
        return False
    return _DEVICES.isdisjoint(part.rstrip(" .").upper() for part in name.split("/"))


def _with_slashes(name: str | PurePath) -> str:
    return name if isinstance(name, str) else name.as_posix()


def is_on_other_server(path: str, folder: str) -> bool:
    """Return True if a path leads to a server that a folder is not on.

    Windows would connect to it if anything was asked of the path, and prove to it who the user is.
    """
    if not _on_windows():
        return False
    import ntpath  # `os.path` there; by this name, tests can simulate it

    drive = ntpath.splitdrive(path)[0]
    return drive[:1] in ("\\", "/") and ntpath.normcase(drive) != ntpath.normcase(ntpath.splitdrive(folder)[0])


def is_spelled_as_on_disk(folder: str, name: str | PurePath) -> bool:
    """Return True if an existing file is called `name`, relative to `folder`, also where files ignore case.

    On the Hub `images/A.png` is not `Images/a.png`. Windows also ignores dots and spaces at the end of a name.
    """
    if not (_on_windows() or _on_macos()):
        return True
    place = folder
    for part in _with_slashes(name).split("/"):
        if part not in {"", ".", ".."}:
            try:
                names = os.listdir(place)
            except OSError:
                return False
            if part not in names and _composed(part) not in map(_composed, names):
                return False
        place = os.path.join(place, part)
    return True


def path_on_disk(folder: str, name: str) -> str:
    """Return the path of a file that git calls `name`, relative to `folder`, as listings of folders have it.

    On macOS git composes letters with their accents, whatever the disk has.
    """
    if not _on_macos() or name.isascii():
        return os.path.join(folder, name)
    place = folder
    for part in name.split("/"):
        names: list[str] = []
        with suppress(OSError):
            names = os.listdir(place)
        stored = part if part in names else next((each for each in names if _composed(each) == _composed(part)), part)
        place = os.path.join(place, stored)
    return place


def _composed(name: str) -> str:
    """Return a name with letters and their accents as one character; macOS may store them apart."""
    if name.isascii():
        return name
    from unicodedata import normalize

    return normalize("NFC", name)


def relative_path(path: str, start: str = ".") -> str:
    """Return a path relative to `start`; unchanged if that is on another drive."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        return path


def system_path(url_path: str) -> str:
    """Return the path in a `file:` address: in `file:///C:/cards` it is `C:/cards`."""
    return url_path.lstrip("/") if _on_windows() else url_path


def above_cache() -> str:
    """Return the folder in which programs keep their caches, or an empty or relative path if it is unknown."""
    if _on_windows():
        return os.environ.get("LOCALAPPDATA", "")
    if _on_macos():
        return os.path.expanduser("~/Library/Caches")
    named = os.environ.get("XDG_CACHE_HOME", "")
    return named if os.path.isabs(named) else os.path.expanduser("~/.cache")


def current_user() -> int | None:
    """Return the number of the user; None on Windows, which keeps the folders of users apart."""
    return os.geteuid() if hasattr(os, "geteuid") else None


def copy_owner(status: os.stat_result, path: str) -> None:
    """Give a file the owner in `status`, if the system has owners; only root can change them."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)


def copy_attributes(original: str | os.PathLike[str], path: str) -> None:
    """Give a file the extended attributes of another, as far as the system allows it."""
    if not hasattr(os, "listxattr"):
        return
    with suppress(OSError):  # the file system has none
        for name in os.listxattr(original):
            with suppress(OSError):  # only root can set some
                os.setxattr(path, name, os.getxattr(original, name))


def delete_file(path: str) -> None:
    """Delete a file that may be read-only, which Windows refuses.

    Raises:
        OSError: the file does not exist, or cannot be deleted.
    """
    if _on_windows():
        os.chmod(path, stat.S_IREAD | stat.S_IWRITE)
    os.unlink(path)


def sync_folder(folder: str) -> None:
    """Flush a folder, so that a new file in it survives a crash, if the system supports it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class LockedError(Exception):
    """Another process has the lock."""


LOCK_FILE = ".cardlint-lock"
"""The empty file that is locked on Windows in place of its folder, and stays there."""


def lock_folder(folder: str) -> int | None:
    """Take the lock of a folder and return its descriptor, with which it ends; None if there are no such locks.

    Windows cannot lock a folder, but a file in it. Some network file systems have no locks.

    Raises:
        LockedError: another process has the lock.
        OSError: the folder does not exist, or cannot be written.
    """
    if _on_windows():
        import msvcrt

        descriptor = os.open(os.path.join(folder, LOCK_FILE), os.O_RDWR | os.O_CREAT)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError as error:
            os.close(descriptor)
            raise LockedError from error
        return descriptor
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise LockedError from error
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    return descriptor
