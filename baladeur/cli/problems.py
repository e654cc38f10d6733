"""Errors of the command line itself, and the exit codes that are no errors."""

from baladeur.errors import BaladeurError

OK = 0
USAGE = 2
OLDER_SHOWN = 20  # an older commit was shown, because newer ones are unreadable
WRONG = 25  # the record opens, and something in it must not be relied on
REPAIR = 26  # all of the record is there; the file or its page wants `doctor` or a new commit
DIVERGED = 27
UNRELATED = 28
UNCHECKED = 50  # a document could not be checked: no JSON, no FHIR, too large
FAULTY = 56  # a document breaks a rule
DOUBTFUL = 57  # a document breaks no rule, and may mislead all the same
UNKNOWN = 70
INTERRUPTED = 130


class CommandError(BaladeurError):
    """The command cannot be carried out as typed."""

    exit_code = USAGE


class SecretNeeded(CommandError):
    """Nobody can be asked: no terminal and no --secret-file."""

    sentence = (
        "A secret is needed and there is no terminal to ask on; nothing was changed; "
        "give it with --secret-file, where - is standard input."
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
