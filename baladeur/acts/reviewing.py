"""Review: a professional says of a whole section that it was gone through, apart from any change in it.

An item of type `review` for each section, replaced at each review. Content: canonical JSON with `section` (a name of
SectionName), `day` (YYYY-MM-DD) and `who` (the signer's words). It counts because its commit is signed.
"""

from collections.abc import Iterable
from datetime import date

from baladeur.acts.draft import Draft, Told, Verb
from baladeur.chart.pages import REVIEW
from baladeur.container import canonical
from baladeur.container.change import NewItem
from baladeur.record.heading import REVIEWED
from baladeur.record.model import SectionName

SECTIONS = REVIEWED  #: whose dates stand on the page


def review(draft: Draft, sections: Iterable[SectionName], who: str, *, today: date) -> None:
    """Say of sections that they were reviewed today by the one who will sign."""
    draft.sign_as(who)
    former = {one.title: one.id for one in draft.items() if one.type == REVIEW}
    for name in sections:
        content = canonical.dumps({"section": str(name), "day": f"{today:%Y-%m-%d}", "who": who})
        of = bytes.fromhex(former[str(name)]) if str(name) in former else None
        item = NewItem(REVIEW, str(name), content, f"{today:%Y-%m-%d}", "application/json", of)
        draft.put([item], told=[Told(Verb.REVIEW, str(name), str(name))])
