"""Where the PKCS#11 modules are that talk to a CPS card, on each system.

Source of the paths: the ANS's Cryptolib CPS 5 for Linux, Windows and macOS, and the packages of OpenSC.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["ans", "opensc", "software", "other"]


@dataclass(frozen=True, slots=True)
class Module:
    """A PKCS#11 library. "ans" drives every CPS; "opensc" other cards, and cannot sign with a CPS3; "software" none."""

    path: Path
    kind: Kind


def _places(system: str) -> Iterator[tuple[str, Kind]]:
    if system == "win32":
        root = os.environ.get("SystemRoot", r"C:\Windows")
        wide = sys.maxsize > 2**32
        yield (rf"{root}\System32\cps3_pkcs11_w64.dll" if wide else rf"{root}\SysWOW64\cps3_pkcs11_w32.dll"), "ans"
        files = os.environ.get("ProgramFiles", r"C:\Program Files")
        yield rf"{files}\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll", "opensc"
    elif system == "darwin":
        yield "/usr/local/lib/libcps3_pkcs11_osx.dylib", "ans"
        yield "/Library/OpenSC/lib/opensc-pkcs11.so", "opensc"
        yield "/opt/homebrew/lib/opensc-pkcs11.so", "opensc"
    else:
        yield "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", "ans"
        yield "/usr/lib64/libcps3_pkcs11_lux.so", "ans"
        for folder in ("x86_64-linux-gnu/", "aarch64-linux-gnu/", "", "pkcs11/"):
            yield f"/usr/lib/{folder}opensc-pkcs11.so", "opensc"
        yield "/usr/lib64/opensc-pkcs11.so", "opensc"


def kind_of(path: Path) -> Kind:
    """What a module is, by its name: a symbolic link or a copy elsewhere keeps it."""
    name = path.name.lower()
    if "softhsm" in name:
        return "software"
    return "ans" if "cps3_pkcs11" in name else "opensc" if "opensc" in name else "other"


def modules(explicit: Path | None = None) -> list[Module]:
    """The modules to try, best first; the one that was named, if one was, and no other. May be empty."""
    if explicit is not None:
        return [Module(explicit, kind_of(explicit))]
    found: dict[Path, Module] = {}
    for place, kind in _places(sys.platform):
        path = Path(place)
        if path.exists():
            found.setdefault(path.resolve(), Module(path, kind))
    return list(found.values())
