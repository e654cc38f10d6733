"""The emergency page of one document that is not stored."""

from datetime import date
from typing import BinaryIO

from baladeur.record import fhir, render, scan, shown, summary
from baladeur.record.phrases import Lang


def page(source: BinaryIO, language: Lang, as_of: date) -> tuple[tuple[str, ...], ...]:
    """The emergency page that one document gives, screen by screen of 80 by 24. Raises BundleInvalid's kinds."""
    data = source.read(scan.MAX_BYTES + 1)  # one byte over the cap is enough to refuse a huge file
    lines = summary.summarise(fhir.read(data, as_of=as_of), as_of=as_of)
    return render.screens(shown.show(lines, as_of), language)
