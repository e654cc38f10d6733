"""The trust list on this computer: certificates and revocation lists as files that anybody can look at.

A folder of the user's own data: `real/` and `demonstration/` hold authorities, one PEM file each, named by its SHA-256;
`crl/` holds revocation lists. Nothing of it lies on the patient's key, and no root is in it that nobody put there.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from baladeur.card import crl, trust
from baladeur.card.refusals import NOT_A_CRL, NOT_AN_AUTHORITY, NOT_CONFIRMED, NOT_THERE, TrustRefused
from baladeur.card.trust import Trust, fingerprint

Use = Literal["real", "demonstration"]
USES: tuple[Use, ...] = ("real", "demonstration")
MAX_FILE = 1 << 20
SHORTEST = 8  # hex digits of a fingerprint that a person has to type
_MAX_LOOKED_AT = 5000  # files of an installed component
_COMPONENTS = (
    "/opt/santesocial",
    "/etc/opt/santesocial",
    r"C:\Program Files\santesocial",
    r"C:\Program Files (x86)\santesocial",
    r"C:\ProgramData\santesocial",
    "/Library/Application Support/santesocial",
)


@dataclass(frozen=True, slots=True)
class Authority:
    """One certificate of the list."""

    certificate: x509.Certificate
    use: Use
    built_in: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256, hex."""
        return fingerprint(self.certificate)

    @property
    def official(self) -> bool:
        """Whether it is the IGC-Santé's own, by its fingerprint."""
        return self.fingerprint in trust.OFFICIAL

    @property
    def is_root(self) -> bool:
        """Whether a chain may end here."""
        return self.certificate.subject == self.certificate.issuer

    @property
    def name(self) -> str:
        """The common name."""
        found = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else self.certificate.subject.rfc4514_string()


def default_folder() -> Path:
    """Where the list is kept: the user's data folder of this system."""
    from platformdirs import user_data_path

    return user_data_path("baladeur", appauthor=False) / "trust"


def load_certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates of a file, one in DER or several in PEM. Raises TrustRefused."""
    try:
        if b"-----BEGIN" in data[:MAX_FILE]:
            found = x509.load_pem_x509_certificates(data)
        else:
            found = [x509.load_der_x509_certificate(data)]
        for certificate in found:
            usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
            basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
            if not (basic.ca and usage.key_cert_sign) or not _name_is_whole(certificate):
                raise TrustRefused(NOT_AN_AUTHORITY)
    except (ValueError, x509.ExtensionNotFound):
        raise TrustRefused(NOT_AN_AUTHORITY) from None
    return found


def _name_is_whole(certificate: x509.Certificate) -> bool:
    """Whether a certificate that claims to be a root is signed by its own key."""
    if certificate.subject != certificate.issuer:
        return True
    return trust.issued(certificate, certificate)


def is_test(certificate: x509.Certificate) -> bool:
    """Whether the authority says of itself that it is not for real cards: the IGC-Santé's TEST branch."""
    names = [str(a.value) for a in certificate.subject if a.oid == NameOID.COMMON_NAME]
    units = [str(a.value) for a in certificate.subject if a.oid == NameOID.ORGANIZATIONAL_UNIT_NAME]
    return any(n.startswith("TEST ") for n in names) or any(u.endswith(" TEST") for u in units)


class Store:
    """The list. Reading it never fails: what cannot be read is not trusted."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def authorities(self) -> list[Authority]:
        """Every certificate of the list, the built-in demonstration ones last."""
        found = [Authority(c, use) for use in USES for data in self._files(use) for c in _certificates(data)]
        folder = Path(__file__).with_name("demo_card")
        built_in = [folder.joinpath(f"{name}.pem").read_bytes() for name in ("root", "authority")]
        return found + [Authority(c, "demonstration", True) for data in built_in for c in _certificates(data)]

    def lists(self) -> list[x509.CertificateRevocationList]:
        """Every revocation list."""
        found = []
        for data in self._files("crl"):
            with contextlib.suppress(TrustRefused):
                found.append(crl.load(data))
        return found

    def trust(self, *, demonstration: bool) -> Trust:
        """What counts for one kind of record; a root of the other kind counts for nothing."""
        use: Use = "demonstration" if demonstration else "real"
        mine = [a for a in self.authorities() if a.use == use]
        roots = tuple(a.certificate for a in mine if a.is_root)
        between = tuple(a.certificate for a in mine if not a.is_root)
        return Trust(roots, between, tuple(self.lists()), demonstration)

    def add(self, certificate: x509.Certificate, *, confirmed: bool) -> Authority:
        """Enter an authority; TEST ones for demonstration records. Raises TrustRefused: unknown and not confirmed.

        confirmed: a person has compared the fingerprint with one that the authority publishes.
        """
        use: Use = "demonstration" if is_test(certificate) else "real"
        entry = Authority(certificate, use)
        if not (entry.official or confirmed or self._is_below_official(certificate)):
            raise TrustRefused(NOT_CONFIRMED)
        self._write(use, f"{entry.fingerprint}.pem", certificate.public_bytes(Encoding.PEM))
        return entry

    def _is_below_official(self, certificate: x509.Certificate) -> bool:
        above = [a.certificate for a in self.authorities() if a.official]
        return any(trust.issued(certificate, issuer) for issuer in above)

    def add_list(self, data: bytes) -> tuple[Authority, datetime]:
        """Enter a revocation list of an authority that is in the list; its issuer and date. Raises TrustRefused."""
        found = crl.load(data)
        issuer = next((a for a in self.authorities() if crl.issued_by(found, a.certificate)), None)
        if issuer is None:
            raise TrustRefused(NOT_A_CRL)
        raw = found.public_bytes(Encoding.DER)
        self._write("crl", f"{sha256(raw).hexdigest()}.crl", raw)
        return issuer, found.last_update_utc

    def remove(self, start: str) -> Authority:
        """Take out the one authority whose fingerprint begins so. Raises TrustRefused."""
        start = start.lower().replace(":", "")
        found = [a for a in self.authorities() if a.fingerprint.startswith(start) and not a.built_in]
        if len(start) < SHORTEST or len(found) != 1:
            raise TrustRefused(NOT_THERE)
        (self.folder / found[0].use / f"{found[0].fingerprint}.pem").unlink()
        return found[0]

    def _files(self, room: str) -> Iterator[bytes]:
        with contextlib.suppress(OSError):
            for path in sorted((self.folder / room).iterdir()):
                with contextlib.suppress(OSError):
                    if path.suffix in (".pem", ".crl"):
                        yield path.read_bytes()

    def _write(self, room: str, name: str, data: bytes) -> None:
        folder = self.folder / room
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f".{name}.new"
        half.write_bytes(data)
        os.replace(half, folder / name)


def _certificates(data: bytes) -> list[x509.Certificate]:
    with contextlib.suppress(TrustRefused):
        return load_certificates(data)
    return []


def from_component(places: tuple[str, ...] = _COMPONENTS) -> list[x509.Certificate]:
    """The official authorities that the installed CPS component brought, known by their fingerprints alone."""
    found: dict[str, x509.Certificate] = {}
    looked_at = 0
    for place in places:
        for folder, _, names in os.walk(place):
            for name in names:
                path, looked_at = Path(folder, name), looked_at + 1
                if looked_at > _MAX_LOOKED_AT:
                    return list(found.values())
                if path.suffix.lower() not in (".cer", ".crt", ".pem", ".der"):
                    continue
                with contextlib.suppress(OSError):
                    if path.stat().st_size <= MAX_FILE:
                        found |= {fingerprint(c): c for c in _certificates(path.read_bytes())}
    return [c for name, c in found.items() if name in trust.OFFICIAL]
