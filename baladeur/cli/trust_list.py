"""`baladeur trust`: whom this computer trusts, as a list that anybody can read and change."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from baladeur.card import crl, store
from baladeur.card.refusals import NO_COMPONENT, TrustRefused
from baladeur.card.store import Authority, Store
from baladeur.cli import asking, problems, speech


def _groups(fingerprint: str) -> str:
    """A fingerprint as people compare it."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 64, 4)).upper()


def _bytes(file: Path, cap: int) -> bytes:
    if not file.is_file():
        raise problems.FileRefused
    with file.open("rb") as opened:
        return opened.read(cap + 1)


def show(json_: bool) -> None:
    """Authorities and revocation lists."""
    mine, now = Store(), datetime.now(UTC)
    authorities, lists = mine.authorities(), mine.lists()
    if json_:
        speech.put_json({"authorities": [_json(a) for a in authorities], "lists": [_list_json(c, now) for c in lists]})
        return
    for one in authorities:
        kind = "t-official" if one.official else "t-built-in" if one.built_in else f"t-{one.use}"
        until = f"{one.certificate.not_valid_after_utc:%Y-%m-%d}"
        _put(speech.phrase("t-root" if one.is_root else "t-authority", who=one.name, until=until))
        speech.put(f"  {speech.phrase(kind)}")
        grouped = _groups(one.fingerprint)
        speech.put(f"  SHA-256 {grouped[:39]}")
        speech.put(f"          {grouped[40:]}")
    for found in lists:
        stale = found.next_update_utc is None or found.next_update_utc < now
        _put(_dated(found) + (speech.phrase("t-stale") if stale else ""))
    if not any(a.is_root and a.use == "real" for a in authorities):
        speech.tell("t-none")


def _put(text: str) -> None:
    for line in speech.paragraph(text):
        speech.put(line)


def _dated(found: x509.CertificateRevocationList) -> str:
    names = found.issuer.get_attributes_for_oid(x509.oid.NameOID.COMMON_NAME)
    name = str(names[0].value) if names else found.issuer.rfc4514_string()
    return speech.phrase("t-list", who=name, date=f"{found.last_update_utc:%Y-%m-%d}", n=len(found))


def _json(one: Authority) -> dict[str, Any]:
    return {
        "name": one.name,
        "sha256": one.fingerprint,
        "use": one.use,
        "root": one.is_root,
        "official": one.official,
        "built_in": one.built_in,
        "valid_until": one.certificate.not_valid_after_utc.isoformat(),
    }


def _list_json(found: x509.CertificateRevocationList, now: datetime) -> dict[str, Any]:
    following = found.next_update_utc
    return {
        "issuer": found.issuer.rfc4514_string(),
        "this_update": found.last_update_utc.isoformat(),
        "next_update": following.isoformat() if following else None,
        "stale": following is None or following < now,
        "revoked": len(found),
    }


def add(file: Path | None, yes: bool) -> None:
    """Enter the authorities of FILE (PEM or DER); without FILE, the official ones of the installed CPS component."""
    if file is None:
        certificates = store.from_component()
        if not certificates:
            raise TrustRefused(NO_COMPONENT)
    else:
        certificates = store.load_certificates(_bytes(file, store.MAX_FILE))
    mine = Store()
    for certificate in sorted(certificates, key=lambda c: c.issuer != c.subject):  # a root before what it issued
        entry = Authority(certificate, "demonstration" if store.is_test(certificate) else "real")
        try:
            mine.add(certificate, confirmed=False)
        except TrustRefused:
            speech.say(f"{entry.name}\nSHA-256 {_groups(entry.fingerprint)}".replace("\n", " · "))
            asking.confirm("t-ask", yes)
            mine.add(certificate, confirmed=True)
        speech.tell("t-added", who=entry.name, use=speech.phrase("t-official" if entry.official else f"t-{entry.use}"))


def remove(fingerprint: str) -> None:
    """Take out the authority whose fingerprint begins so (eight digits or more)."""
    speech.tell("t-removed", who=Store().remove(fingerprint.replace(" ", "")).name)


def add_crl(file: Path) -> None:
    """Enter a revocation list (DER or PEM) of an authority that is in the list."""
    issuer, date = Store().add_list(_bytes(file, crl.MAX_BYTES))
    speech.tell("t-list-added", who=issuer.name, date=f"{date:%Y-%m-%d}")
