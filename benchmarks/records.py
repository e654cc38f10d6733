"""The records that are measured: contents, a professional with a card in software, an emergency page of 15 lines."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from baladeur.card import signature
from baladeur.container import canonical
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.medium import FileMedium
from baladeur.container.secret import Secret, SecretClass, generate, parse

KB, MB = 1000, 1_000_000
CODE = " ".join(generate(SecretClass.CODE12, bytes(range(16))))
EMERGENCY = " ".join(generate(SecretClass.EMERGENCY, bytes(range(16))))
UTC_TEXT = "2026-01-01T08:00:00Z"
MOMENT = datetime(2026, 1, 1, 8, tzinfo=UTC)


def contents(count: int, size: int) -> list[bytes]:
    """Documents that do not compress, as scans and PDF do not; the same in every run."""
    pool = memoryview(hashlib.shake_256(b"baladeur benchmark").digest(count * size))
    return [bytes(pool[i * size : (i + 1) * size]) for i in range(count)]


@dataclass(slots=True)
class Card:
    """A professional's card in software, whose own time is kept apart: a real one needs most of a second."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    busy: float = 0.0  # ms in the card since `take`
    worked: float = 0.0  # of them, ms of processor time
    length: int = 0  # of the last CMS
    certificates: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        authority = rsa.generate_private_key(65537, 2048)
        issuer = _name("TEST AUTHORITY OF PROFESSIONALS")
        for subject, public in ((_name("TEST PROFESSIONAL"), self.key.public_key()), (issuer, authority.public_key())):
            builder = x509.CertificateBuilder(issuer, subject, public, 7, MOMENT, MOMENT.replace(year=2030))
            builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            self.certificates.append(builder.sign(authority, SHA256()).public_bytes(Encoding.DER))

    def _raw(self, data: bytes) -> bytes:
        start, processor = time.perf_counter(), time.process_time()
        made = self.key.sign(data, PKCS1v15(), SHA256())
        self.busy += (time.perf_counter() - start) * 1000
        self.worked += (time.process_time() - processor) * 1000
        return made

    def sign(self, content: bytes) -> bytes:
        cms = signature.build(content, self.certificates[0], self.certificates[1:], self._raw, MOMENT)
        self.length = len(cms)
        return cms

    def author(self) -> Author:
        return Author(UTC_TEXT, self.sign)

    def take(self) -> tuple[float, float]:
        """Milliseconds since the last call: by the clock, of the processor."""
        taken, self.busy, self.worked = (self.busy, self.worked), 0.0, 0.0
        return taken


def _name(common: str) -> x509.Name:
    """About as long as those on French cards."""
    parts = [(NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, "TEST ORGANISATION OF HEALTH PROFESSIONALS")]
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, "0002 187512751"), (NameOID.ORGANIZATIONAL_UNIT_NAME, "TEST OF CARDS")]
    parts += [(NameOID.TITLE, "Médecin"), (NameOID.SERIAL_NUMBER, "899700000017"), (NameOID.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def holder() -> Author:
    return Author(UTC_TEXT)


def code() -> Secret:
    return parse(CODE)


def page(lines: int = 15) -> list[bytes]:
    """The lines of an emergency page."""
    text = "Allergie à la pénicilline, choc anaphylactique en 2019, confirmée par bilan allergologique"
    ids = [hashlib.sha256(bytes([n])).hexdigest()[:32] for n in range(lines)]
    return [canonical.dumps({"items": [id_], "section": "allergies", "text": f"{text} ({id_[:4]})"}) for id_ in ids]


def item(type_: str, content: bytes | BinaryIO, number: int = 0) -> NewItem:
    return NewItem(type_, f"Compte rendu de consultation n° {number}", content, "2026-01-01")


def create(path: Path) -> None:
    """A record with an identity and both codes."""
    medium = FileMedium.create(path)
    try:
        first = Change(add=[item("identity", b'{"resourceType":"Patient"}')])
        Container.create(medium, {3: code(), 2: parse(EMERGENCY)}, first, holder())
    finally:
        medium.close()


def fill(container: Container, card: Card, documents: Sequence[bytes | BinaryIO]) -> None:
    """All documents and the emergency page in one signed commit."""
    items = [item("document", content, n) for n, content in enumerate(documents)]
    container.commit(Change(add=items, parts=page()), card.author())


def build(path: Path, card: Card, documents: Sequence[bytes]) -> Path:
    create(path)
    with Container.open(FileMedium.open(path, write=True), code(), write=True) as container:
        fill(container, card, documents)
    return path
