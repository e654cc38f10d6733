"""The card meets the sealed file: refused before anything is written, judged afterwards, checkable by outsiders."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur import signing
from baladeur.card import demo, evidence, signature, signer
from baladeur.card.permissions import Act
from baladeur.card.refusals import (
    STALE,
    CardRefused,
    CertificateRefused,
    NotInScope,
)
from baladeur.card.store import Store
from baladeur.card.trust import Trust
from baladeur.container import place, secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container
from baladeur.container.secret import SecretClass
from baladeur.container.statement import Record
from baladeur.errors import ClockNotBelieved, CmsMalformed, CmsRefused
from tests.card import people
from tests.card.people import NOW, Person, person, revocations, trusted

WORDS = secret.parse(" ".join(secret.generate(SecretClass.CODE12, bytes(range(16)))))
DAY, YEAR = timedelta(days=1), timedelta(days=365)
ADD = [Act("allergy", "add")]
FILE = "DOSSIER.DMB"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A demonstration record with an identity."""
    folder = tmp_path / "key"
    folder.mkdir()
    author = Author("2026-11-01T10:00:00Z")
    change = Change(add=[NewItem("identity", "MOREAU Jeanne [FICTIF]", b"{}")])
    place.create_at(folder, {3: WORDS}, change, author, demo=True)
    return folder


def add(container: Container, pen: signing.Pen, type_: str = "allergy") -> bytes:
    """Commit one entry, signed; its id."""
    container.commit(Change(add=[NewItem(type_, "Pénicillines", b"x", "2014")]), pen.author)
    return next(e.id for e in container.entries() if e.meta["type"] == type_)


def records(container: Container) -> list[Record]:
    """The signed history records."""
    verdicts, _ = container.replay()
    return [v.record for v in verdicts if v.record is not None and v.record.cms]


def test_a_signed_commit_and_its_verdict(key: Path) -> None:
    """Every card's commit on a demonstration record, judged."""
    with place.open_at(key, WORDS, True) as container:
        add(container, signing.take(person(), ADD, trusted(revocations()), now=NOW))
        (record,) = records(container)
    found = signing.judge(record, trusted(revocations()), {}, NOW)
    assert (found.signature.words, found.scope, found.declared) == ("TOTAL-PASSED", "", False)
    assert len(record.cms) <= 8192


def test_the_demonstration_card_takes_the_same_way(key: Path, tmp_path: Path) -> None:
    """As a Signer, with the roots that come with Baladeur; on a demonstration record only."""
    built_in = Store(tmp_path / "none")
    card: signer.Signer = demo.DemoSigner()
    with place.open_at(key, WORDS, True) as container:
        add(container, signing.take(card, ADD, built_in.trust(demonstration=True), now=NOW))
        (record,) = records(container)
    found = signing.judge(record, built_in.trust(demonstration=True), {}, NOW)
    assert found.signature.words == "INDETERMINATE / TRY_LATER"
    assert found.signature.holds
    with pytest.raises(CardRefused):
        signing.take(card, ADD, built_in.trust(demonstration=False), now=NOW)


def stale(who: Person, other: Person) -> Person:
    """The certificate of one and the key of another: what a cache in a module makes of a new card."""
    return Person(who.certificate, other.key)


REFUSED: list[tuple[str, Callable[[], Person], Trust, list[Act], type[Exception]]] = [
    ("expired", lambda: person("expired"), trusted(), ADD, CertificateRefused),
    ("revoked", lambda: person("revoked"), trusted(revocations(0xDEAD)), ADD, CertificateRefused),
    ("not yet valid", lambda: person("future"), trusted(), ADD, ClockNotBelieved),
    ("CPE", lambda: person("cpe"), trusted(), ADD, CardRefused),
    ("a test card on a real record", person, trusted(demonstration=False), ADD, CardRefused),
    ("a real card on a demonstration record", lambda: person("real"), trusted(), ADD, CardRefused),
    ("outside its row", lambda: person("nurse"), trusted(), ADD, NotInScope),
    ("rogue root of the same name", lambda: person("rogue"), trusted(), ADD, CertificateRefused),
    ("without nonRepudiation", lambda: person("auth"), trusted(), ADD, CardRefused),
    ("previous holder", lambda: stale(person("previous"), person()), trusted(), ADD, CertificateRefused),
]


@pytest.mark.parametrize(("make", "roots", "acts", "error"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused_before_writing(
    key: Path, make: Callable[[], Person], roots: Trust, acts: list[Act], error: type[Exception]
) -> None:
    """The file does not change by a byte."""
    before = (key / FILE).read_bytes()
    with place.open_at(key, WORDS, True) as container, pytest.raises(error) as caught:
        add(container, signing.take(make(), acts, roots, now=NOW))
    assert (key / FILE).read_bytes() == before
    if make().certificate == person("previous").certificate:
        assert getattr(caught.value, "detail", "") == STALE


class Changing:
    """A signer that shows a good certificate first and another when it signs."""

    def __init__(self) -> None:
        self.shown = iter([person(), person()])
        self.now = person("rogue")

    @property
    def certificate_der(self) -> bytes:
        """The good one twice, then the other."""
        return next(self.shown, self.now).certificate_der

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """None."""
        return ()

    def sign_raw(self, data: bytes) -> bytes:
        """By the other's key."""
        return self.now.sign_raw(data)


def test_what_came_back_is_judged_before_it_is_written(key: Path) -> None:
    """The certificate that was checked is not the one that signed."""
    before = (key / FILE).read_bytes()
    pen = signing.take(Changing(), ADD, trusted(), now=NOW)
    with place.open_at(key, WORDS, True) as container, pytest.raises(CertificateRefused):
        add(container, pen)
    assert (key / FILE).read_bytes() == before


def test_acts_of_a_change() -> None:
    """Items become kinds; what the holder may do alone is no act."""
    items = [
        NewItem("fhir-allergyintolerance", "a", b""),
        NewItem("treatment", "b", b"", of=bytes(16)),
        NewItem("tray", "c", b""),
        NewItem("fhir-condition", "d", b""),
        NewItem("source", "e", b""),
        NewItem("review", "f", b"", of=bytes(16)),
    ]
    types = {b"1" * 16: "fhir-medicationstatement", b"2" * 16: "contact"}
    change = Change(add=items, withdraw=list(types))
    assert signing.acts_of(change, types.__getitem__) == [
        Act("allergy", "add"),
        Act("treatment", "change"),
        Act("fhir-condition", "add"),
        Act("review", "review"),
        Act("treatment", "stop"),
    ]


def test_a_commit_outside_the_scope_is_named(key: Path) -> None:
    """Another program may have let a nurse sign it: the signature holds and the commit is named."""
    with place.open_at(key, WORDS, True) as container:
        add(container, signing.take(person("nurse"), [Act("note", "add")], trusted(), now=NOW), "treatment")
        (record,) = records(container)
    found = signing.judge(record, trusted(), {}, NOW)
    assert (found.signature.holds, found.scope) == (True, "kind")


def test_a_withdrawal_is_judged_by_the_entry_that_it_withdraws(key: Path) -> None:
    """A pharmacist wrote the allergy and may not withdraw it."""
    with place.open_at(key, WORDS, True) as container:
        id_ = add(container, signing.take(person("pharmacist"), ADD, trusted(), now=NOW))
        pen = signing.take(person("pharmacist"), ADD, trusted(), now=NOW)
        container.commit(Change(withdraw=[id_]), pen.author)
        first, second = records(container)
    types = {id_.hex(): "allergy"}
    assert signing.judge(first, trusted(), types, NOW).scope == ""
    assert signing.judge(second, trusted(), types, NOW).scope == "doctor only"


def test_two_dates_in_one_commit(key: Path) -> None:
    """The statement says one day and the signature another: no good signature."""
    pen = signing.take(person(), ADD, trusted(), now=NOW)
    other = Author("2020-01-01T00:00:00Z", pen.author.sign)
    with place.open_at(key, WORDS, True) as container:
        container.commit(Change(add=[NewItem("allergy", "a", b"x")]), other)
        (record,) = records(container)
    found = signing.judge(record, trusted(), {}, NOW).signature
    assert found.words == "INDETERMINATE / SIG_CONSTRAINTS_FAILURE"
    assert found.wording("fr") == "SIGNATURE FAUSSE"


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (NOW, NOW + 2 * DAY),  # before the last commit
        (datetime(1970, 1, 1, tzinfo=UTC), None),
        (NOW + 3 * YEAR, NOW),
    ],
)
def test_a_clock_that_cannot_be_believed(now: datetime, last: datetime | None) -> None:
    """Said before anything else: by a wrong clock every card has expired or is not valid yet."""
    for who in ("doctor", "expired"):
        with pytest.raises(ClockNotBelieved):
            signing.take(person(who), ADD, trusted(), now=now, last_commit=last)


def test_before_the_cards_start() -> None:
    """Either the clock is wrong or the card is too new: first the date is asked, then the card refused."""
    with pytest.raises(ClockNotBelieved):
        signing.take(person("future"), ADD, trusted(), now=NOW)
    with pytest.raises(CertificateRefused, match="not yet valid"):
        signing.take(person("future"), ADD, trusted(), now=NOW, declared=True)


def test_the_doctor_gives_the_date(key: Path) -> None:
    """Asked only if the clock is not believed; signed with the date given, marked as declared."""
    wrong = NOW + 2 * YEAR
    with pytest.raises(ClockNotBelieved):
        signing.take(person(), ADD, trusted(), now=wrong, last_commit=NOW)
    with place.open_at(key, WORDS, True) as container:
        add(container, signing.take(person(), ADD, trusted(), now=NOW, last_commit=NOW + 5 * DAY, declared=True))
        (record,) = records(container)
    found = signing.judge(record, trusted(), {}, NOW)
    assert found.declared
    assert found.signature.signing_time == NOW


def checked_by_openssl(folder: Path, stem: str) -> bool:
    """The command of the folder's own README, as it stands there."""
    text = next(line for line in (folder / "README.txt").read_text("utf-8").split("\n\n") if "cms -verify" in line)
    command = text.replace("\\\n", " ").replace("0003", stem).split()
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def test_evidence_for_outsiders(key: Path, tmp_path: Path) -> None:
    """`openssl cms -verify` takes every commit, and refuses each after one flipped byte of anything that counts."""
    with place.open_at(key, WORDS, True) as container:
        for type_ in ("allergy", "treatment", "device"):
            add(container, signing.take(person(), [Act(type_, "add")], trusted(), now=NOW), type_)
        signed = records(container)
    folder = tmp_path / "evidence"
    folder.mkdir()
    made = evidence.readme()
    for number, record in enumerate(signed, 1):
        made |= evidence.files(number, record.signed_content, record.cms, trusted())
    for name, data in made.items():
        (folder / name).write_bytes(data)
    assert len(made) == 2 + 4 * 3
    for stem in ("0001", "0002", "0003"):
        assert checked_by_openssl(folder, stem)
        for name, at in ((f"{stem}.signed", 40), (f"{stem}.p7s", -1), (f"{stem}.p7s", -300)):
            whole = (folder / name).read_bytes()
            flipped = bytearray(whole)
            flipped[at] ^= 1
            (folder / name).write_bytes(flipped)
            assert not checked_by_openssl(folder, stem), name
            (folder / name).write_bytes(whole)


def test_the_chain_of_the_evidence(key: Path) -> None:
    """The root apart, from the trust list or from the signature; what does not verify is no evidence."""
    with place.open_at(key, WORDS, True) as container:
        add(container, signing.take(person(), ADD, trusted(), now=NOW))
        (record,) = records(container)
    made = evidence.files(7, record.signed_content, record.cms, Trust())  # the signature carries its root
    assert x509.load_pem_x509_certificates(made["0007.root.pem"]) == [people.root()]
    chain = x509.load_pem_x509_certificates(made["0007.chain.pem"])
    assert chain == [person().certificate, people.between()]
    bare = signature.build(b"x", person().certificate_der, (), person().sign_raw, NOW)
    assert sorted(evidence.files(1, b"x", bare, trusted())) == [
        f"0001.{n}" for n in ("chain.pem", "p7s", "root.pem", "signed")
    ]
    assert sorted(evidence.files(1, b"x", bare, Trust())) == [f"0001.{n}" for n in ("chain.pem", "p7s", "signed")]
    with pytest.raises(CmsRefused):
        evidence.files(1, b"y", bare, trusted())
    with pytest.raises(CmsMalformed):
        evidence.files(1, b"y", b"", trusted())
    assert people.root().public_bytes(Encoding.PEM) == made["0007.root.pem"]
