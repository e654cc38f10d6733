"""What is printed of an open record."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from baladeur.acts import paging
from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.errors import NoPageToPrint, SecretRefused
from baladeur.paper import blocks, emergency, recovery, wallet
from baladeur.paper.words import Lang, say
from baladeur.record import render
from baladeur.record.page import Block
from baladeur.record.seen import Difference
from baladeur.record.words import day
from baladeur.views import Page

#: Of a receipt; one line for each entry of the version.
RECEIPT_PAGES: Final = 20


def emergency_sheet(page: Page, found: Difference | None, languages: Sequence[Lang], *, today: date) -> bytes:
    """The emergency page as a PDF of one A4 page, in one language or in two. Raises NoPageToPrint, PaperRefused."""
    if not page.exists:
        raise NoPageToPrint
    lines = paging.show(page, found, as_of=today)
    name = next((line.name for line in lines if line.block is Block.BANNER), None)
    said = day(today.isoformat())
    parts = []
    for lang in languages:
        height = emergency.ROWS[len(languages)]
        rows = render.sheet(lines, lang, say("more", lang), say("overflow", lang), height=height)
        parts.append(emergency.Part(lang, rows, name.of(lang) if name else "", said.of(lang), page.number))
    return emergency.sheet(parts, today)


def receipt_pdf(text: str, *, today: date) -> bytes:
    """The receipt for the practice file, as its French text says it. Raises PaperRefused."""
    return blocks.pdf(blocks.of_text(text), "fr", today, RECEIPT_PAGES)


def recovery_sheet(typed: str, lang: Lang, *, today: date, key: str = "", name: str = "", qr: bool = False) -> bytes:
    """The twelve words on one A4 sheet, however they were typed. Raises SecretMistyped, SecretRefused, PaperRefused.

    key: the short id of the file. name: of the patient, if they want it there. qr: also for a device to read.
    """
    parsed = secret.parse(typed)
    if parsed.cls is not SecretClass.CODE12:
        raise SecretRefused("another kind of secret")
    words = secret.generate(parsed.cls, parsed.material)
    said = day(today.isoformat()).of(lang)
    return recovery.sheet(recovery.Sheet(words, secret.numbers(words), said, key, name, qr), lang, today)


def wallet_card(lang: Lang, *, today: date, typed: str | None = None, call: str = "") -> bytes:
    """A card for the wallet, with the emergency code if one is given. Raises SecretRefused, PaperRefused."""
    words: list[str] = []
    if typed is not None:
        parsed = secret.parse(typed)
        if parsed.cls is not SecretClass.EMERGENCY:
            raise SecretRefused("another kind of secret")
        words = [secret.accented(word) for word in parsed.material.decode().split()]
    return wallet.card(words, call, lang, today)
