"""Errors of the one door (Session) and of what people do behind it."""

from baladeur.errors.container import HolderNotAllowed, NoSuchItem, NotAContainer, WriteRefused


class NothingThere(NotAContainer):
    """There is no such file, or no record in the folder."""

    sentence = (
        "There is no Baladeur record at this place; nothing was created; plug the key in, or choose another folder."
    )


class DemonstrationOnly(WriteRefused):
    """The demonstration card and a real record."""

    sentence = (
        "The demonstration card signs demonstration records only; nothing was written; sign this record with a CPS."
    )


class AmbiguousId(NoSuchItem):
    """The beginning of an id that several entries have."""

    sentence = "Several entries have an id that begins so; nothing was changed; give more of its characters."


class NotSigned(NoSuchItem):
    """A receipt was asked for a version that no card signed."""

    sentence = "No card signed this version, so there is no receipt of it; nothing was changed; name a signed version."


class IdentitySigned(HolderNotAllowed):
    """The holder tried to change an identity that a professional has signed for."""

    sentence = (
        "A professional has signed for this identity, so the patient alone cannot change it any more; "
        "nothing was written; have it corrected with a card."
    )


class ClockNotBelieved(WriteRefused):
    """This computer's clock cannot be right, and nobody has said the date."""

    exit_code = 36
    sentence = (
        "This computer's clock cannot be right (before the last version, the card or the program, or a year after); "
        "nothing was written; set the clock, or give the date with --date."
    )


class DateRefused(WriteRefused):
    """A declared date that cannot be that of a commit."""

    exit_code = 36
    sentence = (
        "This cannot be today's date (no such day, or before this program was made); nothing was written; "
        "write it as 2026-11-23 or 2026-11-23T09:30."
    )


class TypeRefused(WriteRefused):
    """A type of entry that a document from the tray cannot become."""

    sentence = (
        "A document from the tray cannot become an entry of this type; nothing was written; "
        "leave --type out, or name another type."
    )


class NotInTray(NoSuchItem):
    """No entry, or more than one, of the pending tray has an id that begins so."""

    sentence = (
        "The pending tray has no single entry whose id begins so; nothing was changed; "
        "list the tray to see what waits there."
    )


class NotHolders(NoSuchItem):
    """No entry, or more than one, of this kind has an id that begins so."""

    sentence = "The holder has no single entry of this kind whose id begins so; nothing was changed; list them to see."
