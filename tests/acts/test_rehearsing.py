"""The rehearsal of a page: nothing is left to be loaded when a real one is shown."""

import subprocess
import sys
from pathlib import Path

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from tests.tui.tools import made

_CHILD = """
import sys
from datetime import date
from pathlib import Path
from baladeur.session import Session
Session.rehearse()
before = set(sys.modules)
page, found = Session.page_at(Path(sys.argv[1]), sys.argv[2])
assert page.signed and found is not None
Session.screens(Session.show(page, found, date(2026, 12, 1)), "fr", 80, 24)
print(sorted(one for one in set(sys.modules) - before if one.startswith(("baladeur", "asn1crypto", "cryptography"))))
"""


def test_a_real_page_loads_nothing_more(tmp_path: Path) -> None:
    """Of ours, or of what checks its signature."""
    twelve = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))
    data = (Path(__file__).resolve().parents[2] / "baladeur/demo/synthese.json").read_bytes()
    folder = made(tmp_path / "key", twelve, [data])
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder), twelve], capture_output=True, check=True, text=True
    )
    assert child.stdout.strip() == "[]"
