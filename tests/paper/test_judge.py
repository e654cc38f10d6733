"""veraPDF, an independent judge, on the sheets: PDF/A-2a and PDF/UA-1."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from baladeur.acts import printing
from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.paper import emergency
from baladeur.session import Session
from tests.paper.test_emergency import TODAY, part

WORDS = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))
SIX = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))
JUDGE = Path(__file__).parent / "judge"


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """veraPDF's own libraries, by Maven."""
    if shutil.which("mvn") is None or shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("maven and a JDK are not installed")
        pytest.skip("maven and a JDK are not installed")
    folder = tmp_path_factory.mktemp("verapdf")
    command = ["mvn", "-q", "-B", "-f", str(JUDGE / "pom.xml"), "dependency:copy-dependencies"]
    subprocess.run([*command, f"-DoutputDirectory={folder}"], check=True, stdin=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One of each kind."""
    return {
        "typical.fr": emergency.sheet([part("typical", "fr")], TODAY),
        "overfull.both": emergency.sheet([part("overfull", "fr", 2), part("overfull", "en", 2)], TODAY),
        "hostile.en": emergency.sheet([part("hostile", "en")], TODAY),
        "recovery": printing.recovery_sheet(WORDS, "fr", today=TODAY, key="ab12 cd34", name="Jeanne", qr=True),
        **{name: Session.rgpd_pdf(name) for name in Session.RGPD},
        "card": printing.wallet_card("fr", today=TODAY, typed=SIX, call="Paul +33 6 00 00 00 00"),
    }


def judged(libraries: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    """What veraPDF says of files."""
    command = ["java", "-cp", f"{libraries}/*", str(JUDGE / "Judge.java"), *map(str, files)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


@pytest.mark.slow
def test_verapdf_finds_nothing(libraries: Path, sheets: dict[str, bytes], tmp_path: Path) -> None:
    """Every rule of both standards, thousands of checks a file; and it does refuse what is no PDF/A."""
    files = []
    for name, made in sheets.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(made)
    done = judged(libraries, *files)
    assert done.returncode == 0, done.stdout + done.stderr
    verdicts = [row.split() for row in done.stdout.splitlines() if row.startswith("ok ")]
    assert len(verdicts) == 2 * len(sheets)
    assert all(int(row[2]) > 500 for row in verdicts)
    bent = tmp_path / "bent.pdf"
    bent.write_bytes(sheets["typical.fr"].replace(b"pdfaid:part>2<", b"pdfaid:part>1<"))
    refused = judged(libraries, bent)
    assert refused.returncode == 1
    assert "FAILED 2a" in refused.stdout
