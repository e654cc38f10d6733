"""Attacks by way of other files on the key (findings 16 and 17 of the design review)."""

import os
from pathlib import Path

import pytest

from baladeur.container.change import Change
from baladeur.container.container import Container
from baladeur.container.layout import LOG
from baladeur.container.medium import FileMedium, MemoryMedium
from baladeur.container.place import NAME, NEW, OLD, compact_at, open_at
from baladeur.errors import BaladeurError
from tests.container.attack_forge import HOLDER, OTHER, holder, line, names, new_record, one, signed_record


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key with a record."""
    folder = tmp_path / "key"
    folder.mkdir()
    (folder / NAME).write_bytes(signed_record().data)
    return folder


def test_compaction_leaves_no_key_in_freed_clusters(key: Path) -> None:
    """Finding 16: FAT frees the old file's clusters as they are. Verdict: its four zones are overwritten first."""
    before = (key / NAME).read_bytes()
    os.link(key / NAME, key.parent / "freed clusters")
    compact_at(key, HOLDER, holder(6))
    freed = (key.parent / "freed clusters").read_bytes()
    assert len(freed) == len(before)
    assert not [at for at in range(0, LOG, 4096) if freed[at : at + 4096] == before[at : at + 4096]]
    assert not any((key / name).exists() for name in (OLD, NEW))
    with pytest.raises(BaladeurError):
        Container.open(MemoryMedium(freed), HOLDER)
    with open_at(key, HOLDER) as c:
        assert names(c) == []


def test_old_left_by_a_power_loss(key: Path) -> None:
    """Finding 16: OLD still holds what was erased. Verdict: the longer history is shown, OLD is wiped and removed."""
    old = (key / NAME).read_bytes()
    with open_at(key, HOLDER, write=True) as c:
        id_ = one(c, "allergy")
        c.commit(Change(erase=[id_]), holder(6))
    (key / OLD).write_bytes(old)
    with open_at(key, HOLDER) as c:
        assert id_ not in [e.id for e in c.entries()]
    assert (key / OLD).exists(), "reading removed a file"
    os.link(key / OLD, key.parent / "freed clusters")
    open_at(key, HOLDER, write=True).close()
    assert not (key / OLD).exists()
    freed = (key.parent / "freed clusters").read_bytes()
    assert not [at for at in range(0, LOG, 4096) if freed[at : at + 4096] == old[at : at + 4096]]


@pytest.mark.parametrize("name", [NEW, OLD])
def test_fork_is_shown_and_kept(key: Path, name: str) -> None:
    """Finding 17: the record went on in two files. Verdict: fork, both files stay byte for byte."""
    (key / name).write_bytes((key / NAME).read_bytes())
    for path, day in ((key / NAME, 6), (key / name, 7)):
        with Container.open(FileMedium.open(path, write=True), HOLDER, write=True) as c:
            c.commit(Change(declared=[line(f"day {day}")]), holder(day))
    before = (key / name).read_bytes()
    with open_at(key, HOLDER, write=True) as c:
        assert [f.detail for f in c.findings if f.name == "fork"] in ([name], [NAME])
    assert (key / name).read_bytes() == before


@pytest.mark.parametrize("name", [NEW, OLD])
@pytest.mark.parametrize("what", ["another record", "another secret", "a photograph"])
def test_foreign_file_under_our_names(key: Path, name: str, what: str) -> None:
    """Finding 17: a file that is not ours stands as NEW or OLD. Verdict: never merged, never deleted."""
    words = OTHER if what == "another secret" else HOLDER
    content = b"a photograph" if what == "a photograph" else bytes(new_record(emergency=False, words=words).data)
    (key / name).write_bytes(content)
    with open_at(key, HOLDER, write=True) as c:
        assert what == "another record" or len(c.entries()) == 4
    assert (key / name).read_bytes() == content
    assert len(Container.open(MemoryMedium((key / NAME).read_bytes()), HOLDER).entries()) == 4


def test_unreadable_file_is_not_deleted(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding 17: a loose contact makes the only newer file unreadable for a moment. Verdict: it is still there."""
    (key / NEW).write_bytes((key / NAME).read_bytes())
    with Container.open(FileMedium.open(key / NEW, write=True), HOLDER, write=True) as c:
        c.commit(Change(), holder(6))
    real = FileMedium.read

    def flaky(self: FileMedium, offset: int, length: int) -> bytes:
        found = real(self, offset, length)
        return bytes(len(found)) if self.path.name == NEW else found

    monkeypatch.setattr(FileMedium, "read", flaky)  # a sector that does not answer is read as zeros
    open_at(key, HOLDER, write=True).close()
    assert (key / NEW).exists()
