"""The emergency page as it is shown: its parts, what is known of its signature, and what the dossier says to it."""

from datetime import date
from typing import TYPE_CHECKING, Final

from baladeur.container.catalogue import MAX_ITEMS
from baladeur.container.container import Container
from baladeur.record import emergency, shown
from baladeur.record.page import Shown
from baladeur.record.seen import Difference, Seen, Signature
from baladeur.record.wording import span
from baladeur.views import Page

if TYPE_CHECKING:
    from baladeur.acts.draft import Draft

_OLDER: Final = frozenset({"older-summary", "older-commit-shown"})
#: Entries up to which results, too, are compared at each showing; `verify` always compares them.
RESULTS_UP_TO: Final = 300


def difference(container: Container, page: Page, *, everything: bool = False) -> Difference | None:
    """How the page differs from the dossier, or None if there is no signed page. Raises ItemDamaged."""
    from baladeur.chart import items, pages  # all that reads FHIR: the emergency code needs none of it

    day = span(page.utc[:10])
    if not page.signed or page.signature == "none" or day is None:
        return None
    present, results = items.of_page(container, pages.RESULTS_ONLY, MAX_ITEMS if everything else RESULTS_UP_TO)
    return pages.difference(
        page.signed, page.withdrawn, present, items.former(container), signed_on=day[0], results=results
    )


def show(page: Page, found: Difference | None, *, as_of: date, order: str = "emergency") -> tuple[Shown, ...]:
    """The page in words for a day. Raises KeyError for an unknown order."""
    verdict = "demonstration" if page.signature == "ok" and page.demonstration else _verdict(page)
    signature = Signature(
        page.signer or "",
        page.utc[:10] if page.signed or page.signature != "none" else "",
        verdict,
        page.clock == "declared",
    )
    older = any(one.name in _OLDER for one in page.findings)
    seen = Seen(signature, older, found, page.withdrawn, None, page.demonstration)
    return shown.show(emergency.lines(page.signed, page.declared), as_of, seen, order)


def _verdict(page: Page) -> str:
    """The verdict as the page's words know it: "verified" alone is said only of what was checked to the end."""
    if page.wording != "passed" or page.etsi == "TOTAL-PASSED":
        return page.wording
    return "revoked-since" if "REVOKED" in page.etsi else "passed-offline"


def planned(draft: "Draft", *, as_of: date, fictional: bool) -> tuple[Shown, ...]:
    """The page that a draft would seal, in words: the patient sees it first. Raises ItemDamaged, RecordError."""
    from baladeur.chart import pages

    lines = pages.lines(draft.items(), draft.former(), as_of=as_of)
    return shown.show(lines, as_of, Seen(fictional=fictional))
