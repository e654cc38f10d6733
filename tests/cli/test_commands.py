"""What each command does when all is well."""

import json
from pathlib import Path

import pytest

from baladeur.card import demo
from baladeur.container import canonical
from baladeur.session import Change, Session, Signatory
from tests.cli.tools import OTHER, WORDS, run, secret_file

FILE = "DOSSIER.DMB"


def entries(key: Path, words: Path, *more: str) -> list[dict[str, str]]:
    """What `list --json` lists."""
    done = run("list", key, "--json", "--secret-file", words, *more)
    assert done.exit_code == 0
    return list(json.loads(done.stdout)["entries"])


def test_create_takes_the_secret_of_the_file_and_shows_what_it_drew(tmp_path: Path) -> None:
    """A phrase opens the record; the 12 recovery words are shown on standard error, and nothing on standard output."""
    phrase = secret_file(tmp_path, "trois chats gris dorment sous la lune")
    done = run("create", tmp_path, "--demo", "--secret-file", phrase)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "12 MOTS DE SECOURS" in done.stderr
    assert "8 MOTS" not in done.stderr
    assert run("list", tmp_path, "--secret-file", phrase).exit_code == 0
    shown = [w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2]]
    assert len(shown) == 12
    assert run("list", tmp_path, "--secret-file", secret_file(tmp_path, " ".join(shown), "r")).exit_code == 0


def test_create_draws_words(tmp_path: Path) -> None:
    """Without a file: 8 words and 12, which open it."""
    done = run("create", tmp_path, lang="en_GB.UTF-8")
    assert done.exit_code == 0
    assert "real record" in done.stderr
    shown = [w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2]]
    assert len(shown) == 20
    assert run("list", tmp_path, "--secret-file", secret_file(tmp_path, " ".join(shown[:8]))).exit_code == 0


def test_create_with_an_identity(tmp_path: Path, words: Path) -> None:
    """The identity is the first entry; its bytes stay as they were."""
    raw = '{"resourceType": "Patient", "name": [{"family": "MOREAU", "given": ["Zoé"]}], "birthDate": "1961-03-04"}'
    file = tmp_path / "identité.json"
    file.write_text(raw, "utf-8")
    assert run("create", tmp_path, "--demo", "--identity", file, "--secret-file", words).exit_code == 0
    (entry,) = entries(tmp_path, words)
    assert (entry["type"], entry["title"], entry["date"]) == ("identity", "MOREAU Zoé", "1961-03-04")
    assert run("show", tmp_path, entry["id"], "--raw", "--secret-file", words).stdout_bytes == raw.encode()


def test_note_and_add_and_list(key: Path, words: Path) -> None:
    """A note waits unsigned in the tray; an entry of the card is signed; the list tells them apart."""
    note, allergy = entries(key, words)
    assert (note["type"], note["title"], note["commit"]["role"]) == ("tray", "radio à Lisbonne.txt", "holder")
    assert (allergy["type"], allergy["commit"]["signer"]) == ("allergy", demo.HOLDER)
    shown = run("list", key, "--secret-file", words).stdout
    assert "en attente" in shown
    assert "signé" in shown


def test_path_may_be_the_file(key: Path, words: Path) -> None:
    """The folder and the file are the same record."""
    assert run("list", key / FILE, "--secret-file", words).stdout == run("list", key, "--secret-file", words).stdout


def test_the_secret_may_come_from_standard_input(key: Path) -> None:
    """--secret-file - reads it there."""
    assert run("list", key, "--secret-file", "-", stdin=WORDS + "\n").exit_code == 0


def test_show(key: Path, words: Path) -> None:
    """Title, worth and text; with --raw the bytes alone; the beginning of an id is enough."""
    allergy = entries(key, words)[1]
    done = run("show", key, allergy["id"][:6], "--secret-file", words)
    assert done.stdout.splitlines()[0] == "Pénicillines : choc"
    assert "cliché normal" in done.stdout
    assert demo.HOLDER in done.stdout
    raw = run("show", key, allergy["id"], "--raw", "--secret-file", words)
    assert raw.stdout_bytes == "cliché normal, sans fracture\n".encode()


def test_history(key: Path, words: Path) -> None:
    """One line for each version, and the same for programs."""
    commits = json.loads(run("history", key, "--json", "--secret-file", words).stdout)["commits"]
    assert [(c["version"], c["role"], c["verdict"]) for c in commits] == [
        (0, "holder", "ok"),
        (1, "holder", "ok"),
        (2, "professional", "ok"),
    ]
    shown = run("history", key, "--secret-file", words).stdout.splitlines()
    assert len(shown) == 5
    assert shown[-1].strip().startswith("INDETERMINATE / TRY_LATER (")


def test_verify(key: Path, words: Path) -> None:
    """A sound record: exit code 0."""
    done = run("verify", key, "--secret-file", words)
    assert (done.exit_code, done.stdout.splitlines()[-1].split()[0]) == (0, "VERDICT")
    found = json.loads(run("verify", key, "--json", "--secret-file", words).stdout)
    assert (found["ok"], found["exit_code"], found["damaged"], found["findings"]) == (True, 0, [], [])


def test_erase_takes_all_versions_and_says_what_it_leaves(key: Path, words: Path, document: Path) -> None:
    """Naming one version erases the others too; nothing about them is left; compaction is offered."""
    first = entries(key, words)[1]["id"]
    more = ("--type", "allergy", "--title", "Pénicillines : urticaire", "--card", "demo", "--replace", first)
    assert run("add", key, document, *more, "--secret-file", words).exit_code == 0
    second = entries(key, words)[1]["id"]
    assert len(entries(key, words, "--all")) == 3
    done = run("erase", key, second[:8], "--secret-file", words)
    assert done.exit_code == 0
    assert "2 version(s)" in done.stderr
    assert "compact" in done.stderr
    assert [e["type"] for e in entries(key, words)] == ["tray"]
    assert [e["title"] for e in entries(key, words, "--all") if e["status"] == "erased"] == ["", ""]
    for id_ in (first, second):
        assert run("show", key, id_, "--secret-file", words).exit_code == 23
    assert run("verify", key, "--secret-file", words).exit_code == 0


def test_erase_and_compact(key: Path, words: Path) -> None:
    """Compaction keeps the record and its history."""
    note = entries(key, words)[0]["id"]
    assert run("erase", key, note, "--compact", "--secret-file", words).exit_code == 0
    assert run("compact", key, "--secret-file", words).exit_code == 0
    assert len(entries(key, words)) == 1
    assert run("verify", key, "--secret-file", words).exit_code == 0


def test_copy_and_compare(key: Path, words: Path, document: Path, tmp_path: Path) -> None:
    """A copy is the same; a copy that stayed behind is older, and may be replaced; two that went on have diverged."""
    other = tmp_path / "copie"
    other.mkdir()
    assert run("copy", key, other, "--secret-file", words).exit_code == 0
    assert json.loads(run("compare", key, other, "--json", "--secret-file", words).stdout)["relation"] == "same"
    assert run("note", key, document, "--secret-file", words).exit_code == 0
    done = run("compare", other, key, "--secret-file", words)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "le premier est plus ancien")
    assert run("copy", other, key, "--secret-file", words).exit_code == 35
    assert run("note", other, document, "--secret-file", words).exit_code == 0
    assert run("compare", key, other, "--secret-file", words).exit_code == 27


def test_compare_two_records(key: Path, words: Path, tmp_path: Path) -> None:
    """Two records of one secret are unrelated."""
    other = tmp_path / "autre"
    other.mkdir()
    assert run("create", other, "--secret-file", words).exit_code == 0
    assert run("compare", key, other, "--secret-file", words).exit_code == 28


def test_recover_finds_a_file_under_another_name(key: Path, words: Path, tmp_path: Path) -> None:
    """What a repair program made of the file is found, and `copy` brings it back."""
    lost = tmp_path / "FSCK0000.REC"
    (key / FILE).rename(lost)
    found = json.loads(run("recover", tmp_path, "--json", "--secret-file", words).stdout)
    assert [(Path(f["file"]).name, f["version"]) for f in found["files"]] == [("FSCK0000.REC", 2)]
    assert run("copy", lost, key, "--secret-file", words).exit_code == 0
    assert run("verify", key, "--secret-file", words).exit_code == 0


def test_doctor_repairs_a_header_copy(key: Path, words: Path) -> None:
    """What is damaged is said, repaired, and gone at the next visit."""
    with (key / FILE).open("r+b") as file:
        file.seek(100)
        file.write(b"xxxx")
    assert run("verify", key, "--secret-file", words).exit_code == 26
    seen = run("doctor", key, "--dry-run", "--secret-file", words)
    assert (seen.exit_code, "RESTE" in seen.stdout) == (26, True)
    done = run("doctor", key, "--secret-file", words)
    assert (done.exit_code, "RÉPARÉ" in done.stdout) == (0, True)
    assert "RÉPARÉ" not in run("doctor", key, "--secret-file", words).stdout


def test_secrets_list(key: Path, words: Path) -> None:
    """Which access opened it; the file does not tell the others."""
    assert json.loads(run("secrets", key, "list", "--json", "--secret-file", words).stdout)["opened_by"] == "recovery"
    assert "secours" in run("secrets", key, "list", "--secret-file", words).stdout


def test_secrets_change(key: Path, words: Path, tmp_path: Path) -> None:
    """The new secret opens, the old one does not, and it is said that this locks out nobody who kept a copy."""
    new = secret_file(tmp_path, OTHER, "new")
    done = run("secrets", key, "change", "--secret-file", words, "--new-secret-file", new)
    assert done.exit_code == 0
    assert "n’exclut personne" in done.stderr
    assert run("list", key, "--secret-file", words).exit_code == 10
    assert run("verify", key, "--secret-file", new).exit_code == 0


def test_secrets_change_of_kind_leaves_one_everyday_secret(tmp_path: Path) -> None:
    """From eight words to a phrase and back: the former one never opens any more."""
    done = run("create", tmp_path)
    shown = [w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2]]
    eight, phrase = (
        secret_file(tmp_path, " ".join(shown[:8]), "8"),
        secret_file(tmp_path, "un deux trois nous irons", "p"),
    )
    assert run("secrets", tmp_path, "change", "--secret-file", eight, "--new-secret-file", phrase).exit_code == 0
    assert run("list", tmp_path, "--secret-file", eight).exit_code == 10
    assert run("secrets", tmp_path, "list", "--json", "--secret-file", phrase).stdout.count('"phrase"') == 1
    recovery = secret_file(tmp_path, " ".join(shown[8:]), "12")
    done = run("secrets", tmp_path, "change", "--secret-file", recovery)
    again = [w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2]]
    assert run("list", tmp_path, "--secret-file", phrase).exit_code == 10
    assert run("verify", tmp_path, "--secret-file", secret_file(tmp_path, " ".join(again), "n")).exit_code == 0


def test_secrets_carer_and_recovery(key: Path, words: Path, tmp_path: Path) -> None:
    """A carer's 12 words open, until they are removed; one cannot remove what one came in with."""
    carer = secret_file(tmp_path, OTHER, "carer")
    given = ("--carer", "2", "--new-secret-file", carer)
    assert run("secrets", key, "carer", *given, "--secret-file", words).exit_code == 0
    assert "carer-2" in run("secrets", key, "list", "--json", "--secret-file", carer).stdout
    refused = run("secrets", key, "carer", "--carer", "2", "--remove", "--secret-file", carer)
    assert (refused.exit_code, "vient d’ouvrir" in refused.stderr) == (24, True)
    assert run("secrets", key, "carer", "--carer", "2", "--remove", "--secret-file", words).exit_code == 0
    assert run("list", key, "--secret-file", carer).exit_code == 10
    assert run("secrets", key, "recovery", "--new-secret-file", carer, "--secret-file", words).exit_code == 0
    assert run("list", key, "--secret-file", words).exit_code == 10


def test_secrets_revoke(key: Path, words: Path, tmp_path: Path) -> None:
    """It must be confirmed, says what it does not do, and no old secret opens afterwards."""
    new = secret_file(tmp_path, OTHER, "new")
    refused = run("secrets", key, "revoke", "--secret-file", words, "--new-secret-file", new)
    assert refused.exit_code == 2
    assert run("list", key, "--secret-file", words).exit_code == 0
    done = run("secrets", key, "revoke", "--yes", "--secret-file", words, "--new-secret-file", new)
    assert done.exit_code == 0
    assert "ne reprend rien" in " ".join(done.stderr.split())
    assert run("list", key, "--secret-file", words).exit_code == 10
    assert run("verify", key, "--secret-file", new).exit_code == 0


@pytest.fixture
def page(key: Path, words: Path) -> tuple[Path, str]:
    """A record with two signed lines and a declared one, and the six words of its page."""
    with Session.open(key, WORDS, write=True) as session:
        id_ = session.entries()[1].id.hex()
        name = {"fr": "ALLERGIE pénicillines", "en": "ALLERGY penicillins"}
        line = {"items": [id_], "block": "allergies", "name": name}
        parts = [canonical.dumps(line)]
        declared = [canonical.dumps({"items": [], "text": "appeler ma fille"})]
        session.commit(Change(parts=parts, declared=declared), Signatory("demo"))
    done = run("secrets", key, "emergency", "--secret-file", words)
    assert done.exit_code == 0
    return key, " ".join(w for line in done.stderr.splitlines() if line.startswith("  ") for w in line.split()[1::2])


def test_emergency(page: tuple[Path, str], tmp_path: Path, words: Path) -> None:
    """The six words open one page, which says that its signature was checked; declared lines stand apart."""
    key, six = page
    code = secret_file(tmp_path, six, "six")
    assert len(six.split()) == 6
    done = run("emergency", key, "--secret-file", code)
    assert done.exit_code == 0
    assert "signé par Dr Camille DEMONSTRATION" in done.stdout
    assert "[FICTIF]" in done.stdout
    signed, declared = done.stdout.split("DÉCLARÉ, NON SIGNÉ")
    assert "ALLERGIE pénicillines" in signed
    assert declared.lstrip().startswith("appeler ma fille")
    assert "ALLERGY" in run("emergency", key, "--lang", "en", "--secret-file", code).stdout
    assert json.loads(run("emergency", key, "--json", "--secret-file", code).stdout)["signature"] == "ok"
    assert "ALLERGIE" in run("emergency", key, "--secret-file", words).stdout
    assert run("list", key, "--secret-file", code).exit_code == 24
    assert run("secrets", key, "emergency", "--remove", "--secret-file", words).exit_code == 0
    assert run("emergency", key, "--secret-file", code).exit_code == 10


def test_emergency_of_a_real_record_is_not_vouched_for(tmp_path: Path, words: Path) -> None:
    """No card is known there yet: an empty page says so, and that this does not mean that all is well."""
    assert run("create", tmp_path, "--secret-file", words).exit_code == 0
    done = run("emergency", tmp_path, "--secret-file", words)
    assert done.exit_code == 0
    assert "VÉRIFIÉE" not in done.stdout
