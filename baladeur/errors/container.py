"""Errors of the sealed file."""

from baladeur.errors.base import BaladeurError


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
