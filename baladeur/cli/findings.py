"""What was odd about a file: narrated, and as an exit code."""

from collections.abc import Iterable, Iterator

from baladeur.cli import problems, speech
from baladeur.session import Finding, Signed
from baladeur.wording import findings
from baladeur.wording.findings import FINDINGS, Weight, weight


def older(found: Iterable[Finding]) -> bool:
    """Whether an older commit is shown than the file once held."""
    return any(f.name == "older-commit-shown" for f in found)


def words(found: Finding) -> str:
    """A finding as a sentence in the user's language."""
    return findings.words(found, speech.language())


def notes(commits: Iterable[Signed]) -> Iterator[tuple[int, str]]:
    """What is odd about commits that hold: number and sentence."""
    return ((one.number, words(Finding(name))) for one in commits if one.verdict == "ok" for name in one.reasons)


def say(found: Iterable[Finding]) -> None:
    """Narrate the findings, the gravest first."""
    for text in findings.told(found, speech.language()):
        speech.complain(text)


def exit_code(found: Iterable[Finding]) -> int:
    """0, 20, 25 or 26."""
    found = list(found)
    if older(found):
        return problems.OLDER_SHOWN
    codes = {Weight.NOTE: problems.OK, Weight.DAMAGE: problems.REPAIR}
    return codes.get(weight(found), problems.WRONG)


__all__ = ["FINDINGS", "exit_code", "notes", "older", "say", "weight", "words"]
