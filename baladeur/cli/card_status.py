"""`baladeur card status`: what is there to sign with, what works and what is missing, fit for a support call."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from baladeur.card import discovery, presence, professional, token, verdict
from baladeur.card.discovery import Module
from baladeur.card.presence import CardKind
from baladeur.card.professional import Professional
from baladeur.card.refusals import CardError, ModuleCannotSign, NoCard, NoModule, NoPcsc
from baladeur.card.store import Store
from baladeur.card.token import CardSeen
from baladeur.cli import problems, speech
from baladeur.errors import BaladeurError
from baladeur.wording.sentences import sentence

LABEL = 12  # columns


@dataclass(frozen=True, slots=True)
class _Card:
    """A card in a reader, and what stands between it and a signature."""

    seen: CardSeen
    holder: Professional | None
    until: datetime | None
    problem: BaladeurError | None


def _judged(seen: CardSeen, kinds: dict[str, CardKind | None], store: Store) -> _Card:
    """The card with the first reason not to sign; its own kind of record is taken."""
    try:
        certificate = x509.load_der_x509_certificate(seen.certificate_der)
        holder = professional.read(certificate)
    except (ValueError, CardError):
        return _Card(seen, None, None, NoCard())
    problem: BaladeurError | None = None
    kind = next((k for name, k in kinds.items() if name.startswith(seen.reader)), None)
    if seen.module.kind == "opensc" and kind in (CardKind.CPS, CardKind.CPS3, CardKind.CPS4):
        problem = ModuleCannotSign()
    else:
        try:
            verdict.check_certificate(seen.certificate_der, store.trust(demonstration=holder.test), datetime.now(UTC))
        except CardError as error:
            problem = error
    return _Card(seen, holder, certificate.not_valid_after_utc, problem)


def _cards(modules: list[Module]) -> Iterator[CardSeen]:
    for module in modules:
        with suppress(NoModule):
            yield from token.cards(module)


def show(module: Path | None, json_: bool) -> int:
    """Print it; the exit code says whether a card can sign."""
    service, readers = "ok", []
    try:
        readers = presence.readers()
    except NoPcsc as problem:
        service = problem.detail
    modules, store = discovery.modules(module), Store()
    kinds = {reader.name: reader.card for reader in readers}
    cards = [_judged(seen, kinds, store) for seen in _cards(modules)]
    roots = [a for a in store.authorities() if a.is_root and not a.built_in]
    can_sign = any(one.problem is None for one in cards)
    if json_:
        speech.put_json(
            {
                "service": service,
                "readers": [_reader_json(reader) for reader in readers],
                "modules": [{"path": str(m.path), "kind": m.kind} for m in modules],
                "cards": [_card_json(one) for one in cards],
                "roots": [{"name": a.name, "use": a.use, "official": a.official} for a in roots],
                "can_sign": can_sign,
            }
        )
    else:
        _show(service, readers, modules, cards)
        names = ", ".join(a.name for a in roots) or speech.phrase("k-no-roots")
        _row("k-roots", names)
        _row("k-verdict", speech.phrase("k-can-sign" if can_sign else "k-cannot-sign"))
    return problems.OK if can_sign else CardError.exit_code


def _row(name: str, text: str) -> None:
    label = speech.phrase(name).ljust(LABEL)
    for number, line in enumerate(speech.paragraph(text, " " * LABEL)):
        speech.put(line if number else label + line[LABEL:])


def _show(service: str, readers: list[presence.Reader], modules: list[Module], cards: list[_Card]) -> None:
    _row("k-service", speech.phrase(f"k-{service}"))
    for reader in readers:
        what = speech.phrase(f"k-{reader.card.name.lower() if reader.card else 'empty'}")
        held = speech.phrase("k-exclusive") if reader.exclusive else speech.phrase("k-shared") if reader.shared else ""
        _row("k-reader", f"{reader.name}: {what}{held}")
    for one in modules:
        _row("k-module", f"{one.path} ({speech.phrase(f'k-{one.kind}')})")
    if not modules:
        _row("k-module", sentence(NoModule(), speech.language()))
    for found in cards:
        if found.holder is None or found.until is None:
            _row("k-card", f"{found.seen.label}: {speech.phrase('k-no-certificate')}")
            continue
        test = speech.phrase("k-test") if found.holder.test else ""
        until, tries = f"{found.until:%Y-%m-%d}", speech.phrase(f"k-tries-{found.seen.tries.value}")
        _row("k-card", speech.phrase("k-holder", who=found.holder.name, until=until, tries=tries) + test)
        if found.problem is not None:
            _row("k-problem", sentence(found.problem, speech.language()))


def _reader_json(reader: presence.Reader) -> dict[str, Any]:
    return {
        "name": reader.name,
        "card": reader.card.value if reader.card else None,
        "atr": reader.atr.hex(),
        "shared": reader.shared,
        "exclusive": reader.exclusive,
    }


def _card_json(one: _Card) -> dict[str, Any]:
    return {
        "reader": one.seen.reader,
        "label": one.seen.label,
        "module": str(one.seen.module.path),
        "holder": one.holder.name if one.holder else None,
        "card_type": one.holder.card_type if one.holder else None,
        "test": one.holder.test if one.holder else None,
        "valid_until": one.until.isoformat() if one.until else None,
        "tries": one.seen.tries.value,
        "keypad": one.seen.keypad,
        "problem": type(one.problem).__name__ if one.problem else None,
        "detail": one.problem.detail if one.problem else None,
    }
