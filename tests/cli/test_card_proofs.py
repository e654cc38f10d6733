"""What a signature leaves behind: proofs that openssl takes, few bytes, and the PIN nowhere."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from baladeur import signing
from baladeur.card.permissions import Act
from baladeur.container import secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.medium import MemoryMedium
from tests.card import softhsm
from tests.card.people import NOW, person, revocations, trusted
from tests.cli.test_card_signs import FILE, SIGN, home, new, pin, trust_list
from tests.cli.tools import WORDS, on_terminal, run

__all__ = ["home", "pin"]  # fixtures

UTC = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
SMALL = Change(add=[NewItem("tray", "Pénicillines", b"x", "2014")])  # what the holder may write too


def test_openssl_accepts_every_commit_and_refuses_each_after_one_byte(
    tmp_path: Path, home: Path, words: Path, document: Path, pin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four commits by two cards, by the command that the folder's own README gives."""
    trust_list(home, "demonstration", revocations())
    key, out = new(tmp_path / "clé", words, "--demo"), tmp_path / "preuves"
    for at, who in enumerate(("doctor", "nurse", "nurse", "doctor")):
        module = softhsm.token(tmp_path / f"hsm{at}", monkeypatch, [(SIGN, person(who))])
        of = ("--type", "vaccination" if who == "nurse" else "allergy", "--title", f"Ligne {at}")
        signed = ("--card", module.path, "--pin-file", pin, "--secret-file", words)
        assert run("add", key, document, *of, *signed).exit_code == 0
    assert run("export", key, "--as", "evidence", "-o", out, "--secret-file", words).exit_code == 0
    numbers = [one.stem for one in sorted(out.glob("*.p7s"))]
    assert numbers == ["0001", "0002", "0003", "0004"]
    signers = [one["signer"] for one in json.loads((out / "index.json").read_text())["versions"][1:]]
    assert len(set(signers)) == 2
    for text in ("README.txt", "LISEZMOI.txt"):
        (command,) = re.findall(r"openssl cms -verify .*\\\n.*", (out / text).read_text("utf-8"))
        for number in numbers:
            assert _verify(command, number, out), number
    for number in numbers:
        for name in (f"{number}.statement", f"{number}.p7s"):
            whole = (out / name).read_bytes()
            places = range(0, len(whole), max(1, len(whole) // 7)) if name.endswith("statement") else (-1, -200, 60)
            for at in places:
                broken = bytearray(whole)
                broken[at] ^= 1
                (out / name).write_bytes(broken)
                assert not _verify(command, number, out), (name, at)
            (out / name).write_bytes(whole)
        assert _verify(command, number, out)


def _verify(command: str, number: str, folder: Path) -> bool:
    line = command.replace("NNNN", number).replace("\\\n", " ")
    return subprocess.run(line.split(), cwd=folder, capture_output=True).returncode == 0


def test_a_professional_in_training_is_shown_so_until_a_cps_confirms(
    tmp_path: Path, home: Path, words: Path, document: Path, pin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intern adds; the doctor's new version of the entry is the doctor's."""
    trust_list(home, "demonstration", revocations())
    key, said = new(tmp_path / "clé", words, "--demo"), ("--type", "allergy", "--title", "Pénicillines")
    former: tuple[str, ...] = ()
    for who, status in (("intern", "en formation"), ("doctor", "signé")):
        module = softhsm.token(tmp_path / who, monkeypatch, [(SIGN, person(who))])
        signed = ("--card", module.path, "--pin-file", pin, "--secret-file", words)
        assert run("add", key, document, *said, *former, *signed).exit_code == 0
        (row,) = [one for one in run("list", key, "--secret-file", words).stdout.splitlines() if "Pénicillines" in one]
        assert row.split("  ")[1].strip() == status, row
        former = ("--replace", row.split()[0])


class Counting(MemoryMedium):
    """Counts the bytes that are written."""

    written = 0

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """As a file, and counted."""
        self.written += len(bytes(data))
        super().write(offset, data)


def test_a_signature_adds_at_most_eight_kibibytes() -> None:
    """The same commit with and without it: bytes written, and the size of the file."""
    words = secret.parse(WORDS)
    first = MemoryMedium()
    change = Change(add=[NewItem("identity", "MOREAU Jeanne [FICTIF]", b"{}")])
    Container.create(first, {3: words}, change, Author("2026-11-01T10:00:00Z"), demo=True)
    written, sizes = [], []
    for author in (Author(UTC), signing.take(person(), [Act("allergy", "add")], trusted(), now=NOW).author):
        medium = Counting(bytes(first.data))
        with Container.open(medium, words, write=True) as container:
            before = medium.written
            container.commit(SMALL, author)
        written.append(medium.written - before)
        sizes.append(medium.size())
    assert 1000 < written[1] - written[0] <= 8192
    assert sizes[1] - sizes[0] <= 8192


MARK = "4815162342"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
def test_the_pin_is_nowhere(
    tmp_path: Path, home: Path, words: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A marked PIN, typed: wrong on one run, right on the next; neither process lists, files nor outputs have it."""
    trust_list(home, "demonstration")
    module = softhsm.token(tmp_path / "hsm", monkeypatch, [(SIGN, person())], pin=MARK)
    key, folder = new(tmp_path / "clé", words, "--demo"), tmp_path / "run"
    (folder / "tmp").mkdir(parents=True)
    own = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder), "XDG_DATA_HOME": str(home)}
    own |= {"SOFTHSM2_CONF": os.environ["SOFTHSM2_CONF"]}
    wrong = MARK[::-1]
    for at, (typed, code) in enumerate(((wrong, 44), (MARK, 0))):
        said = ("--type", "allergy", "--title", "Pénicillines", "--secret-file", words, "--card", module.path)
        said = (*said, "--receipt", folder / f"receipt{at}")
        with watched(tmp_path) as seen:
            ended, screen = on_terminal(
                "add",
                key,
                document,
                *said,
                answers=(("Code porteur", typed), ("[o/n]", "n")),
                output=folder / f"out{at}",
                **own,
            )
        assert ended == code, screen
        assert any(b"baladeur" in one for one in seen), "nothing was watched"
        assert not [one for one in seen if typed.encode() in one]
        assert typed not in screen
    assert (key / FILE).exists()
    written = [one for one in (*folder.rglob("*"), *key.rglob("*"), *home.rglob("*")) if one.is_file()]
    assert any(one.name == "RECU.txt" for one in written)
    for one in written:
        whole = one.read_bytes()
        assert MARK.encode() not in whole, one
        assert wrong.encode() not in whole, one
    for command in (("verify", key), ("history", key), ("card", "status", "--module", module.path)):
        more = ("--secret-file", words) if command[0] != "card" else ()
        done = run(*command, *more)
        assert MARK not in done.output
        assert wrong not in done.output


@contextmanager
def watched(folder: Path) -> Iterator[set[bytes]]:
    """What every process with this folder in its arguments shows of itself meanwhile: arguments, environment, files."""
    seen: set[bytes] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            for process in Path("/proc").glob("[0-9]*"):
                with suppress(OSError):
                    arguments = (process / "cmdline").read_bytes()
                    if str(folder).encode() in arguments:
                        seen.update((arguments, (process / "environ").read_bytes()))
            for one in (folder / "run").rglob("*"):
                with suppress(OSError):
                    seen.add(one.read_bytes())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()
