"""The one storage seam: bytes at offsets, durable when synced, on a medium that may be pulled or fail.

Offsets and lengths are bytes, never negative. An OSError that no MediumError names comes through as it is.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol, Self

from baladeur.errors import AlreadyThere, MediumError, MediumFull, MediumGone, ReadOnlyMedium, SecondWriter

SECTOR = 512
TIMES = 946_684_800  # 2000-01-01T00:00:00Z: the file must not tell when its holder saw a doctor
_FOLIO = 1 << 21  # the largest piece of Linux's page cache: one that a range covers in part stays cached
_DAMAGE = (errno.EIO, errno.EILSEQ, errno.ENODATA, getattr(errno, "EREMOTEIO", errno.EIO))  # bad sector, on Linux
_GONE = (errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ECONNABORTED, errno.ESTALE, errno.ENOLINK, errno.ETIMEDOUT)
_REFUSED: dict[int, type[MediumError]] = {
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), ReadOnlyMedium),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), MediumFull),
    errno.EEXIST: AlreadyThere,
}

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows has neither of the two.
_pread: Callable[[int, int, int], bytes] = getattr(
    os, "pread", lambda fd, length, at: os.read(fd, length) if os.lseek(fd, at, os.SEEK_SET) == at else b""
)
_pwrite: Callable[[int, memoryview, int], int] = getattr(
    os, "pwrite", lambda fd, data, at: os.write(fd, data) if os.lseek(fd, at, os.SEEK_SET) == at else 0
)


def _lock(fd: int, take: bool) -> None:
    if sys.platform == "win32":
        os.lseek(fd, 1 << 62, os.SEEK_SET)  # locks are mandatory there: on a byte that no reader wants
        msvcrt.locking(fd, msvcrt.LK_NBLCK if take else msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB if take else fcntl.LOCK_UN)


def device_gone(st: os.stat_result) -> bool:
    """Whether the block device that holds (or is) the file has left Linux's list of devices."""
    known = os.listdir("/sys/dev/block") if os.path.isdir("/sys/dev/block") else []
    if sys.platform == "win32" or not known:  # a sandbox may hide the list: then nothing can be told
        return False
    device = st.st_rdev if stat.S_ISBLK(st.st_mode) else st.st_dev
    return os.major(device) != 0 and f"{os.major(device)}:{os.minor(device)}" not in known


def _folder_gone(path: str | os.PathLike[str]) -> bool:
    """Whether the nearest folder above `path` that exists is on a device that has gone."""
    for folder in Path(path).absolute().parents:
        with suppress(OSError):
            return device_gone(os.stat(folder))
    return True  # Windows: not even the drive is there


@contextmanager
def _translated(writing: bool, gone: Callable[[], bool]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = _REFUSED.get(error.errno or 0) if writing else None
        if error.errno in _GONE + _DAMAGE or gone():
            kind = MediumGone
        if kind is None:
            raise
        raise kind(error.strerror or "") from error


class Medium(Protocol):
    """What the container reads and writes.

    `read` is short only at the end, and gives zeros for unreadable sectors: the seals then refuse. `write` writes
    all or raises; it may extend the file, with zeros in a gap. `sync` returns once all is on the medium; `forget`
    drops what Linux caches of a synced range, so that the next read asks the medium. `close` may be repeated.
    """

    def size(self) -> int: ...
    def read(self, offset: int, length: int) -> bytes: ...
    def write(self, offset: int, data: bytes | memoryview) -> None: ...
    def sync(self) -> None: ...
    def forget(self, offset: int, length: int) -> None: ...
    def close(self) -> None: ...


class FileMedium:
    """A file or, to read, a whole device. Raises MediumGone; a writer also ReadOnlyMedium and MediumFull."""

    def __init__(self, path: str | os.PathLike[str], flags: int, write: bool) -> None:
        self.path, self._write = Path(path).absolute(), write
        with _translated(write, lambda: _folder_gone(path)):
            self._fd = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)  # Python adds O_CLOEXEC
        self._stat = os.fstat(self._fd)
        try:
            if write:
                _lock(self._fd, True)
        except OSError as error:
            os.close(self._fd)
            raise SecondWriter(error.strerror or "") from error

    @classmethod
    def open(cls, path: str | os.PathLike[str], write: bool = False) -> Self:
        """Open an existing file, never creating it: after a pull, one that exists looks absent.

        `write` takes the lock until close, or raises SecondWriter. Raises FileNotFoundError.
        """
        return cls(path, os.O_RDWR if write else os.O_RDONLY, write)

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Self:
        """Create an empty file, mode 0600, locked until close; raises AlreadyThere."""
        if _folder_gone(path):
            raise MediumGone
        return cls(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, True)

    def vanished(self) -> bool:
        """Tell whether the device has gone, as far as the system says (Linux, Windows)."""
        return device_gone(self._stat) or (sys.platform == "win32" and _folder_gone(self.path))

    def size(self) -> int:
        with _translated(self._write, self.vanished):
            return os.lseek(self._fd, 0, os.SEEK_END)  # fstat says 0 of a device

    def read(self, offset: int, length: int) -> bytes:
        length = min(length, self.size() - offset)  # no pointer in a hostile file makes us allocate more
        with _translated(self._write, self.vanished):
            return self._read(offset, length) if length > 0 else b""

    def _read(self, offset: int, length: int) -> bytes:
        try:
            if len(whole := _pread(self._fd, length, offset)) == length:
                return whole  # nearly always: no second copy
            data = bytearray(whole)
            while len(data) < length and (more := _pread(self._fd, length - len(data), offset + len(data))):
                data += more
            return bytes(data)
        except OSError as error:
            if error.errno not in _DAMAGE or self.vanished():
                raise
        first, last = offset // SECTOR, (offset + length - 1) // SECTOR
        if first == last:
            return bytes(length)
        left = (first + last + 1) // 2 * SECTOR - offset  # halving finds the bad sectors in few reads
        return self._read(offset, left) + self._read(offset + left, length - left)

    def write(self, offset: int, data: bytes | memoryview) -> None:
        if not self._write:
            raise ReadOnlyMedium
        rest = memoryview(data).cast("B")
        with _translated(True, self.vanished):
            while rest:
                if not (done := _pwrite(self._fd, rest, offset)):
                    raise MediumFull
                rest, offset = rest[done:], offset + done

    def sync(self) -> None:
        with _translated(True, self.vanished):
            if sys.platform == "darwin":
                with suppress(OSError):  # fsync does not empty the drive's own cache there; not all drives can
                    fcntl.fcntl(self._fd, fcntl.F_FULLFSYNC)
            os.fsync(self._fd)

    def forget(self, offset: int, length: int) -> None:
        if sys.platform == "linux":
            start, end = offset // _FOLIO * _FOLIO, -(-(offset + length) // _FOLIO) * _FOLIO
            with suppress(OSError):
                os.posix_fadvise(self._fd, start, end - start, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        """End the session; a writer's sets the file's times to the constant and gives the lock back."""
        fd, self._fd = self._fd, -1
        if fd < 0:
            return
        by_fd = os.utime in os.supports_fd
        with suppress(OSError):
            if self._write and by_fd:  # not by path: the file may have another name by now
                os.utime(fd, (TIMES, TIMES))
                os.fsync(fd)
            if self._write:
                _lock(fd, False)
        os.close(fd)
        with suppress(OSError):
            if self._write and not by_fd:  # Windows sets them again while closing
                os.utime(self.path, (TIMES, TIMES))


def sync_folder(path: str | os.PathLike[str]) -> None:
    """Make renames in a folder durable, where the system knows how. Raises MediumGone."""
    if sys.platform != "win32":
        with suppress(OSError), closing(FileMedium.open(path)) as folder:
            folder.sync()


def rename_new(src: str | os.PathLike[str], dst: str | os.PathLike[str]) -> None:
    """Rename, never over an existing file (AlreadyThere), and sync the folders; Windows wants `src` closed.

    FAT cannot do it in one step, so this looks first: only the holder of the write lock may call it.
    """
    if os.path.lexists(dst):
        raise AlreadyThere
    with _translated(True, lambda: _folder_gone(dst)):
        os.rename(src, dst)
    for folder in {Path(src).absolute().parent, Path(dst).absolute().parent}:
        sync_folder(folder)


class MemoryMedium:
    """A file that is in memory already, as a Medium."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)

    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return bytes(self.data[offset : offset + length])

    def write(self, offset: int, data: bytes | memoryview) -> None:
        raw = bytes(data)
        self.data += bytes(max(0, offset - len(self.data)) if raw else 0)
        self.data[offset : offset + len(raw)] = raw

    def sync(self) -> None: ...
    def forget(self, offset: int, length: int) -> None: ...
    def close(self) -> None: ...
