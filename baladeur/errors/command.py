"""Errors of a command itself: what was typed, the files it names, a question that nobody can answer."""

from baladeur.errors.base import BaladeurError

USAGE = 2


class CommandError(BaladeurError):
    """The command cannot be carried out as typed."""

    exit_code = USAGE


class SecretNeeded(CommandError):
    """Nobody can be asked: no terminal and no --secret-file."""

    sentence = (
        "A secret is needed and there is no terminal to ask on; nothing was changed; "
        "give it with --secret-file, where - is standard input."
    )


class TerminalNeeded(CommandError):
    """The screens without a terminal."""

    sentence = (
        "The screens need a terminal, and this is none; nothing was changed; "
        "use `baladeur summary`, which needs none, or `baladeur --help`."
    )


class ConfirmationNeeded(CommandError):
    """A question that nobody can answer."""

    sentence = "This must be confirmed and there is no terminal to ask on; nothing was changed; add --yes if you agree."


class PinFileRefused(CommandError):
    """--pin-file with a real record."""

    sentence = (
        "A PIN is read from a file for demonstration and test cards only; nothing was written; "
        "leave --pin-file out and type the PIN."
    )


class WordsStayHere(CommandError):
    """--words-to: a file with the words would be found with the key."""

    sentence = (
        "The words are shown once and never written to a file; nothing was created; copy them by hand onto paper."
    )


class TextRefused(CommandError):
    """A title or a date that no screen can show as it is."""

    sentence = (
        "The title or the date cannot be shown as it is (too long, empty, hidden characters, no such day); "
        "nothing was changed; write it as plain text, the date as 2026-11-23, 2026-11 or 2026."
    )


class BinaryContent(CommandError):
    """Raw bytes on a terminal could move the cursor or worse."""

    sentence = (
        "This content is not plain text and would disturb the terminal; the entry is intact; send it to a file: > FILE."
    )


class FileRefused(BaladeurError):
    """A file or folder that the command names cannot be used."""

    exit_code = 60
    sentence = (
        "A file or folder of this command cannot be read or written (missing, not allowed, or of another kind); "
        "the record was not changed; check its name and your rights."
    )


class FileTooLarge(BaladeurError):
    """A document above the limit of one entry."""

    exit_code = 61
    sentence = (
        "This document is larger than an entry may be (1 GiB); the record was not changed; "
        "bring it in in smaller parts."
    )


class NotTakenOut(BaladeurError):
    """A document has no way out: no viewer, no printer, a folder that takes no file."""

    exit_code = 60
    sentence = (
        "The document could not be taken out (no viewer, no printer, or no writable folder on this computer); "
        "it is whole in the record; choose another way."
    )
