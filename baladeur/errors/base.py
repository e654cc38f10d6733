"""The root of the tree: what every error carries."""

from typing import ClassVar


class BaladeurError(Exception):
    """Root of the tree; never raised itself."""

    exit_code: ClassVar[int] = 1
    sentence: ClassVar[str] = "Something went wrong; the record was not changed; try again."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.sentence} ({detail})" if detail else self.sentence)
