"""Errors of the one door (Session) and of what people do behind it."""

from baladeur.errors.container import NoSuchItem, NotAContainer, WriteRefused


class NothingThere(NotAContainer):
    """There is no such file, or no record in the folder."""

    sentence = (
        "There is no Baladeur record at this place; nothing was created; plug the key in, or choose another folder."
    )


class DemonstrationOnly(WriteRefused):
    """The demonstration card and a real record, or another card and a demonstration record."""

    sentence = (
        "The demonstration card signs demonstration records only, and no other card signs those; "
        "nothing was written; use the card that belongs to this record."
    )


class AmbiguousId(NoSuchItem):
    """The beginning of an id that several entries have."""

    sentence = "Several entries have an id that begins so; nothing was changed; give more of its characters."
