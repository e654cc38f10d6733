"""What the door hands out: secrets that are not in force yet, entries and pages with their verdicts.

What may hold a title, a content or a secret shows nothing in a repr: it may reach a traceback.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from baladeur.container import canonical, secret
from baladeur.container.container import Entry
from baladeur.container.secret import Secret, SecretClass
from baladeur.container.state import Finding
from baladeur.container.statement import Record
from baladeur.container.summary import Summary
from baladeur.errors import SecretRefused, StatementMalformed
from baladeur.quiet import quiet

if TYPE_CHECKING:
    from baladeur.card.trust import Trust

RECOVERY_SLOT = 3


class Fault(Protocol):
    """A finding of the checker, as the door hands it out: what is wrong with a FHIR document, and where."""

    @property
    def key(self) -> str:
        """The rule."""

    @property
    def severity(self) -> str:
        """fatal, error, warning or note."""

    @property
    def where(self) -> str:
        """FHIRPath of the element."""

    @property
    def line(self) -> int | None:
        """Of an NDJSON file."""

    def sentence(self, language: Literal["fr", "en"]) -> str:
        """What is wrong."""

    def remedy(self, language: Literal["fr", "en"]) -> str:
        """What to do."""

    def as_json(self, language: Literal["fr", "en"]) -> dict[str, object]:
        """For programs."""


@dataclass(frozen=True, slots=True, repr=False)
class NewSecrets:
    """The words of a new record, to be shown once: 8 to open it, 12 to keep on paper; none that the user brought."""

    words: list[str]
    recovery: list[str]

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class NewAccess:
    """A secret that is not in force yet. `words` are to be shown; none if the user brought the secret."""

    slot: int
    words: list[str]
    secret: Secret

    __repr__ = quiet

    @property
    def numbers(self) -> list[str]:
        """The number of each word, which may be typed instead of it."""
        return secret.numbers(self.words)

    def misses(self, typed: str) -> list[int] | None:
        """The places, from 1, of the words that are not those drawn; None if they are not as many."""
        given = secret.tokens(typed)
        if len(given) != len(self.words):
            return None
        return [at for at, pair in enumerate(zip(given, self.words, strict=True), 1) if not secret.alike(*pair)]

    def is_word(self, place: int, typed: str) -> bool:
        """Whether what was typed stands for the word at a place, from 1."""
        return secret.alike(typed.strip(), self.words[place - 1])

    @property
    def is_recovery(self) -> bool:
        """Whether it is the 12 words on paper."""
        return self.slot == RECOVERY_SLOT

    @classmethod
    def draw(cls, kind: str, typed: str | None = None, carer: int = 1) -> Self:
        """Draw an access, everyday, recovery, carer or emergency, or take what was typed. Raises SecretRefused."""
        wanted = {"everyday": SecretClass.WORDS8, "emergency": SecretClass.EMERGENCY}.get(kind, SecretClass.CODE12)
        slot = RECOVERY_SLOT + carer if kind == "carer" else int(wanted)
        if typed is None:
            words = secret.generate(wanted)
            return cls(slot, words, secret.parse(" ".join(words)))
        own = secret.parse(typed)
        if own.cls is SecretClass.PHRASE:
            own = secret.new_phrase(typed)
        if kind == "everyday" and own.cls is not SecretClass.EMERGENCY:
            slot = int(own.cls)
        elif own.cls is not wanted:
            raise SecretRefused("another kind of secret")
        return cls(slot, [], own)


@dataclass(frozen=True, slots=True)
class Signed:
    """What is known of one commit. `signer` is None for the holder; `verdict` is "ok" or names what is wrong.

    Of a signature also: etsi, the verdict in the words of EN 319 102-1; crl, the day of the revocation list that was
    asked, empty if there is none; wording, what clinical pages say of it, in French and English.
    """

    number: int
    role: str
    verdict: str
    signer: str | None
    utc: str = ""
    ops: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    clock: str = "host"  #: or "declared": the signer stated the date
    etsi: str = ""
    crl: str = ""
    wording: tuple[str, str] = ("", "")
    in_training: bool = False  #: signed by a CPF: shown so until a CPS signs a new version
    first: int | None = None  #: where it stands for all commits that kept one draft: the number of the first of them
    saves: int = 0  #: how many those are


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One entry with the commit that brought it in: what is shown without its verdict may be a forgery."""

    __repr__ = quiet

    entry: Entry
    commit: Signed

    def meta(self, name: str) -> str:
        """A field of the entry's meta; empty for an erased one."""
        return str(self.entry.meta.get(name, ""))


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """The emergency page. signature: ok, wrong, or none if unsigned; etsi: the verdict in the words of EN 319 102-1.

    wording: what clinical pages say of it, a key of `Verdict.key`, or none.
    """

    __repr__ = quiet

    demonstration: bool
    exists: bool
    signed: list[dict[str, Any]]
    declared: list[dict[str, Any]]
    withdrawn: int
    utc: str
    signature: str
    signer: str | None
    findings: tuple[Finding, ...]
    clock: str = "host"  #: or "declared": the signer stated the date
    number: int | None = None  #: of the commit that is shown; the emergency code does not tell
    etsi: str = ""
    wording: str = "none"


@dataclass(frozen=True, slots=True)
class Report:
    """All that a verification found."""

    commits: list[Signed]
    findings: list[Finding]
    read: int
    damaged: list[bytes]


def roots_of(demonstration: bool) -> "Trust":
    """What this computer trusts for one kind of record."""
    from baladeur.card.store import Store  # X.509 is the slowest of all imports, and a list needs none

    return Store().trust(demonstration=demonstration)


def said(record: Record) -> tuple[str, tuple[str, ...], str]:
    """Date, operations and clock of a statement; nothing where it is malformed."""
    try:
        outer, ops = record.outer_value(), record.inner_value().get("ops", [])
    except StatementMalformed:
        return "", (), ""
    known = [op for op in ops if isinstance(op, dict)] if isinstance(ops, list) else []
    told = tuple(f"{op.get('op')}:{op['what']}" if "what" in op else str(op.get("op")) for op in known)
    return str(outer.get("utc", "")), told, str(outer.get("clock", ""))


def page_of(summary: Summary | None, demonstration: bool, findings: tuple[Finding, ...]) -> Page:
    if summary is None or not summary.outer:
        return Page(demonstration, False, [], [], 0, "", "none", None, findings)
    signature, signer, etsi, wording = "none", None, "", "none"
    if summary.cms:
        from baladeur.card import verdict

        found = verdict.judge(summary.signed_content, summary.cms, roots_of(demonstration), datetime.now(UTC))
        signature, etsi, wording = "ok" if found.holds else "wrong", found.words, found.key
        signer = found.holder.name if found.holds and found.holder else None
    signed, declared = (list(map(canonical.load_object, parts)) for parts in (summary.parts(), summary.declared))
    outer = summary.outer_value()
    utc, clock = str(outer.get("utc", "")), str(outer.get("clock", "host"))
    page = Page(demonstration, True, signed, declared, summary.withdrawn, utc, signature, signer, findings, clock)
    return replace(page, etsi=etsi, wording=wording)
