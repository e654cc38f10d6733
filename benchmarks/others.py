"""The programs that are measured beside: each builds the same record, opens it and takes up 1 KB more.

A program that is missing is skipped with a reason. Each gets its best case: age a key pair, so that it derives nothing;
SQLCipher a raw key; restic no cache, as on a computer that sees the key for the first time.
"""

import base64
import importlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOTE = b"n" * 1000
PASSWORD = "benchmark only"  # noqa: S105 - a password for files of random bytes


@dataclass(frozen=True, slots=True)
class Built:
    """One record in one program. `update` returns the bytes that reached the file system."""

    name: str
    open: Callable[[], object]
    update: Callable[[], int]
    note: str


Maker = Callable[[Path, Sequence[bytes]], list[Built]]


def available() -> tuple[dict[str, Maker], dict[str, str]]:
    """The programs that are here, and why others are not."""
    found: dict[str, Maker] = {}
    missing: dict[str, str] = {}
    for name, command, maker in (
        ("KeePassXC", "keepassxc-cli", keepassxc),
        ("restic", "restic", restic),
        ("age", "age", age),
    ):
        if shutil.which(command):
            found[name] = maker
        else:
            missing[name] = f"no {command} on PATH"
    try:
        importlib.import_module("sqlcipher3")
        found["SQLCipher"] = sqlcipher
    except ImportError:
        missing["SQLCipher"] = "no Python package sqlcipher3"
    return found, missing


def _run(command: Sequence[str], given: bytes = b"", folder: Path | None = None) -> bytes:
    """Run a program without a shell; its output. Raises CalledProcessError."""
    env = {**os.environ, "RESTIC_PASSWORD": PASSWORD}
    return subprocess.run(command, input=given, capture_output=True, check=True, cwd=folder, env=env).stdout  # noqa: S603


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    return {p: (s.st_size, s.st_mtime_ns) for p in folder.rglob("*") if p.is_file() and (s := p.stat())}


def age(folder: Path, documents: Sequence[bytes]) -> list[Built]:
    """One encrypted stream: to list or to add, all of it is read, to add it is also written again."""
    plain, sealed, new, identity = (folder / n for n in ("plain", "record.age", "new.age", "identity"))
    plain.write_bytes(b"".join(documents))
    identity.write_bytes(_run(["age-keygen"]))
    recipient = _run(["age-keygen", "-y", str(identity)]).decode().strip()
    _run(["age", "-r", recipient, "-o", str(sealed), str(plain)])
    plain.unlink()

    def rewrite() -> int:
        new.unlink(missing_ok=True)
        reader = subprocess.Popen(["age", "-d", "-i", str(identity), str(sealed)], stdout=subprocess.PIPE)  # noqa: S603, S607
        subprocess.run(["age", "-r", recipient, "-o", str(new)], stdin=reader.stdout, check=True)  # noqa: S603, S607
        reader.wait()
        _sync(new)
        return new.stat().st_size

    def read() -> None:
        _run(["age", "-d", "-i", str(identity), "-o", os.devnull, str(sealed)])

    return [Built("age", read, rewrite, "a process; decrypts all; update rewrites all, fsync added")]


def restic(folder: Path, documents: Sequence[bytes]) -> list[Built]:
    """A backup repository of one file an item."""
    source, repository = folder / "source", folder / "repository"
    source.mkdir()
    for n, document in enumerate(documents):
        (source / f"{n}").write_bytes(document)
    base = ["restic", "--no-cache", "-q", "-r", str(repository)]
    _run([*base, "init"])
    _run([*base, "backup", "."], folder=source)
    count = len(documents)

    def backup() -> int:
        nonlocal count
        (source / f"{count}").write_bytes(NOTE)
        count += 1
        before = _files(repository)
        _run([*base, "backup", "."], folder=source)
        return sum(stat[0] for path, stat in _files(repository).items() if before.get(path) != stat)

    return [Built("restic", lambda: _run([*base, "ls", "latest"]), backup, "a process with scrypt; no cache")]


def keepassxc(folder: Path, documents: Sequence[bytes]) -> list[Built]:
    """A KDBX file: it lies in memory whole, and each save writes it whole."""
    xml, file, note = folder / "record.xml", folder / "record.kdbx", folder / "note"
    note.write_bytes(NOTE)
    with xml.open("w", encoding="utf-8") as out:
        out.write("<KeePassFile><Meta><Binaries>")
        for n, document in enumerate(documents):
            out.write(f'<Binary ID="{n}" Compressed="False">{base64.b64encode(document).decode()}</Binary>')
        group = base64.b64encode(bytes(15) + b"\1").decode()
        out.write(f"</Binaries></Meta><Root><Group><UUID>{group}</UUID><Name>Root</Name>")
        for n in range(len(documents)):
            id_ = base64.b64encode((n + 2).to_bytes(16, "big")).decode()
            title = f"<String><Key>Title</Key><Value>item {n}</Value></String>"
            binary = f'<Binary><Key>content</Key><Value Ref="{n}"/></Binary>'
            out.write(f"<Entry><UUID>{id_}</UUID>{title}{binary}</Entry>")
        out.write("</Group></Root></KeePassFile>")
    given = f"{PASSWORD}\n".encode()
    _run(["keepassxc-cli", "import", "-q", "-p", "-t", "100", str(xml), str(file)], given * 2)
    xml.unlink()
    count = 0

    def attach() -> int:
        nonlocal count
        count += 1
        _run(["keepassxc-cli", "attachment-import", "-q", str(file), "item 0", f"note {count}", str(note)], given)
        return file.stat().st_size

    return [
        Built(
            "KeePassXC",
            lambda: _run(["keepassxc-cli", "ls", "-q", str(file)], given),
            attach,
            "a process with a KDF of 0.1 s",
        )
    ]


def sqlcipher(folder: Path, documents: Sequence[bytes]) -> list[Built]:
    """An encrypted SQLite file with a raw key, in this process; contents in a table of their own."""
    return [_sqlcipher(folder, documents, mode) for mode in ("delete", "wal")]


def _sqlcipher(folder: Path, documents: Sequence[bytes], mode: str) -> Built:
    driver, file, io = importlib.import_module("sqlcipher3"), folder / f"{mode}.db", Path("/proc/self/io")

    def connect() -> Any:
        db = driver.connect(str(file))
        db.execute(f"PRAGMA key = \"x'{bytes(range(32)).hex()}'\"")
        db.execute("PRAGMA synchronous = FULL")
        db.execute(f"PRAGMA journal_mode = {mode}")
        return db

    db = connect()
    db.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, title TEXT)")
    db.execute("CREATE TABLE contents (id INTEGER PRIMARY KEY, content BLOB)")
    with db:
        db.executemany("INSERT INTO contents (content) VALUES (?)", ((d,) for d in documents))
        db.executemany("INSERT INTO items (title) VALUES (?)", ((f"item {n}",) for n in range(len(documents))))
    db.close()
    writer: list[Any] = []

    def read() -> None:
        db = connect()
        db.execute("SELECT id, title FROM items").fetchall()
        db.close()

    def written() -> int:
        return int(io.read_text().split("wchar:", 1)[1].split()[0]) if io.exists() else 0

    def insert() -> int:
        writer[:] = writer or [connect()]
        before = written()
        with writer[0] as db:
            db.execute("INSERT INTO contents (content) VALUES (?)", (NOTE,))
            db.execute("INSERT INTO items (title) VALUES (?)", ("note",))
        return written() - before

    return Built(f"SQLCipher ({mode})", read, insert, "in this process, raw key")
