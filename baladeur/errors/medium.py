"""Errors of the key or the disk."""

from baladeur.errors.base import BaladeurError


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


class NoFolder(MediumError):
    """The folder for something new is not there: a key that was pulled out looks just so."""

    exit_code = 60
    sentence = (
        "There is no folder at this place (a key that is not plugged in looks so); nothing was created; "
        "plug the key in and wait until the computer shows it, or make the folder first."
    )
