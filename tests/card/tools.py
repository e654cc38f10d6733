"""What the card's tests need of the machine, and the PIN that they may show nowhere."""

import os
import shutil

import pytest

from baladeur.card.pin import PinRequest


def needed(*programs: str) -> None:
    """Skip where a program is missing; in CI, where the set-up installs it, fail instead."""
    missing = [p for p in programs if shutil.which(p, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}; .ci/setup should have done it")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (.ci/setup installs it)")


class Typist:
    """A holder who types PINs one after the other, and says yes or no to the last try. Does as much before typing."""

    def __init__(self, *pins: str, last_try: bool = False, before: object = None) -> None:
        self.pins, self.last_try, self.before = list(pins), last_try, before
        self.requests: list[PinRequest] = []
        self.asked_for_last_try = 0

    def accepts_last_try(self, request: PinRequest) -> bool:
        """The prepared answer."""
        self.asked_for_last_try += 1
        return self.last_try

    def pin(self, request: PinRequest) -> str:
        """The next PIN."""
        self.requests.append(request)
        if callable(self.before):
            self.before()
        return self.pins.pop(0)
