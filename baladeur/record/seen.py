"""What the reader of a page knows about the page itself: who signed it, and what is wrong with it.

The caller fills a `Seen`; `notices` turns it into the first lines of the page. Verdicts are rows `verdict.*` of the
word table. Sources: schemas/container.md section 11; ETSI EN 319 102-1 for the verdicts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.page import Block, Kind, Level, Line, Shown
from baladeur.record.words import NOTHING, Words, count, dated, day, join, label, t

#: Verdicts under which the lines of a page may be laid out as what they say. Every other verdict marks them with `?`.
TRUSTED: Final = frozenset(
    {"passed", "passed-offline", "expired", "revoked-since", "training", "training-expired", "demonstration"}
)


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """The last signature of the page.

    who: the signer in words; day: a FHIR date or instant; verdict: one of TRUSTED,
    `indeterminate`, `not-checked`, `failed`, or `none` (no professional has signed; who and day are empty).
    Any other verdict counts as `not-checked`.
    """

    who: str
    day: str
    verdict: str
    declared_day: bool = False  #: the clock was not believed, the signer stated the date

    __repr__ = quiet

    @property
    def is_trusted(self) -> bool:
        """Whether its lines may be laid out like verified ones."""
        return self.verdict in TRUSTED


@dataclass(frozen=True, slots=True)
class Difference:
    """How a signed page differs from what the whole record gives; in lines."""

    only_page: int = 0
    only_record: int = 0
    changed: int = 0
    critical: bool = False  #: a line of the highest level is among them
    other_rules: str = ""  #: the version of the page's rules if it is another: then nothing was compared

    @property
    def count(self) -> int:
        """How many lines differ."""
        return self.only_page + self.only_record + self.changed

    @property
    def words(self) -> Words:
        """`page signée différente du dossier : 3 lignes`. Empty if nothing differs."""
        return count("different", self.count) if self.count else NOTHING

    @property
    def detail(self) -> Words:
        """`1 changée, 2 dans le dossier seul`."""
        each = (("changed", self.changed), ("only_page", self.only_page), ("only_record", self.only_record))
        return join(count(key, number) for key, number in each if number)


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """All that the caller knows of the page. Nothing of it: the page of an unsigned document, as `preview` shows it."""

    signature: Signature | None = None
    older: bool = False  #: a newer version of the page has existed
    difference: Difference | None = None
    withdrawn: int = 0  #: lines that the patient took away since the signature
    pending: int | None = None  #: documents in the pending tray; None: not known, the declared line says it
    fictional: bool = False  #: a demonstration record

    __repr__ = quiet

    @property
    def is_doubtful(self) -> bool:
        """Whether signed lines stand there that nobody vouches for."""
        return self.signature is not None and self.signature.verdict != "none" and not self.signature.is_trusted


def signed(signature: Signature) -> Words:
    """`signé par Dr A. PETIT le 12 oct. 2026 (signature vérifiée)`; empty if nobody signed."""
    if signature.verdict == "none":
        return NOTHING
    known = signature.verdict if signature.verdict in (*TRUSTED, "indeterminate", "failed") else "not-checked"
    verdict = t(f"verdict.{known}")
    if known == "failed":
        return verdict  # the name is whatever a forger wrote
    when = [day(signature.day), t("declared_day")] if signature.declared_day else [day(signature.day)]
    return t("signed", signature.who, join(when), verdict) if signature.who else t("signed_on", join(when), verdict)


def notices(seen: Seen, lines: Iterable[Line]) -> list[Shown]:
    """The first lines, the gravest first."""
    found: list[Shown] = []

    def add(key: str, words: Words, level: Level = Level.CAUTION, detail: Words = NOTHING) -> None:
        found.append(Shown(Block.FIRST, words, level=level, label=label(key), detail=detail, counted=False))

    signature = seen.signature
    if signature and signature.verdict == "failed":
        add("wrong", t("wrong"), Level.CRITICAL)
    elif signature and signature.verdict == "none":
        add("unsigned", t("unsigned"), Level.CRITICAL)
    elif seen.is_doubtful:
        add("unverified", t("unverified"), Level.CRITICAL)
    if seen.difference and seen.difference.count:
        grave = Level.CRITICAL if seen.difference.critical else Level.CAUTION
        add("different", seen.difference.words, grave, seen.difference.detail)
    if seen.difference and seen.difference.other_rules:
        add("other_rules", t("other_rules", seen.difference.other_rules))
    if seen.older:
        add("older", t("older"))
    if seen.withdrawn:
        when = signature.day if signature else ""
        key = "withdrawn" if when else "withdrawn_undated"
        add("withdrawn", count(key, seen.withdrawn, day(when)) if when else count(key, seen.withdrawn))
    pending = seen.pending if seen.pending is not None else _declared_pending(lines)
    if pending:
        add("pending", count("pending", pending))
    return found


def _declared_pending(lines: Iterable[Line]) -> int:
    said = [one.fact("count") for one in lines if one.kind is Kind.PENDING]
    return sum(int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 7)


def review_words(section: str, raw: str, who: str) -> Words:
    """`traitements relus le 12 oct. 2026 (Dr A. PETIT)`."""
    words = dated(f"reviewed_{section}", raw)
    return t("labelled", words, who) if who else words
