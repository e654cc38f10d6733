"""paper: sheets go where the user says, whole or not at all, and their traces are told."""

import re
import stat
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.session import Session
from tests.cli.tools import OTHER, WORDS, copied, on_terminal, program, run, secret_file
from tests.paper import pdf
from tests.record.documents import allergy, bundle, treatment

SIX = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a signed page."""
    folder = tmp_path_factory.mktemp("paper")
    key = folder / "key"
    key.mkdir()
    document = folder / "a.json"
    document.write_bytes(bundle(allergy(), treatment(dosage=[{"text": "5 mg matin et soir"}])))
    words, six = secret_file(folder), secret_file(folder, SIX, "six")
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    assert run("import", key, document, "--yes", "--secret-file", words).exit_code == 0
    assert run("secrets", key, "emergency", "--secret-file", words, "--new-secret-file", six).exit_code == 0
    return key


@pytest.fixture
def record(signed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copied(signed, tmp_path)


def rows_of(*arguments: str | Path) -> list[str]:
    """Rows of words of the page on the screen, first one only."""
    text = run("summary", *arguments, "--plain").stdout.split("\n\n")[0]
    return [row for row in text.splitlines() if set(row) != {"─"}]


def test_the_sheet_says_what_the_screen_says(record: Path, words: Path, tmp_path: Path) -> None:
    """Word for word, with the version; only its owner reads the file, and nothing else is left behind."""
    output, temporary = tmp_path / "out" / "fiche.pdf", tmp_path / "temporary"
    output.parent.mkdir()
    temporary.mkdir()
    done = program("paper", "emergency", record, "-o", output, "--secret-file", words, TMPDIR=str(temporary))
    assert (done.returncode, done.stdout) == (0, "")
    assert "n’est pas chiffré" in done.stderr
    assert "à côté du dossier" not in done.stderr
    found = pdf.rows(output)
    screen = rows_of(record, "--secret-file", words)
    assert found == screen
    assert "version 2" in pdf.text(output)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert [one.name for one in output.parent.iterdir()] == ["fiche.pdf"]
    assert list(temporary.iterdir()) == []


def test_both_languages_and_english(record: Path, words: Path, tmp_path: Path) -> None:
    """--lang is the sheet's, and "both" is one sheet."""
    both, english = tmp_path / "both.pdf", tmp_path / "en.pdf"
    assert run("paper", "emergency", record, "-o", both, "--lang", "both", "--secret-file", words).exit_code == 0
    assert pdf.info(both)["Pages"] == "1"
    assert "FICHE D’URGENCE" in pdf.text(both)
    assert "EMERGENCY PAGE" in pdf.text(both)
    assert run("paper", "emergency", record, "-o", english, "--lang", "en", "--secret-file", words).exit_code == 0
    assert "FICHE" not in pdf.text(english)


def test_the_emergency_code_prints_too(record: Path, tmp_path: Path) -> None:
    """It does not know the version, and says so."""
    output = tmp_path / "six.pdf"
    six = secret_file(tmp_path, SIX, "six")
    assert run("paper", "emergency", record, "-o", output, "--secret-file", six).exit_code == 0
    assert "version non connue par le code d’urgence" in pdf.text(output)


def test_a_sheet_on_the_key_is_warned_of(record: Path, words: Path) -> None:
    """It is allowed, and whoever finds the key reads it."""
    done = run("paper", "emergency", record, "-o", record / "fiche.pdf", "--secret-file", words)
    assert done.exit_code == 0
    assert "qui trouve la clé USB lira cette feuille" in " ".join(done.stderr.split())


def test_nothing_is_overwritten(record: Path, words: Path, tmp_path: Path) -> None:
    """What is there stays."""
    output = tmp_path / "fiche.pdf"
    output.write_text("à moi", "utf-8")
    done = run("paper", "emergency", record, "-o", output, "--secret-file", words)
    assert done.exit_code == 35
    assert output.read_text("utf-8") == "à moi"


def test_no_page_no_sheet(tmp_path: Path, words: Path) -> None:
    """A record that nobody signed yet."""
    key = tmp_path / "empty"
    key.mkdir()
    assert run("create", key, "--demo", "--secret-file", words).exit_code == 0
    done = run("paper", "emergency", key, "-o", tmp_path / "fiche.pdf", "--secret-file", words)
    assert done.exit_code == 72
    assert "pas encore de fiche d’urgence" in done.stderr
    assert not (tmp_path / "fiche.pdf").exists()


def test_the_recovery_sheet_is_typed_back_and_opens(record: Path, words: Path, tmp_path: Path) -> None:
    """Twelve numbered words with their numbers and the key's short id; from the numbers on paper alone it opens."""
    output = tmp_path / "secours.pdf"
    done = run("paper", "recovery", record, "-o", output, "--secret-file", words)
    assert done.exit_code == 0
    assert "chez vous" in done.stderr
    text = pdf.text(output)
    typed = WORDS.split()
    assert all(f"{at}. {word}" in text for at, word in enumerate(typed, 1))
    numbers = re.findall(r"\b[0-9]{4}\b", text.split("Tapez")[0].split("imprimée")[1])[1:]
    assert numbers == secret.numbers(typed)
    by_number = secret_file(tmp_path, " ".join(numbers), "numbers")
    assert run("list", record, "--secret-file", by_number).exit_code == 0
    assert f"clé {Session.short_id(record)}" in text
    assert pdf.info(output)["Pages"] == "1"
    assert "Nom" not in text
    assert pdf.tool("pdfimages", "-list", output).count("\n") == 2


def test_a_name_and_a_code_only_if_wanted(record: Path, words: Path, tmp_path: Path) -> None:
    """Both are off by default; with them, still one page."""
    plain, full = tmp_path / "a.pdf", tmp_path / "b.pdf"
    shared = ("--lang", "en", "--secret-file", words)
    assert run("paper", "recovery", record, "-o", plain, *shared).exit_code == 0
    assert run("paper", "recovery", record, "-o", full, "--qr", "--name", "Jeanne MOREAU", *shared).exit_code == 0
    assert "Name: Jeanne MOREAU" in pdf.text(full)
    assert "Name" not in pdf.text(plain)
    assert pdf.info(full)["Pages"] == "1"
    for lang in ("fr", "en"):
        made = tmp_path / f"{lang}.pdf"
        long = ("--qr", "--name", "M" * 60, "--lang", lang, "--secret-file", words)
        assert run("paper", "recovery", record, "-o", made, *long).exit_code == 0
        assert pdf.info(made)["Pages"] == "1"
    assert b"The twelve words, to be read by a device" not in plain.read_bytes()


def test_words_that_open_nothing_are_not_put_on_paper(record: Path, tmp_path: Path) -> None:
    """Twelve words of another record, eight words, a phrase: no file."""
    output = tmp_path / "a.pdf"
    for typed, code in ((OTHER, 10), (SIX, 18), ("une phrase bien à moi", 18)):
        file = secret_file(tmp_path, typed, "other")
        assert run("paper", "recovery", record, "-o", output, "--secret-file", file).exit_code == code, typed
    assert not output.exists()


def test_secret_words_do_not_lie_beside_the_record(record: Path, words: Path) -> None:
    """Not even if somebody asks for it."""
    done = run("paper", "recovery", record, "-o", record / "secours.pdf", "--secret-file", words)
    assert done.exit_code == 2
    assert "ne doit pas être sur la clé USB" in done.stderr
    assert not (record / "secours.pdf").exists()


def test_create_makes_the_recovery_sheet(tmp_path: Path) -> None:
    """The words on it open the record; a place where it cannot be is refused before anything is made."""
    key, output = tmp_path / "key", tmp_path / "secours.pdf"
    key.mkdir()
    for refused in (key / "secours.pdf", tmp_path / "absent" / "a.pdf"):
        assert run("create", key, "--demo", "--recovery-sheet", refused).exit_code != 0
        assert list(key.iterdir()) == []
    done = run("create", key, "--demo", "--recovery-sheet", output)
    assert done.exit_code == 0
    text = pdf.text(output)
    found = re.findall(r"(?:^| )[0-9]{1,2}\. ([a-zà-ÿœ]+)", text)
    assert len(found) == 12
    assert run("list", key, "--secret-file", secret_file(tmp_path, " ".join(found), "found")).exit_code == 0
    again = run("create", tmp_path / "key2", "--demo", "--recovery-sheet", output)
    assert again.exit_code != 0


def test_the_wallet_card(tmp_path: Path) -> None:
    """Nothing on it by default; whom to call and the six words if they are given; never other words."""
    plain, full = tmp_path / "a.pdf", tmp_path / "b.pdf"
    assert run("paper", "card", "-o", plain).exit_code == 0
    text = pdf.text(plain)
    assert "Six mots" not in text
    assert "USB-Stick" in text
    six = secret_file(tmp_path, SIX, "six")
    call = "Paul MOREAU +33 6 00 00 00 00"
    done = run("paper", "card", "-o", full, "--code", "--call", call, "--secret-file", six, lang="en_GB.UTF-8")
    assert done.exit_code == 0
    assert "holds secret words" in done.stderr
    text = pdf.text(full)
    assert all(word in text for word in SIX.split())
    assert call in text
    assert pdf.info(full)["Pages"] == "1"
    wrong = run("paper", "card", "-o", tmp_path / "c.pdf", "--code", "--secret-file", secret_file(tmp_path, OTHER, "o"))
    assert wrong.exit_code == 18
    assert not (tmp_path / "c.pdf").exists()


def test_the_sheet_is_offered_after_a_signature(record: Path, words: Path, tmp_path: Path) -> None:
    """One key: yes writes it among the user's documents, anything else writes nothing; what is signed stays signed."""
    command = ("review", record, "medications", "--secret-file", words)
    for at, (key, wanted) in enumerate((("o", 1), ("n", 0))):
        home = tmp_path / f"home{at}"
        home.mkdir()
        answers = (("Signer ces changements", "o"), ("Reçu pour", ""), ("à imprimer", key))
        code, screen = on_terminal(*command, answers=answers, HOME=str(home))
        assert code == 0, screen
        found = list(home.rglob("*.pdf"))
        assert len(found) == wanted, screen
        if found:
            assert "traitements relus le" in pdf.text(found[0])
            assert "n’est pas chiffré" in screen


def test_the_receipt_has_a_sheet(record: Path, words: Path, tmp_path: Path) -> None:
    """The receipt for the practice file, as a PDF that says what its text says."""
    command = ("review", record, "medications", "--yes", "--secret-file", words, "--receipt", tmp_path / "reçu")
    assert run(*command).exit_code == 0
    sheet = tmp_path / "reçu" / "RECU.pdf"
    text = (tmp_path / "reçu" / "RECU.txt").read_text("utf-8")
    assert "baladeur de : MOREAU Jeanne, 1961-03-04" in text
    title, *rest = text.split("\n\n")
    assert pdf.text(sheet).startswith(title)
    squeezed = "".join(pdf.text(sheet).replace("•", "").split())
    for row in "\n".join(rest).splitlines():
        assert "".join(row.split()) in squeezed, row
    assert pdf.info(sheet)["Tagged"] == "yes"


def test_summary_prints_too(record: Path, words: Path, tmp_path: Path) -> None:
    """`summary --print` is the same sheet as `paper emergency`, byte for byte on one day."""
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    assert run("summary", record, "--print", first, "--secret-file", words).exit_code == 0
    assert run("paper", "emergency", record, "-o", second, "--secret-file", words).exit_code == 0
    assert first.read_bytes() == second.read_bytes()


def test_secret_words_have_one_name_and_no_half(record: Path, words: Path, tmp_path: Path) -> None:
    """While the sheet is written only its own name is in the folder; a write that fails leaves nothing."""
    folder = tmp_path / "out"
    folder.mkdir()
    names: list[list[str]] = []

    def torn(descriptor: int) -> None:
        names.append([one.name for one in folder.iterdir()])
        raise OSError(28, "full")

    command = ("paper", "recovery", record, "-o", folder / "secours.pdf", "--secret-file", words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baladeur.acts.output.os.fsync", torn)
        assert run(*command).exit_code == 32
    assert names == [["secours.pdf"]]
    assert list(folder.iterdir()) == []
    assert run(*command).exit_code == 0
    assert stat.S_IMODE((folder / "secours.pdf").stat().st_mode) == 0o600
    assert run(*command).exit_code == 35
