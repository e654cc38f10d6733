"""Every error that Baladeur raises on purpose, one page.

A message is one English sentence in three parts: what happened, what is safe, what to do.
It holds no secret and no word of the record. The interface translates it by class.

    BaladeurError
    ├─ ContainerError
    │  ├─ NotAContainer · NewerVersion · CostRefused · Truncated
    │  ├─ HeaderDamaged · HeaderTampered · NoSuperblock
    │  ├─ WrongSecret · SecretMistyped · SecretRefused
    │  ├─ Malformed ── CapExceeded · PointerOutside · StatementMalformed
    │  ├─ CatalogueDamaged · StateMismatch
    │  ├─ ItemDamaged · ItemErased · NoSuchItem · SummaryDamaged
    │  └─ WriteRefused ── ConsentNeeded · HolderNotAllowed · EmergencyOnly
    ├─ MediumError
    │  └─ SecondWriter · ReadOnlyMedium · MediumFull · MediumGone · NotVerified · AlreadyThere
    ├─ SignatureError ── CmsMalformed · CmsRefused
    └─ RecordError
       ├─ BundleInvalid ── NotJson · DocumentTooLarge · WrongFhirVersion · NotAPatientDocument
       └─ AnotherPatient
"""

from typing import ClassVar


class BaladeurError(Exception):
    """Root of the tree; never raised itself."""

    exit_code: ClassVar[int] = 1
    sentence: ClassVar[str] = "Something went wrong; the record was not changed; try again."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.sentence} ({detail})" if detail else self.sentence)


class ContainerError(BaladeurError):
    """The sealed file cannot be read or written as asked."""


class NotAContainer(ContainerError):
    """No copy of the header carries the magic."""

    exit_code = 11
    sentence = "This is not a Baladeur file; nothing was changed; choose the file DOSSIER.DMB or its folder."


class NewerVersion(ContainerError):
    """The version or the suite is not one this program knows."""

    exit_code = 12
    sentence = "This file was made by a newer Baladeur; it is intact and was not changed; open it with a newer program."


class CostRefused(ContainerError):
    """The cost class is not listed: a planted header could ask for any amount of memory."""

    exit_code = 13
    sentence = (
        "The header asks for a key derivation that no edition lists; "
        "nothing was computed or changed; use another copy of the file."
    )


class Truncated(ContainerError):
    """The file ends before the first header and superblock are complete."""

    exit_code = 14
    sentence = (
        "The file is cut off so early that no key is left in it; "
        "this copy is lost; use another copy, or `recover` on the whole key."
    )


class HeaderDamaged(ContainerError):
    """Copies carry the magic, but none is intact."""

    exit_code = 15
    sentence = "All four copies of the header are damaged; the entries behind them cannot be opened; use another copy."


class HeaderTampered(ContainerError):
    """A slot opened, but the header's MAC does not verify: somebody altered it."""

    exit_code = 16
    sentence = (
        "The header was altered by somebody without the secret; nothing was changed now; "
        "use another copy and treat the key as handled by a stranger."
    )


class NoSuperblock(ContainerError):
    """The secret opens a header, but no superblock opens with its keys."""

    exit_code = 17
    sentence = (
        "The secret opens a header whose keys open nothing: it was revoked, or the superblocks are destroyed; "
        "nothing was changed; use the newest secret or another copy."
    )


class WrongSecret(ContainerError):
    """No slot of any intact header copy opens with this secret."""

    exit_code = 10
    sentence = "No access matches this secret; nothing was changed; check each word and the order, then try again."


class SecretMistyped(ContainerError):
    """Twelve words of the list whose checksum does not hold."""

    exit_code = 10
    sentence = (
        "The twelve words do not belong together: one is wrong or misplaced; nothing was changed; read them again."
    )


class SecretRefused(ContainerError):
    """A phrase that must not be used for a new access."""

    exit_code = 18
    sentence = "This phrase cannot be used as a secret; nothing was changed; let the program choose the words."


class Malformed(ContainerError):
    """A sealed structure does not follow the format although its seal holds."""

    exit_code = 19
    sentence = (
        "The file holds a structure that breaks the format: the program that wrote it was faulty or hostile; "
        "nothing was changed; use another copy."
    )


class CapExceeded(Malformed):
    """A count, depth or inflated size is over its limit."""

    sentence = "The file asks for more memory than any record may; it was not read further; use another copy."


class PointerOutside(Malformed):
    """A pointer leads outside the log or outside the file."""


class CatalogueDamaged(ContainerError):
    """No catalogue of any commit can be read."""

    exit_code = 20
    sentence = "No table of contents is readable in this file; nothing was changed; use another copy."


class StateMismatch(ContainerError):
    """The list of entries is not the one that the newest statement names."""

    exit_code = 21
    sentence = (
        "The list of entries is not the one that was signed: it was altered; "
        "nothing was changed now; do not rely on it, use another copy."
    )


class StatementMalformed(Malformed):
    """A statement is not the canonical JSON that the format prescribes."""

    exit_code = 21
    sentence = (
        "A statement in the history is not written as the format demands; nothing was changed; do not rely on it."
    )


class ItemDamaged(ContainerError):
    """The bytes of one entry do not open or do not match their hash."""

    exit_code = 22
    sentence = "This entry is damaged and cannot be shown; all other entries are safe; look for it in another copy."


class ItemErased(ContainerError):
    """The entry was erased on purpose."""

    exit_code = 23
    sentence = "This entry was erased on purpose; the rest of the record is safe; nothing can bring it back."


class NoSuchItem(ContainerError):
    """No entry has this id."""

    exit_code = 23
    sentence = "The record has no such entry; nothing was changed; list the entries to see which there are."


class SummaryDamaged(ContainerError):
    """The emergency page cannot be read."""

    exit_code = 22
    sentence = "The emergency page is damaged; the record itself may be intact; open it with the eight words."


class WriteRefused(ContainerError):
    """The container must not be written as asked."""

    exit_code = 24
    sentence = "This change is not allowed; nothing was written; see the detail."


class ConsentNeeded(WriteRefused):
    """Something may be missing: a write would overwrite the evidence."""

    sentence = (
        "A newer commit may be missing from this file; nothing was written; "
        "look for another copy first, then agree to go on from what is here."
    )


class HolderNotAllowed(WriteRefused):
    """A change without a professional's signature tried more than the closed list allows."""

    sentence = "This change needs a professional's signature; nothing was written; sign it with a card."


class EmergencyOnly(WriteRefused):
    """The emergency code opens the emergency page only."""

    sentence = (
        "The emergency code opens the emergency page only; nothing was changed; use the eight words for the rest."
    )


class MediumError(BaladeurError):
    """The key or the disk did not do what it was asked."""


class SecondWriter(MediumError):
    """Another program holds the write lock."""

    exit_code = 30
    sentence = "Another program is writing this file; nothing was changed; close it there, then try again."


class ReadOnlyMedium(MediumError):
    """The medium refuses writing."""

    exit_code = 31
    sentence = "The key is write-protected; the record is safe and can be read; move its switch or use another key."


class MediumFull(MediumError):
    """No space is left."""

    exit_code = 32
    sentence = "The key is full; the record is safe at its last commit; free some space, then try again."


class MediumGone(MediumError):
    """The key was removed or stopped answering."""

    exit_code = 33
    sentence = (
        "The key was removed or stopped answering; the last finished commit is safe; plug it in again and try again."
    )


class NotVerified(MediumError):
    """What was read back is not what was written: failing or fake medium."""

    exit_code = 34
    sentence = (
        "The key did not give back what was written to it: it is failing or lies about its size; "
        "what was read before is unharmed; copy the record to another key now."
    )


class AlreadyThere(MediumError):
    """A file that must be new exists."""

    exit_code = 35
    sentence = "A file of this name is already there; it was not touched; choose another place."


class SignatureError(BaladeurError):
    """A signature cannot be made or read."""


class CmsMalformed(SignatureError):
    """The bytes are not a CMS signature of the profile."""

    exit_code = 40
    sentence = "This signature is not of the form that a record may hold; nothing was changed; do not rely on it."


class CmsRefused(SignatureError):
    """The CMS is well formed, but it does not sign these bytes or uses what the profile forbids."""

    exit_code = 41
    sentence = "This signature does not belong to this content; nothing was changed; do not rely on it."


class NoCard(SignatureError):
    """There is no card that could sign here."""

    exit_code = 42
    sentence = (
        "No card can sign a real record yet: this version knows the demonstration card only; nothing was written; "
        "put the document into the pending tray with `baladeur note`."
    )


class RecordError(BaladeurError):
    """A medical document or the record made of such documents cannot be used as asked."""


class BundleInvalid(RecordError):
    """What was given cannot be read as a FHIR R4 document at all."""

    exit_code = 50
    sentence = (
        "This is not a FHIR R4 document that can be read; the record was not changed; "
        "ask the sender for a FHIR R4 JSON file."
    )


class NotJson(BundleInvalid):
    """The bytes are not one JSON value in UTF-8, as FHIR wants it."""

    exit_code = 51
    sentence = (
        "This file is not readable as FHIR JSON (damaged, cut off, XML or another format); "
        "the record was not changed; ask the sender for it again, as JSON."
    )


class DocumentTooLarge(BundleInvalid):
    """The document is larger or nested deeper than any that is read."""

    exit_code = 52
    sentence = (
        "This document is larger or nested deeper than a medical document may be; "
        "it was not read and the record was not changed; ask the sender for it in parts."
    )


class WrongFhirVersion(BundleInvalid):
    """The document is FHIR, but of a version whose elements mean other things."""

    exit_code = 53
    sentence = (
        "This document is written in another version of FHIR than R4, in which the same words mean other things; "
        "the record was not changed; ask the sender for FHIR R4."
    )


class NotAPatientDocument(BundleInvalid):
    """FHIR R4, but not a thing that can enter a patient's record."""

    exit_code = 54
    sentence = (
        "This FHIR file holds no patient document (a history of versions, an answer of a server, a definition); "
        "the record was not changed; choose a document or a collection."
    )


class AnotherPatient(RecordError):
    """The document's patient is not the record's."""

    exit_code = 55
    sentence = (
        "This document is about another patient: the name or the birth date differs; "
        "the record was not changed; check whose document it is."
    )
