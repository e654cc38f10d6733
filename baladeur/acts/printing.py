"""What is printed of an open record."""

from collections.abc import Sequence
from datetime import date

from baladeur.acts import paging
from baladeur.errors import NoPageToPrint
from baladeur.paper import emergency
from baladeur.paper.words import Lang, say
from baladeur.record import render
from baladeur.record.page import Block
from baladeur.record.seen import Difference
from baladeur.record.words import day
from baladeur.views import Page


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
