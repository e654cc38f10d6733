"""Errors of the command line itself, and the exit codes that are no errors."""

from baladeur.errors.command import (
    USAGE,
    BinaryContent,
    CommandError,
    ConfirmationNeeded,
    FileRefused,
    FileTooLarge,
    PinFileRefused,
    SecretNeeded,
    TerminalNeeded,
    TextRefused,
    WordsStayHere,
)

OK = 0
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

__all__ = [
    "DIVERGED",
    "DOUBTFUL",
    "FAULTY",
    "INTERRUPTED",
    "OK",
    "REPAIR",
    "UNCHECKED",
    "UNKNOWN",
    "UNRELATED",
    "USAGE",
    "WRONG",
    "BinaryContent",
    "CommandError",
    "ConfirmationNeeded",
    "FileRefused",
    "FileTooLarge",
    "PinFileRefused",
    "SecretNeeded",
    "TerminalNeeded",
    "TextRefused",
    "WordsStayHere",
]
