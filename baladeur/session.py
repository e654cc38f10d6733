"""The one door: what the command line and, later, the screens hold in their hands.

It joins the sealed file with the card that signs and the judge of signatures; neither knows the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from baladeur import __version__
from baladeur.card import demo
from baladeur.container import place, secret
from baladeur.container.change import Author, Change, NewItem
from baladeur.container.container import Container, Entry
from baladeur.container.replay import Verdict
from baladeur.container.state import Finding
from baladeur.errors import SignatureError
from baladeur.quiet import quiet

Sign = Callable[[bytes], bytes]
RECOVERY_SLOT = 3


@dataclass(frozen=True, slots=True, repr=False)
class NewSecrets:
    """The words of a new record, to be shown once: 8 to open it, 12 to keep on paper."""

    words: list[str]
    recovery: list[str]

    __repr__ = quiet


@dataclass(frozen=True, slots=True)
class Signed:
    """What is known of one commit. `signer` is None for the holder; `verdict` is "ok" or names what is wrong."""

    number: int
    role: str
    verdict: str
    signer: str | None


def _author(sign: Sign | None) -> Author:
    return Author(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", sign, software=f"baladeur {__version__}")


class Session:
    """An open record. Use it as a context manager."""

    def __init__(self, container: Container) -> None:
        self._container = container

    @staticmethod
    def create(folder: Path, items: Sequence[NewItem], *, demonstration: bool) -> NewSecrets:
        """Create a record in a folder and return its words; they are kept nowhere. Raises MediumError's kinds."""
        made = NewSecrets(secret.generate(secret.SecretClass.WORDS8), secret.generate(secret.SecretClass.CODE12))
        secrets = {0: secret.parse(" ".join(made.words)), RECOVERY_SLOT: secret.parse(" ".join(made.recovery))}
        place.create_at(folder, secrets, Change(add=items), _author(None), demo=demonstration)
        return made

    @classmethod
    def open(cls, path: Path, typed: str, *, write: bool = False) -> Self:
        """Open what the typed secret opens: a file, its folder, or a key with several records."""
        return cls(place.open_at(path, secret.parse(typed), write))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    @property
    def number(self) -> int:
        """The number of the commit that is shown."""
        return self._container.number

    @property
    def end(self) -> int:
        """Where the next commit would be written: the demonstration pulls the key there."""
        return self._container.end

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was odd about the file."""
        return self._container.findings

    def entries(self) -> list[Entry]:
        """The live entries."""
        return self._container.entries()

    def read(self, id_: bytes) -> bytes:
        """The content of an entry."""
        return self._container.read(id_)

    def commit(self, change: Change, sign: Sign | None = None) -> int:
        """One commit, signed by a card or the holder's own. Returns its number."""
        self._container.commit(change, _author(sign))
        return self._container.number

    def verify(self) -> tuple[list[Signed], list[Finding]]:
        """Check the whole history: chain, state, operations, signatures."""
        verdicts, findings = self._container.replay()
        first = verdicts[0].seq
        return list(self._judged(first, verdicts)), findings

    def _judged(self, first: int, verdicts: Sequence[Verdict]) -> Iterator[Signed]:
        for verdict in verdicts:
            signer, result = None, verdict.result
            if verdict.record is not None and verdict.record.cms:
                try:
                    signer = demo.judge(verdict.record.signed_content, verdict.record.cms)
                except SignatureError as error:
                    result = type(error).__name__
            yield Signed(verdict.seq - first, verdict.role, result, signer)


__all__ = ["Change", "NewItem", "NewSecrets", "Session", "Signed"]
