"""Start-up is a feature: what the emergency page does not need is not loaded when it is shown."""

import subprocess
import sys
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from tests.cli.tools import environment, run, secret_file
from tests.record.documents import allergy, bundle, treatment

#: Packages that some command needs, or may one day: screens, cards, schemas, documents.
HEAVY = {
    "textual",
    "rich",
    "fhir",
    "fhirkit",
    "lxml",
    "pkcs11",
    "smartcard",
    "pydantic",
    "mnemonic",
    "jsonschema",
    "typst",
    "segno",
    "hypothesis",
}
#: Parts of the standard library that open no record.
NEEDLESS = {"asyncio", "concurrent", "http", "logging", "multiprocessing", "sqlite3", "ssl", "subprocess", "xml"}
#: Modules of ours that write, check, sign or look up.
OURS = {
    "baladeur.acts.importing",
    "baladeur.acts.sealing",
    "baladeur.chart.importing",
    "baladeur.cli.importing",
    "baladeur.cli.writing",
    "baladeur.container.models",
    "baladeur.record.check",
    "baladeur.tables.lookup",
    "baladeur.tables.store",
}
#: Whose packages a page may load, beside ours and the standard library.
OTHERS = {"_argon2_cffi_bindings", "_cffi_backend", "_openssl", "asn1crypto", "click", "cryptography", "platformdirs"}
#: What the key derivation must not wait for: whatever makes classes, patterns, paths or ciphers.
LATE = {"ast", "click", "cryptography", "dataclasses", "datetime", "inspect", "json", "pathlib", "re", "typing"}
EIGHT = " ".join(secret.generate(SecretClass.WORDS8, bytes(range(16))))
SIX = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a signed page, opened by 8 words and by 6; and the files with its secrets."""
    folder = tmp_path_factory.mktemp("startup")
    key = folder / "key"
    key.mkdir()
    eight, six = secret_file(folder, EIGHT, "eight"), secret_file(folder, SIX, "six")
    document = folder / "a.json"
    document.write_bytes(bundle(allergy(), treatment(dosage=[{"text": "5 mg matin et soir"}])))
    assert run("create", key, "--demo", "--secret-file", eight).exit_code == 0
    assert run("import", key, document, "--yes", "--secret-file", eight).exit_code == 0
    assert run("secrets", key, "emergency", "--secret-file", eight, "--new-secret-file", six).exit_code == 0
    assert (
        run("secrets", key, "recovery", "--secret-file", eight, "--new-secret-file", secret_file(folder)).exit_code == 0
    )
    return folder


#: The program, and at its very end the names of all modules that it holds.
TOLD = """
import atexit, gc, runpy, sys
def told():
    print(*sorted(sys.modules), *(["FROZEN"] if gc.get_freeze_count() else []), sep="\\n", file=sys.stderr)
atexit.register(told)
sys.argv[0] = "baladeur"
runpy.run_module("baladeur", run_name="__main__", alter_sys=True)
"""


def loaded(*command: str | Path) -> tuple[set[str], str]:
    """Every module that a command has loaded when it ends, and what it printed."""
    ran = subprocess.run(
        [sys.executable, "-c", TOLD, *map(str, command)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=environment(),
        stdin=subprocess.DEVNULL,
    )
    return set(ran.stderr.splitlines()), ran.stdout


@pytest.mark.parametrize("name", ["eight", "six", "secret"])
@pytest.mark.parametrize("command", ["summary", "emergency"])
def test_the_page_loads_nothing_that_it_does_not_need(folder: Path, command: str, name: str) -> None:
    """With the everyday words, the emergency words and the twelve on paper."""
    plain = ["--plain"] if command == "summary" else []
    modules, page = loaded(command, folder / "key", *plain, "--secret-file", folder / name)
    assert "pénicillines" in page
    assert {"baladeur.cli.summary", "cryptography"} <= modules  # the list is what it seems
    assert not {one.partition(".")[0] for one in modules} & (HEAVY | NEEDLESS)
    assert not modules & OURS
    known = sys.stdlib_module_names | OTHERS | {"FROZEN", "_distutils_hack", "baladeur"}
    assert {one.partition(".")[0] for one in modules if not one.startswith("__")} <= known
    assert "FROZEN" in modules  # the end looks for no garbage


def test_a_heavy_module_would_be_seen(folder: Path) -> None:
    """Another command does load some of them."""
    modules, _ = loaded("import", folder / "key", folder / "a.json", "--dry-run", "--secret-file", folder / "secret")
    assert "baladeur.chart.importing" in modules & OURS


def test_help_opens_nothing() -> None:
    """Not even the cryptography: the list of commands comes at once."""
    modules, _ = loaded("--version")
    assert not {one.partition(".")[0] for one in modules} & (HEAVY | {"asn1crypto"})


def test_the_derivation_begins_before_the_rest_is_loaded() -> None:
    """Of the program only what reads the command line, the secret and the header: the rest is loaded meanwhile."""
    code = "import sys; before = set(sys.modules); import baladeur.ahead; print(*set(sys.modules) - before)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    modules = set(ran.stdout.split())
    assert "_argon2_cffi_bindings" in modules
    assert not {one.partition(".")[0] for one in modules} & LATE
    ours = {one for one in modules if one.startswith("baladeur") and not one.startswith("baladeur.errors")}
    assert ours == {
        "baladeur",
        "baladeur.ahead",
        "baladeur.container",
        "baladeur.container.argon",
        "baladeur.container.secret",
    }
