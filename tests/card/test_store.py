"""The trust list as files: what goes in, what counts where, and what damage does."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from baladeur.card import store, trust
from baladeur.card.refusals import NOT_A_CRL, NOT_AN_AUTHORITY, NOT_CONFIRMED, NOT_THERE, TrustRefused
from baladeur.card.store import Store, from_component, load_certificates
from tests.card import people
from tests.card.people import person, revocations


def der(certificate: x509.Certificate) -> bytes:
    """DER."""
    return certificate.public_bytes(Encoding.DER)


def test_an_empty_list_trusts_no_real_card(tmp_path: Path) -> None:
    """No root is there that nobody put there, save the demonstration's, for its records."""
    empty = Store(tmp_path / "none")
    assert empty.trust(demonstration=False).roots == ()
    assert [a.name for a in empty.authorities() if a.is_root] == ["DEMONSTRATION AC RACINE"]
    assert len(empty.trust(demonstration=True).roots) == 1


def test_a_test_root_counts_on_demonstration_records_only(tmp_path: Path) -> None:
    """It says TEST of itself, so nobody has to remember a flag."""
    mine = Store(tmp_path)
    for certificate in (people.root(), people.between()):
        assert mine.add(certificate, confirmed=True).use == "demonstration"
    assert mine.trust(demonstration=False) == trust.Trust()
    demonstration = mine.trust(demonstration=True)
    assert people.root() in demonstration.roots
    assert people.between() in demonstration.authorities


def test_an_unknown_authority_needs_a_person(tmp_path: Path) -> None:
    """Who has compared the fingerprint; nothing is written before."""
    mine = Store(tmp_path)
    with pytest.raises(TrustRefused, match=NOT_CONFIRMED):
        mine.add(people.root(), confirmed=False)
    assert list(tmp_path.iterdir()) == []


def test_official_certificates_need_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By fingerprint; and so does what an official one issued."""
    monkeypatch.setattr(trust, "OFFICIAL", frozenset({trust.fingerprint(people.root())}))
    mine = Store(tmp_path)
    with pytest.raises(TrustRefused):
        mine.add(people.between(), confirmed=False)
    assert mine.add(people.root(), confirmed=False).official
    assert not mine.add(people.between(), confirmed=False).official


def test_the_official_fingerprints_are_whole() -> None:
    """Two SHA-256 values; that they are the ANS's is said by their source, not by a test."""
    assert {len(bytes.fromhex(f)) for f in trust.OFFICIAL} == {32}
    assert len(trust.OFFICIAL) == 2


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_files_of_certificates(encoding: Encoding) -> None:
    """DER, or several in PEM."""
    assert load_certificates(people.root().public_bytes(encoding)) == [people.root()]
    both = b"".join(c.public_bytes(Encoding.PEM) for c in (people.root(), people.between()))
    assert load_certificates(both) == [people.root(), people.between()]


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", der(person().certificate)],
    ids=["empty", "junk", "PEM", "a card"],  # each process of a parallel run draws other keys
)
def test_what_is_no_authority_stays_out(data: bytes) -> None:
    """A card's own certificate least of all: it would vouch for itself."""
    with pytest.raises(TrustRefused, match=NOT_AN_AUTHORITY):
        load_certificates(data)


def test_a_root_that_did_not_sign_itself_stays_out() -> None:
    """The same name over another key is a forgery."""
    forged = der(people.root())
    at = forged.rindex(b"\x03\x82\x01\x01\x00") + 40
    with pytest.raises(TrustRefused, match=NOT_AN_AUTHORITY):
        load_certificates(forged[:at] + bytes([forged[at] ^ 1]) + forged[at + 1 :])


def test_removing(tmp_path: Path) -> None:
    """By the beginning of the fingerprint, one at a time; the built-in ones stay."""
    mine = Store(tmp_path)
    entry = mine.add(people.root(), confirmed=True)
    built_in = next(a for a in mine.authorities() if a.built_in)
    for start in ("", entry.fingerprint[:7], "0" * 64, built_in.fingerprint):
        with pytest.raises(TrustRefused, match=NOT_THERE):
            mine.remove(start)
    colons = ":".join(entry.fingerprint[i : i + 2] for i in range(0, 64, 2)).upper()
    assert mine.remove(colons).fingerprint == entry.fingerprint
    assert all(a.built_in for a in mine.authorities())


def test_revocation_lists(tmp_path: Path) -> None:
    """Only those of an authority that is in the list."""
    mine = Store(tmp_path)
    data = revocations().public_bytes(Encoding.DER)
    with pytest.raises(TrustRefused, match=NOT_A_CRL):
        mine.add_list(data)
    mine.add(people.between(), confirmed=True)
    issuer, date = mine.add_list(data)
    assert (issuer.certificate, date) == (people.between(), revocations().last_update_utc)
    assert mine.trust(demonstration=True).lists == (revocations(),)
    with pytest.raises(TrustRefused):
        mine.add_list(revocations(by=people.key("rogue")).public_bytes(Encoding.DER))


def test_damage_trusts_nothing_and_stops_nothing(tmp_path: Path) -> None:
    """A file that was cut or replaced is as if it were not there."""
    mine = Store(tmp_path)
    entry = mine.add(people.root(), confirmed=True)
    file = tmp_path / "demonstration" / f"{entry.fingerprint}.pem"
    file.write_bytes(file.read_bytes()[:-200])
    (tmp_path / "crl").mkdir()
    (tmp_path / "crl" / "x.crl").write_bytes(b"junk")
    (tmp_path / "real").write_text("a file where a folder belongs")
    assert all(a.built_in for a in mine.authorities())
    assert mine.trust(demonstration=False) == trust.Trust()


def test_the_installed_component(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lies in it, only the official certificates come out, known by fingerprint."""
    deep = tmp_path / "CPS" / "coffre"
    deep.mkdir(parents=True)
    (deep / "a.cer").write_bytes(der(people.root()))
    (deep / "b.crt").write_bytes(people.between().public_bytes(Encoding.PEM))
    (deep / "c.pem").write_bytes(b"junk")
    (deep / "d.txt").write_bytes(der(people.root()))
    assert from_component((str(tmp_path), "/nonexistent")) == []
    monkeypatch.setattr(trust, "OFFICIAL", frozenset({trust.fingerprint(people.between())}))
    assert from_component((str(tmp_path),)) == [people.between()]


def test_where_the_list_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the user's own data folder, never on the key."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store.default_folder() == tmp_path / "baladeur" / "trust"
    assert Store().folder == store.default_folder()
