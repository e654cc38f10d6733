"""The root of the tree: what every error carries."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 4 ms to load, and everything waits for this module
if TYPE_CHECKING:
    from typing import ClassVar


class BaladeurError(Exception):
    """Root of the tree; never raised itself."""

    exit_code: ClassVar[int] = 1
    sentence: ClassVar[str] = "Something went wrong; the record was not changed; try again."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.sentence} ({detail})" if detail else self.sentence)
