"""The storage seam: real files, real locks, a real full and a real read-only file system; faked failing hardware."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.container import medium as module
from baladeur.container.medium import SECTOR, TIMES, FileMedium, Medium, MemoryMedium, rename_new, sync_folder
from baladeur.errors import AlreadyThere, MediumError, MediumFull, MediumGone, ReadOnlyMedium, SecondWriter

ROOT = Path(__file__).parents[2]
HEAD = """
import errno, os, sys
from baladeur.container.medium import FileMedium
from baladeur.errors import *
path = sys.argv[1]
def attempt(act):
    try: act()
    except Exception as error: print(type(error).__name__)
    else: print("fine")
"""


def run(code: str, path: Path, *wrapper: str) -> list[str]:
    """Run code in another process; return the words that it prints."""
    command = [*wrapper, sys.executable, "-c", HEAD + code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of 8 KiB and a bit, no two sectors alike."""
    file = tmp_path / "DOSSIER.DMB"
    file.write_bytes(b"".join(bytes([n]) * SECTOR for n in range(1, 17)) + b"end")
    return file


def failing(code: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return fail


offsets = st.integers(0, 3000)
steps = st.lists(
    st.one_of(
        st.tuples(offsets, st.binary(max_size=1500)),
        st.tuples(offsets, st.integers(0, 5000)),
    )
)


@given(steps)
def test_file_and_memory_agree(todo: list[tuple[int, bytes | int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = FileMedium.create(Path(folder, "f"))
        both: tuple[Medium, Medium] = (file, MemoryMedium())
        for offset, value in todo:
            if isinstance(value, bytes):
                for medium in both:
                    medium.write(offset, memoryview(value))
                    medium.sync()
                    medium.forget(offset, len(value))
            else:
                assert both[0].read(offset, value) == both[1].read(offset, value)
            assert both[0].size() == both[1].size()
        assert both[0].read(0, 9999) == both[1].read(0, 9999)
        for medium in (*both, *both):
            medium.close()


def test_memory_holds_a_copy() -> None:
    medium = MemoryMedium(b"abc")
    medium.write(1, memoryview(b"\x01\0\x02\0").cast("H"))
    assert medium.read(0, 9) == b"a\x01\0\x02\0"


def test_open_never_creates(tmp_path: Path) -> None:
    for missing in (tmp_path / "f", tmp_path / "no" / "f"):
        for write in (False, True):
            with pytest.raises(FileNotFoundError):
                FileMedium.open(missing, write)
    with pytest.raises(FileNotFoundError):
        FileMedium.create(tmp_path / "no" / "f")
    assert list(tmp_path.iterdir()) == []


def test_create(tmp_path: Path) -> None:
    with closing(FileMedium.create(tmp_path / "f")) as medium:
        medium.write(3, b"x")
        assert medium.read(0, 9) == b"\0\0\0x"
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) & 0o077 == 0
    with pytest.raises(AlreadyThere):
        FileMedium.create(tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == b"\0\0\0x"


def test_a_pointer_from_a_hostile_file_costs_nothing(path: Path) -> None:
    with closing(FileMedium.open(path)) as medium:
        assert medium.read(8000, 1 << 62) == path.read_bytes()[8000:]
        assert medium.read((1 << 64) - 1, 1 << 62) == b""


def test_without_pread(path: Path) -> None:
    code = """
del sys.modules["baladeur.container.medium"], os.pread, os.pwrite
from baladeur.container.medium import FileMedium
medium = FileMedium.open(path, True)
medium.write(8190, b"new")
print(medium.read(8189, 9).hex())
"""
    assert run(code, path) == [b"\x10newnd".hex()]


def test_one_writer_many_readers(path: Path) -> None:
    code = "attempt(lambda: FileMedium.open(path, True)); attempt(lambda: FileMedium.open(path).read(0, 9))"
    with closing(FileMedium.open(path, True)):
        assert run(code, path) == ["SecondWriter", "fine"]
        with pytest.raises(SecondWriter):
            FileMedium.open(path, True)
    with closing(FileMedium.open(path)):
        assert run(code, path) == ["fine", "fine"]


def test_the_lock_ends_with_its_writer(path: Path) -> None:
    run("medium = FileMedium.open(path, True); os._exit(0)", path)
    medium = FileMedium.open(path, True)
    inherited = os.dup(medium._fd)  # as a forked child would have it
    medium.close()
    FileMedium.open(path, True).close()
    os.close(inherited)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file has no second name there")
def test_times_are_constant(path: Path) -> None:
    os.utime(path, (5e8, 5e8))
    FileMedium.open(path).close()
    assert path.stat().st_mtime == 5e8
    medium = FileMedium.open(path, True)
    medium.write(0, b"x")
    medium.sync()
    rename_new(path, path.with_suffix(".OLD"))
    medium.close()
    medium.close()
    after = path.with_suffix(".OLD").stat()
    assert (after.st_mtime, after.st_atime) == (TIMES, TIMES)


def test_a_reader_does_not_write(path: Path) -> None:
    with closing(FileMedium.open(path)) as medium, pytest.raises(ReadOnlyMedium):
        medium.write(0, b"x")


def test_full_and_read_only_for_real(tmp_path: Path) -> None:
    """A file system of 64 KiB of our own, filled, then made read-only."""
    mount = ("unshare", "--map-root-user", "--mount", "sh", "-ec", 'mount -t tmpfs -o size=64k x "$0"; exec "$@"')
    try:
        subprocess.run([*mount, tmp_path, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets no test mount a file system")
    code = """
path += "/f"
medium = FileMedium.create(path)
medium.write(0, b"before")
attempt(lambda: medium.write(4096, bytes(1 << 20)))
print(medium.read(0, 6).decode())
medium.close()
os.system(f"mount -o remount,ro {sys.argv[1]}")
attempt(lambda: FileMedium.open(path, True))
attempt(lambda: FileMedium.create(path + "2"))
attempt(lambda: FileMedium.open(path))
"""
    assert run(code, tmp_path, *mount, str(tmp_path)) == [
        *("MediumFull", "before", "ReadOnlyMedium", "ReadOnlyMedium", "fine")
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_file_too_big(path: Path) -> None:
    code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
medium = FileMedium.open(path, True)
attempt(lambda: medium.write(0, bytes(16384)))
print(medium.size())
"""
    assert run(code, path) == ["MediumFull", "10000"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *[(name, ReadOnlyMedium) for name in ("EROFS", "EACCES", "EPERM")],
        *[(name, MediumFull) for name in ("ENOSPC", "EDQUOT", "EFBIG")],
        *[(name, MediumGone) for name in ("ENODEV", "ENXIO", "EIO", "ENOTCONN", "ECONNABORTED", "ESTALE", "EREMOTEIO")],
        ("EINVAL", OSError),
    ],
)
def test_errors_have_names(code: str, kind: type[MediumError], path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail = failing(getattr(errno, code, errno.EIO))
    with closing(FileMedium.open(path, True)) as medium, monkeypatch.context() as patch:
        patch.setattr(module, "_pwrite", fail)
        with pytest.raises(kind) as caught:
            medium.write(0, b"x")
        patch.setattr(os, "fsync", fail)
        with pytest.raises(kind):
            medium.sync()
        patch.setattr(os, "rename", fail)
        with pytest.raises(kind):
            rename_new(path, path.with_name("g"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fail)
        with pytest.raises(kind):
            FileMedium.open(path, True)
        with pytest.raises(MediumGone if kind is MediumGone else OSError):  # a reader has not met a write protection
            FileMedium.open(path)
    assert str(path) not in str(caught.value)


def test_short_writes_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = module._pwrite
    with closing(FileMedium.open(path, True)) as medium:
        monkeypatch.setattr(module, "_pwrite", lambda fd, data, at: real(fd, data[:7], at))
        medium.write(100, b"written seven by seven")
        assert medium.read(99, 24) == b"\x01written seven by seven\x01"
        monkeypatch.setattr(module, "_pwrite", lambda *_: 0)
        with pytest.raises(MediumFull):
            medium.write(0, b"x")


@given(st.sets(st.integers(0, 16)), st.integers(0, 9000), st.integers(0, 9000))
def test_bad_sectors_are_zeros(bad: set[int], offset: int, length: int) -> None:
    content = b"".join(bytes([n]) * SECTOR for n in range(1, 17)) + b"end"
    expected = bytearray(content)
    for sector in bad:
        rest = expected[sector * SECTOR : (sector + 1) * SECTOR]
        expected[sector * SECTOR : (sector + 1) * SECTOR] = bytes(len(rest))
    real = module._pread

    def pread(fd: int, count: int, at: int) -> bytes:
        if any(at < (sector + 1) * SECTOR and sector * SECTOR < at + count for sector in bad):
            raise OSError(errno.EIO, "bad sector")
        return real(fd, count, at)[:1500]  # short reads too

    with tempfile.NamedTemporaryFile() as file, pytest.MonkeyPatch.context() as patch:
        file.write(content)
        file.flush()
        patch.setattr(module, "_pread", pread)
        patch.setattr(module, "device_gone", lambda _: False)
        with closing(FileMedium.open(file.name)) as medium:
            assert medium.read(offset, length) == expected[offset : offset + length]


def test_a_pulled_key_is_no_bad_sector(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(FileMedium.open(path)) as medium:
        assert not medium.vanished()
        monkeypatch.setattr(module, "_pread", failing(errno.EIO))
        monkeypatch.setattr(module, "device_gone", lambda _: True)
        assert medium.vanished()
        with pytest.raises(MediumGone):
            medium.read(0, 1)
        monkeypatch.setattr(module, "_pread", failing(errno.EBADMSG if sys.platform != "win32" else errno.EINVAL))
        with pytest.raises(MediumGone):
            medium.read(0, 1)


def test_absent_because_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "device_gone", lambda _: True)
    for action in (FileMedium.open, FileMedium.create):
        with pytest.raises(MediumGone):
            action(tmp_path / "no" / "f")
    with pytest.raises(MediumGone):
        FileMedium.create(tmp_path / "f")
    with pytest.raises(MediumGone):
        rename_new(tmp_path / "a", tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's list of devices")
def test_list_of_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    def device(dev: tuple[int, int], rdev: tuple[int, int] | None = None) -> os.stat_result:
        mode = stat.S_IFBLK if rdev else stat.S_IFREG
        fake = SimpleNamespace(st_mode=mode, st_dev=os.makedev(*dev), st_rdev=os.makedev(*(rdev or (0, 0))))
        return fake  # type: ignore[return-value]

    for known, gone in ((["8:1"], False), (["8:10", "7:0"], True), ([], False)):
        monkeypatch.setattr(os, "listdir", lambda _, known=known: known)
        monkeypatch.setattr(os.path, "isdir", lambda _: True)
        assert module.device_gone(device((8, 1))) is gone
        assert module.device_gone(device((0, 6), (8, 1))) is gone
        assert not module.device_gone(device((0, 45)))
    monkeypatch.setattr(os.path, "isdir", lambda _: False)
    assert not module.device_gone(device((8, 1)))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's page cache")
def test_forget_drops_the_cache(path: Path) -> None:
    if os.major(path.stat().st_dev) == 0:
        pytest.skip("no disk below this folder")
    with closing(FileMedium.open(path, True)) as medium:
        medium.write(0, bytes(1 << 16))
        medium.sync()

        def cached() -> bool:
            try:
                return os.preadv(medium._fd, [bytearray(16)], 5000, os.RWF_NOWAIT) == 16
            except BlockingIOError:
                return False

        try:
            assert cached()
        except OSError:
            pytest.skip("this file system cannot tell")
        for _ in range(20):  # the system may hold a page for a moment while other programs write
            medium.forget(5000, 16)
            if not cached():
                break
            time.sleep(0.1)
        assert not cached()
        assert medium.read(5000, 16) == bytes(16)


def test_rename_never_replaces(path: Path) -> None:
    other = path.with_name("OTHER")
    other.write_bytes(b"other")
    with pytest.raises(AlreadyThere):
        rename_new(path, other)
    assert other.read_bytes() == b"other"
    other.unlink()
    if sys.platform != "win32":
        other.symlink_to("nowhere")
        with pytest.raises(AlreadyThere):
            rename_new(path, other)
        other.unlink()
    before = path.read_bytes()
    rename_new(path, other)
    assert (path.exists(), other.read_bytes()) == (False, before)
    with pytest.raises(FileNotFoundError):
        rename_new(path, path.with_name("THIRD"))


def test_sync_folder_tolerates_a_driver_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    sync_folder(tmp_path)
    if sys.platform != "win32":
        monkeypatch.setattr(os, "fsync", failing(errno.EIO))
        with pytest.raises(MediumGone):
            sync_folder(tmp_path)
