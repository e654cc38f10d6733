"""Real files in real folders: the three names, several records on one key, copies, and the search for lost files."""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from baladeur.container import place
from baladeur.container.change import Change, NewItem
from baladeur.container.container import Container
from baladeur.container.layout import BLOCK, LOG, ZONE, ZONES, Copy, judge
from baladeur.container.medium import TIMES, FileMedium, MemoryMedium
from baladeur.container.place import (
    NAME,
    NEW,
    OLD,
    SCRATCH,
    Candidate,
    Comparison,
    Relation,
    assess,
    compact_at,
    compare,
    copy_to,
    create_at,
    folders,
    open_at,
    recover,
)
from baladeur.container.secret import Secret
from baladeur.container.suite import MIB
from baladeur.errors import (
    AlreadyThere,
    ContainerError,
    HeaderDamaged,
    MediumGone,
    NotAContainer,
    NotVerified,
    SecondWriter,
    WriteRefused,
    WrongSecret,
)
from tests.container.crash_model import HOLDER, PROFESSIONAL, cheap_keys, code, noise

__all__ = ["cheap_keys"]

SECRET = code(1)
FOUR_HEADERS = range(0, ZONES * ZONE, ZONE)


def tray(*titles: str) -> Change:
    """Items whose content is their title."""
    return Change(add=[NewItem("tray", title, title.encode()) for title in titles])


FIRST = Change(add=[NewItem("identity", "Zoé Löwe", b"{}"), NewItem("tray", "first", b"first")])


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In every test here: no rename meets an existing file, and no file that a secret opens is removed unwiped."""
    rename, unlink = os.rename, os.unlink

    def checked_rename(src: Any, dst: Any) -> None:
        assert not os.path.lexists(dst), f"{src} was renamed over {dst}"
        rename(src, dst)

    def checked_unlink(path: Any, **more: Any) -> None:
        data = Path(path).read_bytes()
        assert all(judge(data[at : at + BLOCK]) is not Copy.INTACT for at in FOUR_HEADERS), f"{path} was not wiped"
        unlink(path, **more)

    def forbidden(*_: object) -> None:
        pytest.fail("os.replace writes over an existing file")

    monkeypatch.setattr(os, "rename", checked_rename)
    monkeypatch.setattr(os, "unlink", checked_unlink)
    monkeypatch.setattr(os, "replace", forbidden)
    monkeypatch.setattr(os, "fsync", lambda fd: None)  # what is durable when is counted where it matters, below
    monkeypatch.setattr(FileMedium, "forget", lambda *_: None)
    yield
    monkeypatch.undo()


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One record at five points: three commits, the same compacted, and two that went separate ways."""
    folder = tmp_path_factory.mktemp("stages")
    found: dict[str, bytes] = {}

    def keep(name: str) -> None:
        found[name] = (folder / NAME).read_bytes()

    create_at(folder, {3: SECRET}, FIRST, HOLDER)
    keep("first")
    with open_at(folder, SECRET, write=True) as c:
        c.commit(Change(add=[NewItem("allergy", "nuts", b"nuts")]), PROFESSIONAL)
        c.commit(tray("late"), HOLDER)
    keep("old")
    with open_at(folder, SECRET, write=True) as c:
        c.commit(tray("this way"), HOLDER)
    keep("one")
    (folder / NAME).write_bytes(found["old"])
    with open_at(folder, SECRET, write=True) as c:
        c.commit(tray("that way"), HOLDER)
        c.commit(tray("and on"), HOLDER)
    keep("other")
    (folder / NAME).write_bytes(found["old"])
    compact_at(folder, SECRET, HOLDER)
    keep("compacted")
    found["wiped"] = noise(LOG) + found["old"][LOG:]
    found["headless"] = noise(BLOCK) + found["compacted"][BLOCK:ZONE]
    found["torn"] = found["compacted"][:512] + noise(LOG)
    found["empty"] = b""
    found["note"] = b"not ours\n"
    return found


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files, with another time than the constant."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        os.utime(folder / name, (TIMES + 5, TIMES + 5))
    return folder


def listing(folder: Path) -> dict[str, tuple[int, float, int]]:
    """Every file below a folder: size, time and checksum."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        str(p.relative_to(folder)): (p.stat().st_size, p.stat().st_mtime, zlib.crc32(p.read_bytes())) for p in files
    }


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def same(path: Path, data: bytes) -> bool:
    """Without twenty megabytes in the report if not."""
    return path.read_bytes() == data


def contents(container: Container) -> dict[str, bytes]:
    """Title → content of every live entry, each of them read."""
    return {str(e.meta["title"]): container.read(e.id) for e in container.entries()}


def head(data: bytes) -> bytes:
    """The head of a file in memory."""
    return Container.open(MemoryMedium(data), SECRET).head


OF_OLD = {"Zoé Löwe": b"{}", "first": b"first", "nuts": b"nuts", "late": b"late"}


def test_what_is_created_is_found_by_file_and_by_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file of the standard name, size and time, with real syncs; a file of another name opens too."""
    monkeypatch.undo()
    create_at(tmp_path, {3: SECRET, 4: code(2)}, FIRST, HOLDER, demo=True)
    assert names(tmp_path) == [NAME]
    info = (tmp_path / NAME).stat()
    assert (info.st_size, info.st_mtime, info.st_atime) == (20 * MIB, TIMES, TIMES)
    shutil.copyfile(tmp_path / NAME, tmp_path / "photo.jpg")
    for path in (tmp_path, tmp_path / NAME, tmp_path / OLD, tmp_path / "photo.jpg"):
        for secret in (SECRET, code(2)):
            with open_at(path, secret) as c:
                assert contents(c) == {"Zoé Löwe": b"{}", "first": b"first"}
                assert (c.demo, c.findings, c.number, c.medium.size()) == (True, (), 0, 20 * MIB)


@pytest.mark.parametrize("name", [NAME, OLD])
def test_nothing_is_created_where_a_record_is(tmp_path: Path, stages: dict[str, bytes], name: str) -> None:
    """Whatever state the folder is in, and whoever's the file is."""
    put(tmp_path, {name: stages["old"]})
    before = listing(tmp_path)
    with pytest.raises(AlreadyThere):
        create_at(tmp_path, {3: code(9)}, FIRST, HOLDER)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("junk", ["headless", "empty", "torn", "note", "first"])
def test_an_unfinished_creation_is_started_again(tmp_path: Path, stages: dict[str, bytes], junk: str) -> None:
    """What has the scratch name was never checked, or is on its way out: no record, and no obstacle."""
    put(tmp_path, {SCRATCH: stages[junk]})
    for write in (False, True):
        with pytest.raises(NotAContainer):
            open_at(tmp_path, SECRET, write=write)
    create_at(tmp_path, {3: SECRET}, FIRST, HOLDER)
    assert names(tmp_path) == [NAME]
    with open_at(tmp_path, SECRET) as c:
        assert contents(c) == {"Zoé Löwe": b"{}", "first": b"first"}


def test_a_finished_creation_is_not_written_over(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """A NEW may be all that somebody has, even one that does not open."""
    for stage in ("torn", "first"):
        put(tmp_path, {NEW: stages[stage]})
        with pytest.raises(AlreadyThere):
            create_at(tmp_path, {3: code(9)}, FIRST, HOLDER)
        assert same(tmp_path / NEW, stages[stage])
    with open_at(tmp_path, SECRET, write=True) as c:
        assert contents(c) == {"Zoé Löwe": b"{}", "first": b"first"}
    assert names(tmp_path) == [NAME]


def test_a_creation_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    """Two identities: an error, and an empty folder as before."""
    twice = Change(add=[NewItem("identity", "a", b""), NewItem("identity", "b", b"")])
    with pytest.raises(WriteRefused):
        create_at(tmp_path, {3: SECRET}, twice, HOLDER)
    assert names(tmp_path) == []


def test_nothing_there(tmp_path: Path) -> None:
    """A missing path, an empty folder, a folder of other things: all the same error, and nothing is made."""
    (tmp_path / "empty").mkdir()
    put(tmp_path / "other", {"letter.txt": b"Dear"})
    for write in (False, True):
        for path in ("empty", "other", "other/letter.txt", "missing", "missing/" + NAME, "empty/" + NAME):
            with pytest.raises(NotAContainer):
                open_at(tmp_path / path, SECRET, write=write)
    assert names(tmp_path / "empty") == []
    assert folders(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        create_at(tmp_path / "missing", {3: SECRET}, FIRST, HOLDER)


STATES: list[tuple[dict[str, str], str]] = [
    # creation
    ({NEW: "first"}, "first"),
    # compaction, step by step
    ({NAME: "old", SCRATCH: "empty"}, "old"),
    ({NAME: "old", SCRATCH: "headless"}, "old"),
    ({NAME: "old", SCRATCH: "compacted"}, "old"),
    ({NAME: "old", NEW: "compacted"}, "compacted"),
    ({OLD: "old", NEW: "compacted"}, "compacted"),
    ({OLD: "old", NAME: "compacted"}, "compacted"),
    ({SCRATCH: "old", NAME: "compacted"}, "compacted"),
    ({SCRATCH: "wiped", NAME: "compacted"}, "compacted"),
    # the same with what an earlier loss left, or what somebody put there
    ({OLD: "old"}, "old"),
    ({OLD: "old", SCRATCH: "headless"}, "old"),
    ({SCRATCH: "wiped", NAME: "old", NEW: "compacted"}, "compacted"),
    ({OLD: "first", NAME: "old", NEW: "compacted"}, "compacted"),
    ({NAME: "first", OLD: "old"}, "old"),
    ({NAME: "old", NEW: "first"}, "old"),
    ({NAME: "old", NEW: "old"}, "old"),
]


@pytest.mark.parametrize(("files", "best"), STATES, ids=lambda v: "-".join(v.values()) if isinstance(v, dict) else v)
def test_every_state_of_the_three_names(
    tmp_path: Path, stages: dict[str, bytes], files: dict[str, str], best: str
) -> None:
    """Reading shows the longest history and changes nothing; a write session brings it to its name and tidies up."""
    put(tmp_path, {name: stages[stage] for name, stage in files.items()})
    before = listing(tmp_path)
    with open_at(tmp_path, SECRET) as c:
        assert c.head == head(stages[best])
        assert not c.blocked
        shown = contents(c)
        assert shown == ({"Zoé Löwe": b"{}", "first": b"first"} if best == "first" else OF_OLD)
    assert listing(tmp_path) == before
    with open_at(tmp_path, SECRET, write=True) as c:
        assert c.findings == ()
        assert contents(c) == shown
        c.commit(tray("more"), HOLDER)
    assert names(tmp_path) == [NAME]
    assert (tmp_path / NAME).stat().st_mtime == TIMES
    with open_at(tmp_path, SECRET) as c:
        assert contents(c) == {**shown, "more": b"more"}
        assert {v.result for v in c.replay()[0]} == {"ok"}


def test_one_write_session_tidies_all(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Also where OLD is the longest and both others are contained in it."""
    put(tmp_path, {NAME: stages["first"], OLD: stages["compacted"], NEW: stages["old"]})
    open_at(tmp_path, SECRET, write=True).close()
    assert names(tmp_path) == [NAME]


@pytest.mark.parametrize("second", [NEW, OLD])
def test_a_fork_is_shown_and_left_alone(tmp_path: Path, stages: dict[str, bytes], second: str) -> None:
    """Two files that went separate ways: the longer is opened, the other named, neither removed."""
    put(tmp_path, {NAME: stages["one"], second: stages["other"]})
    before = listing(tmp_path)
    with open_at(tmp_path, SECRET) as c:
        assert [f for f in c.findings if f.name == "fork"] == [("fork", NAME)]
        assert "and on" in contents(c)
    with open_at(tmp_path, SECRET, write=True) as c:
        assert [f.name for f in c.findings] == ["fork"]
    with pytest.raises(AlreadyThere):
        compact_at(tmp_path, SECRET, HOLDER)
    assert {n: (s, h) for n, (s, _, h) in listing(tmp_path).items()} == {n: (s, h) for n, (s, _, h) in before.items()}
    (tmp_path / NAME).rename(tmp_path / "apart")
    with open_at(tmp_path, SECRET, write=True) as c:
        assert c.findings == ()


def test_a_damaged_file_does_not_get_a_sound_one_wiped(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """The longest history opens only by rescue: nothing is renamed or removed before the user agreed."""
    spoilt = bytearray(stages["compacted"])
    for zone in range(3):
        spoilt[zone * ZONE + MIB : zone * ZONE + MIB + 4096] = bytes(4096)
    spoilt[LOG + 256 : LOG + 2000] = bytes(1744)
    put(tmp_path, {NAME: stages["old"], NEW: bytes(spoilt)})
    with suppress(ContainerError):
        open_at(tmp_path, SECRET, write=True).close()
    assert NEW in names(tmp_path)
    assert same(tmp_path / NAME, stages["old"])
    os.rename(tmp_path / NEW, tmp_path / "spoilt")
    with open_at(tmp_path, SECRET) as c:
        assert contents(c) == OF_OLD


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """DMB and OLD that the secret does not open stay; ours is used under the name that it has."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    create_at(theirs, {3: code(9)}, FIRST, HOLDER)
    foreign = (theirs / NAME).read_bytes()
    folder = put(tmp_path / "key", {NAME: foreign, OLD: foreign, NEW: stages["old"]})
    with open_at(folder, SECRET, write=True) as c:
        assert contents(c) == OF_OLD
        c.commit(tray("more"), HOLDER)
    assert names(folder) == [NAME, NEW, OLD]
    assert same(folder / NAME, foreign)
    assert same(folder / OLD, foreign)
    with pytest.raises(AlreadyThere):
        compact_at(folder, SECRET, HOLDER)
    with pytest.raises(WrongSecret):
        open_at(folder, code(8))


@pytest.mark.parametrize("name", [NEW, OLD])
def test_a_file_that_nothing_opens_is_left_alone(tmp_path: Path, stages: dict[str, bytes], name: str) -> None:
    """It may be somebody's, or be mended one day; the record beside it is read and written, but not compacted."""
    put(tmp_path, {NAME: stages["old"], name: stages["torn"]})
    with open_at(tmp_path, SECRET, write=True) as c:
        assert contents(c) == OF_OLD
        c.commit(tray("more"), HOLDER)
    with pytest.raises(AlreadyThere):
        compact_at(tmp_path, SECRET, HOLDER)
    assert names(tmp_path) == sorted([NAME, name])
    assert same(tmp_path / name, stages["torn"])


def test_a_scratch_file_in_use_ends_no_lock(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Somebody is still writing it: no write session, no removal, and no lock left behind."""
    put(tmp_path, {NAME: stages["old"], SCRATCH: stages["headless"]})
    held = FileMedium.open(tmp_path / SCRATCH, write=True)
    with pytest.raises(SecondWriter):
        open_at(tmp_path, SECRET, write=True)
    assert names(tmp_path) == [NAME, SCRATCH]
    held.close()
    open_at(tmp_path, SECRET, write=True).close()
    assert names(tmp_path) == [NAME]


def test_the_secret_finds_its_record_among_several(tmp_path: Path) -> None:
    """Three records on one key: each secret opens its own, and nothing in clear tells whose is whose."""
    for n in (1, 2, 3):
        folder = tmp_path / place.MANY / f"0{n}"
        folder.mkdir(parents=True)
        create_at(folder, {3: code(n)}, Change(add=[NewItem("identity", f"person {n}", b"x" * n * 900)]), HOLDER)
        with open_at(folder, code(n), write=True) as c:
            for _ in range(n):
                c.commit(tray("t"), HOLDER)
    for n in (1, 2, 3):
        with open_at(tmp_path, code(n)) as c:
            assert c.number == n
            assert f"person {n}" in contents(c)
        with open_at(tmp_path, code(n), write=True) as c:
            c.commit(tray("more"), HOLDER)
    with pytest.raises(WrongSecret):
        open_at(tmp_path, code(4))
    paths = [f / NAME for f in folders(tmp_path)]
    assert [p.parent.name for p in paths] == ["01", "02", "03"]
    clear = {(p.name, p.stat().st_size, p.stat().st_mtime, p.stat().st_mode, *_clear(p.read_bytes())) for p in paths}
    assert len(clear) == 1


def _clear(data: bytes) -> tuple[bytes, ...]:
    """The public bytes of a header that are not random: neither id, slots nor sums; the generation is 1 for all."""
    return data[:24], data[40:512], data[2560:4032]


def test_a_key_with_several_is_compacted_and_copied_where_the_record_is(
    tmp_path: Path, stages: dict[str, bytes]
) -> None:
    """Nothing appears in the root of the key, and a record in the root has nothing to do with those in the folders."""
    one, two = (put(tmp_path / "key" / place.MANY / n, {NAME: stages["old"]}) for n in ("01", "02"))
    (two / NAME).write_bytes(b"broken")
    compact_at(tmp_path / "key", SECRET, HOLDER)
    assert names(tmp_path / "key") == [place.MANY]
    assert names(one) == [NAME]
    with open_at(one, SECRET) as c:
        assert c.head != head(stages["old"])
    copy_to(tmp_path / "key", tmp_path / "key", SECRET)
    assert names(tmp_path / "key") == [NAME, place.MANY]


def test_a_broken_record_is_said_rather_than_a_wrong_secret(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Of several problems on one key the one that explains more is raised."""
    put(tmp_path / place.MANY / "01", {NAME: stages["old"]})
    put(tmp_path / place.MANY / "02", {NAME: stages["torn"], OLD: stages["torn"]})
    with pytest.raises(HeaderDamaged):
        open_at(tmp_path, code(7))


class PowerCut(BaseException):
    """Nothing after this happens; no handler may take it for an error to be mended."""


class Power:
    """Counts renames, removals and syncs, and cuts before one of them. What was not synced may be lost."""

    def __init__(self, patch: pytest.MonkeyPatch, after: int, lose: bool) -> None:
        self.left, self.lose, self.ops, self.off = after, lose, list[str](), False
        self.undo: dict[str, list[tuple[int, bytes, int]]] = {}
        for name in ("rename", "unlink", "fsync"):
            patch.setattr(os, name, self._wrap(name, getattr(os, name)))
        write = FileMedium.write

        def journalled(medium: FileMedium, offset: int, data: bytes | memoryview) -> None:
            self._alive()
            if lose:
                entry = (offset, medium.read(offset, len(data)), medium.size())
                self.undo.setdefault(f"/proc/self/fd/{medium._fd}", []).append(entry)
            write(medium, offset, data)

        patch.setattr(FileMedium, "write", journalled)

    def _alive(self) -> None:
        if self.off:
            raise PowerCut

    def _wrap(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def run(*args: Any, **more: Any) -> None:
            self._alive()
            if not self.left:
                self._cut()
            self.left -= 1
            self.ops.append(name)
            if name == "fsync":
                self.undo.pop(f"/proc/self/fd/{args[0]}", None)
            real(*args, **more)

        return run

    def _cut(self) -> None:
        self.off = True
        for path, entries in self.undo.items():
            with open(path, "r+b") as file:
                for offset, before, size in reversed(entries):
                    file.seek(offset)
                    file.write(before)
                    file.truncate(size)
        raise PowerCut


def survive(
    folder: Path, command: Callable[[], object], lose: bool, reset: Callable[[], object], judged: Callable[[], object]
) -> list[str]:
    """Run a command again and again, cut before its first, second, … file operation; judge what each cut leaves."""
    for after in range(100):
        reset()
        with pytest.MonkeyPatch.context() as patch:
            power = Power(patch, after, lose)
            try:
                command()
            except PowerCut:
                pass
            else:
                return power.ops
            finally:
                power.off = True
                let_go(folder)
        judged()
    raise AssertionError("a command of more than a hundred operations")


def let_go(folder: Path) -> None:
    """The process is gone with the power: so are its locks."""
    for fd in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            if os.readlink(f"/proc/self/fd/{fd}").startswith(str(folder)):
                os.close(int(fd))


def emptied(folder: Path) -> None:
    """Begin again, whatever lies there."""
    for path in folder.iterdir():
        path.write_bytes(b"")
        path.unlink()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="takes back lost writes by way of /proc")
@pytest.mark.parametrize("lose", [False, True], ids=["written", "lost"])
def test_power_loss_while_compacting(tmp_path: Path, stages: dict[str, bytes], lose: bool) -> None:
    """Cut before any rename, removal or sync: every entry is there for the reader and for the next write session."""

    def judged() -> None:
        with open_at(tmp_path, SECRET) as c:
            assert contents(c) == OF_OLD
            assert not c.findings
        with open_at(tmp_path, SECRET, write=True) as c:
            assert contents(c) == OF_OLD
            assert not c.findings
        assert names(tmp_path) == [NAME]

    def reset() -> None:
        emptied(tmp_path)
        put(tmp_path, {NAME: stages["old"]})

    ops = survive(tmp_path, lambda: compact_at(tmp_path, SECRET, HOLDER), lose, reset, judged)
    assert (ops.count("rename"), ops.count("unlink")) == (4, 1)
    assert ops[ops.index("rename") + 1] == "fsync"
    assert names(tmp_path) == [NAME]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="takes back lost writes by way of /proc")
def test_power_loss_while_creating(tmp_path: Path) -> None:
    """Either nothing opens and creation is started again, or the whole record is there."""

    def judged() -> None:
        try:
            with open_at(tmp_path, SECRET, write=True) as c:
                assert contents(c) == {"Zoé Löwe": b"{}", "first": b"first"}
        except NotAContainer:
            create_at(tmp_path, {3: SECRET}, FIRST, HOLDER)
        assert names(tmp_path) == [NAME]

    ops = survive(
        tmp_path, lambda: create_at(tmp_path, {3: SECRET}, FIRST, HOLDER), True, lambda: emptied(tmp_path), judged
    )
    assert (ops.count("rename"), ops.count("unlink")) == (2, 0)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="takes back lost writes by way of /proc")
def test_power_loss_while_replacing_an_older_copy(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """The old copy or the new one opens whole, and copying again ends well."""
    source, target = put(tmp_path / "a", {NAME: stages["one"]}), tmp_path / "b"
    target.mkdir()
    heads = {head(stages["first"]), head(stages["one"])}

    def reset() -> None:
        emptied(target)
        put(target, {NAME: stages["first"]})

    def judged() -> None:
        with open_at(target, SECRET) as c:
            assert c.head in heads
            assert not c.findings
            contents(c)
        copy_to(source, target, SECRET)
        assert names(target) == [NAME]
        with open_at(target, SECRET) as c:
            assert c.head == head(stages["one"])

    survive(target, lambda: copy_to(source, target, SECRET), False, reset, judged)
    assert same(source / NAME, stages["one"])


def test_a_superseded_file_is_wiped_before_it_goes(
    tmp_path: Path, stages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its removal no 4 KiB of its four zones are what they were, and they were synced."""
    put(tmp_path, {NAME: stages["old"]})
    done: list[str] = []
    seen: list[bytes] = []
    unlink = os.unlink
    monkeypatch.setattr(os, "fsync", lambda fd: done.append("fsync"))
    monkeypatch.setattr(
        os, "unlink", lambda path: (seen.append(Path(path).read_bytes()), done.append("unlink"), unlink(path))
    )
    compact_at(tmp_path, SECRET, HOLDER)
    (gone,) = seen
    old = stages["old"]
    assert len(gone) == len(old)
    assert not any(gone[at : at + BLOCK] == old[at : at + BLOCK] for at in range(0, LOG, BLOCK))
    assert done[done.index("unlink") - 1] == "fsync"


@pytest.mark.parametrize("command", ["commit", "compact", "copy", "secret", "read"])
def test_times_are_constant_after_each_command(tmp_path: Path, stages: dict[str, bytes], command: str) -> None:
    """The file must not tell when its holder saw a doctor; a reader touches neither time nor bytes."""
    put(tmp_path / "a", {NAME: stages["old"]})
    path = tmp_path / "a" / NAME
    before = listing(tmp_path)
    if command == "commit":
        with open_at(path, SECRET, write=True) as c:
            c.commit(tray("x"), HOLDER)
    elif command == "secret":
        with open_at(path, SECRET, write=True) as c:
            c.change_secret(4, code(2), HOLDER)
    elif command == "compact":
        compact_at(path, SECRET, HOLDER)
    elif command == "copy":
        (tmp_path / "b").mkdir()
        copy_to(path, tmp_path / "b", SECRET)
        path = tmp_path / "b" / NAME
    else:
        with open_at(path, SECRET) as c:
            contents(c)
            c.replay()
            with pytest.raises(WriteRefused):
                c.commit(tray("x"), HOLDER)
        assert listing(tmp_path) == before
        return
    assert path.stat().st_mtime == TIMES
    assert names(path.parent) == [NAME]


def test_one_writer_many_readers(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """A second write session is refused; a reader sees the last finished commit while the first goes on."""
    put(tmp_path, {NAME: stages["old"]})
    with open_at(tmp_path, SECRET, write=True) as writer:
        for command in (
            lambda: open_at(tmp_path, SECRET, write=True),
            lambda: compact_at(tmp_path, SECRET, HOLDER),
        ):
            with pytest.raises(SecondWriter):
                command()
        with open_at(tmp_path, SECRET) as reader:
            assert contents(reader) == OF_OLD
            writer.commit(tray("x"), HOLDER)
            assert contents(reader) == OF_OLD
        with open_at(tmp_path, SECRET) as reader:
            assert reader.head == writer.head
    open_at(tmp_path, SECRET, write=True).close()


def test_a_second_writer_is_met_before_a_rename(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """While another program compacts, a write session changes no name."""
    put(tmp_path, {NAME: stages["old"], NEW: stages["compacted"]})
    for name in (NAME, NEW):
        held = FileMedium.open(tmp_path / name, write=True)
        with pytest.raises(SecondWriter):
            open_at(tmp_path, SECRET, write=True)
        assert names(tmp_path) == [NAME, NEW]
        held.close()


@pytest.mark.parametrize("change", ["add", "erase"])
def test_a_key_that_is_pulled_while_writing(
    tmp_path: Path, stages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """After any number of writes the file opens at the old or at the new state, and a write session goes on."""
    put(tmp_path, {NAME: stages["old"]})
    write, left = FileMedium.write, [0]

    def pulled(medium: FileMedium, offset: int, data: bytes | memoryview) -> None:
        if not left[0]:
            raise MediumGone
        left[0] -= 1
        write(medium, offset, data)

    results = set()
    for count in range(60):
        (tmp_path / NAME).write_bytes(stages["old"])
        with monkeypatch.context() as patch:
            patch.setattr(FileMedium, "write", pulled)
            left[0] = 1 << 30
            with open_at(tmp_path, SECRET, write=True) as c:
                gone = next(e.id for e in c.entries() if e.meta["title"] == "late")
                left[0] = count
                try:
                    c.commit(tray("x") if change == "add" else Change(erase=[gone]), HOLDER)
                    finished = True
                except MediumGone:
                    finished = False
        with open_at(tmp_path, SECRET) as c:
            shown = set(contents(c))
            assert c.blocked == []
        new = set(OF_OLD) | {"x"} if change == "add" else set(OF_OLD) - {"late"}
        assert shown == new or (shown == set(OF_OLD) and not finished)
        results.add(shown == new)
        with open_at(tmp_path, SECRET, write=True) as c:
            assert set(contents(c)) == shown
            c.commit(tray("y"), HOLDER)
        if finished:
            break
    assert results == {False, True}
    assert left[0] >= 0


def test_a_copy_is_the_same_bytes_and_says_how_far_it_is(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Progress rises to the size; the copy opens and is verified; copying again changes nothing that matters."""
    put(tmp_path / "a", {NAME: stages["old"]})
    (tmp_path / "b").mkdir()
    seen: list[tuple[int, int]] = []
    copy_to(tmp_path / "a", tmp_path / "b", SECRET, lambda at, size: seen.append((at, size)))
    assert same(tmp_path / "b" / NAME, stages["old"])
    assert seen == sorted(seen)
    assert seen[-1] == (len(stages["old"]),) * 2
    copy_to(tmp_path / "a" / NAME, tmp_path / "b", SECRET)
    assert same(tmp_path / "b" / NAME, stages["old"])
    assert names(tmp_path / "b") == [NAME]


@pytest.mark.parametrize(
    ("there", "source"),
    [
        ({NAME: "one"}, "old"),
        ({NAME: "one"}, "other"),
        ({NAME: "torn"}, "old"),
        ({NAME: "one", OLD: "other"}, "one"),
        ({NAME: "first", OLD: "wiped"}, "one"),
        ({NAME: "foreign"}, "old"),
        ({NEW: "foreign"}, "old"),
        ({NAME: "note", NEW: "one"}, "one"),
    ],
    ids=str,
)
def test_a_copy_replaces_nothing_but_an_older_copy(
    tmp_path: Path, stages: dict[str, bytes], there: dict[str, str], source: str
) -> None:
    """Newer, diverged, damaged, foreign, forked: left alone, and nothing is left behind."""
    (tmp_path / "c").mkdir()
    create_at(tmp_path / "c", {3: code(9)}, FIRST, HOLDER)
    known = {**stages, "foreign": (tmp_path / "c" / NAME).read_bytes()}
    put(tmp_path / "a", {NAME: known[source]})
    put(tmp_path / "b", {name: known[stage] for name, stage in there.items()})
    with pytest.raises(AlreadyThere):
        copy_to(tmp_path / "a", tmp_path / "b", SECRET)
    left = {name: crc for name, (_, _, crc) in listing(tmp_path / "b").items()}
    assert left == {name: zlib.crc32(known[stage]) for name, stage in there.items()}


@pytest.mark.parametrize(
    "there",
    [{}, {NAME: "old"}, {NAME: "first", SCRATCH: "old"}, {NAME: "first", OLD: "first"}, {OLD: "first"}, {NEW: "first"},
     {SCRATCH: "empty"}],
    ids=str,
)  # fmt: skip
def test_a_copy_replaces_an_older_copy_in_any_state(
    tmp_path: Path, stages: dict[str, bytes], there: dict[str, str]
) -> None:
    """Also after a copy or a compaction that was cut: the target ends with one file, the newest."""
    put(tmp_path / "a", {NAME: stages["one"]})
    put(tmp_path / "b", {name: stages[stage] for name, stage in there.items()})
    copy_to(tmp_path / "a", tmp_path / "b", SECRET)
    assert names(tmp_path / "b") == [NAME]
    assert same(tmp_path / "b" / NAME, stages["one"])
    assert same(tmp_path / "a" / NAME, stages["one"])


@pytest.mark.parametrize("command", ["copy", "compact", "create"])
@pytest.mark.parametrize("at", [LOG + 300, 0, ZONE + 70_000])
def test_a_key_that_lies_is_refused(
    tmp_path: Path, stages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, command: str, at: int
) -> None:
    """What is read back is not what was written: an error, the file that was there stays, nothing else does."""
    write = FileMedium.write

    def lying(medium: FileMedium, offset: int, data: bytes | memoryview) -> None:
        raw = bytearray(data)
        if medium.path.name == SCRATCH and offset <= at < offset + len(raw):
            raw[at - offset] ^= 1
        write(medium, offset, bytes(raw))

    put(tmp_path / "a", {NAME: stages["old"]})
    put(tmp_path / "b", {NAME: stages["first"]} if command == "copy" else {})
    before = listing(tmp_path)
    monkeypatch.setattr(FileMedium, "write", lying)
    commands: dict[str, Callable[[], None]] = {
        "copy": lambda: copy_to(tmp_path / "a", tmp_path / "b", SECRET),
        "compact": lambda: compact_at(tmp_path / "a", SECRET, HOLDER),
        "create": lambda: create_at(tmp_path / "b", {3: SECRET}, FIRST, HOLDER),
    }
    with pytest.raises(NotVerified):
        commands[command]()
    after = listing(tmp_path)
    assert {n: h for n, (_, _, h) in after.items()} == {n: h for n, (_, _, h) in before.items()}


def test_a_copy_that_says_another_head_is_refused(
    tmp_path: Path, stages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last look is the same look as a user's: the copy is opened."""
    put(tmp_path / "a", {NAME: stages["old"]})
    (tmp_path / "b").mkdir()
    monkeypatch.setattr(place.Container, "open", classmethod(_open_with_new_head(Container.open)))
    with pytest.raises(NotVerified):
        copy_to(tmp_path / "a", tmp_path / "b", SECRET)
    assert names(tmp_path / "b") == []


def _open_with_new_head(real: Callable[..., Container]) -> Callable[..., Any]:
    def opened(cls: type[Container], medium: FileMedium, secret: Secret, write: bool = False) -> Any:
        return SimpleNamespace(head=b"other") if medium.path.name == SCRATCH else real(medium, secret, write)

    return opened


@pytest.mark.parametrize(
    ("a", "b", "relation", "common"),
    [
        ("old", "old", Relation.SAME, 2),
        ("first", "old", Relation.OLDER, 0),
        ("one", "old", Relation.NEWER, 2),
        ("compacted", "old", Relation.NEWER, 2),
        ("first", "compacted", Relation.OLDER, 0),
        ("one", "other", Relation.DIVERGED, 2),
        ("one", "compacted", Relation.DIVERGED, 2),
    ],
)
def test_two_files_are_compared_by_their_chains(
    tmp_path: Path, stages: dict[str, bytes], a: str, b: str, relation: Relation, common: int
) -> None:
    """Same, older, newer, diverged after which commit; the other way round the other way round."""
    back = {Relation.OLDER: Relation.NEWER, Relation.NEWER: Relation.OLDER}
    put(tmp_path, {"a": stages[a], "b": stages[b]})
    with open_at(tmp_path / "a", SECRET) as one, open_at(tmp_path / "b", SECRET) as two:
        assert compare(one, two) == Comparison(relation, common)
        assert compare(two, one) == Comparison(back.get(relation, relation), common)


def test_two_records_are_not_compared(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """The same secret and the same content do not make them one record."""
    create_at(tmp_path, {3: SECRET}, FIRST, HOLDER)
    put(tmp_path, {"b": stages["first"]})
    with open_at(tmp_path / NAME, SECRET) as one, open_at(tmp_path / "b", SECRET) as two:
        assert compare(one, two) == Comparison(Relation.UNRELATED, None)


def test_a_number_is_that_of_the_commit_also_after_a_gap(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """A commit that was given up leaves a gap in the numbers; what two files have in common is told with it."""
    spoilt = bytearray(stages["old"])
    put(tmp_path, {NAME: stages["old"]})
    with open_at(tmp_path, SECRET) as c:
        slot = (c.seq + 1) % ZONES
    at = slot * ZONE + 65536
    spoilt[at : at + BLOCK] = bytes(BLOCK)
    put(tmp_path, {NAME: bytes(spoilt)})
    with open_at(tmp_path, SECRET, write=True) as c:
        assert c.blocked == ["commit-may-be-missing"]
        c.agree()
        c.commit(tray("x"), HOLDER)
        assert c.number == 4
        assert compare(c, c) == Comparison(Relation.SAME, 4)


def test_lost_files_are_found_whatever_their_name(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """What file system checks leave, copies of another name, cut ones, and one whose start is lost."""
    put(tmp_path, {"FSCK0000.REC": stages["one"], "photo.jpg": stages["first"], "letter.txt": b"Dear", "void": b""})
    put(tmp_path / "FOUND.000", {"FILE0000.CHK": stages["old"], "FILE0001.CHK": stages["old"][: 2 * MIB]})
    put(tmp_path / "deep" / "er", {OLD: bytes(ZONE) + stages["compacted"][ZONE:], "cut": stages["old"][:100]})
    put(tmp_path, {"half.bin": stages["other"][: 9 * MIB], "wiped": stages["wiped"]})
    (tmp_path / "link").symlink_to(tmp_path / "photo.jpg")
    before = listing(tmp_path)
    found = list(recover(tmp_path))
    shown = {str(c.path.relative_to(tmp_path)): c for c in found}
    assert set(shown) == {
        "FSCK0000.REC", "photo.jpg", "FOUND.000/FILE0000.CHK", "FOUND.000/FILE0001.CHK", "deep/er/" + OLD,
        "deep/er/cut", "half.bin",
    }  # fmt: skip
    assert all((c.number, c.labels) == (None, ()) for c in found)
    best = assess(found, SECRET)
    assert {c.path.name for c in best} == {"FSCK0000.REC", "photo.jpg", "FILE0000.CHK", "FILE0001.CHK", OLD, "half.bin"}
    numbers = {c.path.name: c.number for c in best}
    assert {n: numbers[n] for n in ("FSCK0000.REC", "photo.jpg", "FILE0000.CHK", OLD)} == {
        "FSCK0000.REC": 3, "photo.jpg": 0, "FILE0000.CHK": 2, OLD: 3,
    }  # fmt: skip
    labels = {c.path.name: c.labels for c in best}
    assert labels["FSCK0000.REC"] == labels["photo.jpg"] == ()
    assert "header-copy-damaged" in labels[OLD]
    assert "rescued" in labels["FILE0001.CHK"]
    ranks = [c.number for c in best if c.number is not None]
    assert ranks == sorted(ranks, reverse=True)
    assert assess(found, code(7)) == []
    assert listing(tmp_path) == before


def test_a_copy_from_before_an_erasure_is_labelled(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Whoever restores it would bring back what was erased on purpose."""
    put(tmp_path, {NAME: stages["old"], "before.bin": stages["old"], "long ago.bin": stages["first"]})
    with open_at(tmp_path / NAME, SECRET, write=True) as c:
        (late,) = (e.id for e in c.entries() if e.meta["title"] == "late")
        c.commit(Change(erase=[late]), HOLDER)
    labelled = {c.path.name: c.labels for c in assess(list(recover(tmp_path)), SECRET)}
    assert labelled == {NAME: (), "before.bin": ("before-erasure",), "long ago.bin": ()}


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts what /proc shows")
def test_the_search_leaves_no_file_open(tmp_path: Path, stages: dict[str, bytes]) -> None:
    """Neither those that open nor those that do not."""
    put(tmp_path, {"a": stages["old"], "b": stages["old"][:5000]})
    before = len(os.listdir("/proc/self/fd"))
    for secret in (SECRET, code(7)):
        assess(list(recover(tmp_path)), secret)
    with pytest.raises(WrongSecret):
        open_at(tmp_path / "a", code(7))
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_search_goes_on_after_a_file_that_may_not_be_read(
    tmp_path: Path, stages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """System folders of other computers; but a key that was pulled ends it."""
    put(tmp_path, {"a": b"secret", "b": stages["first"]})
    real = FileMedium.open

    def refused(path: Path, write: bool = False) -> FileMedium:
        if Path(path).name == "a":
            raise error
        return real(path, write)

    monkeypatch.setattr(FileMedium, "open", refused)
    error: Exception = PermissionError()
    assert list(recover(tmp_path)) == [Candidate(tmp_path / "b")]
    error = MediumGone()
    with pytest.raises(MediumGone):
        list(recover(tmp_path))
