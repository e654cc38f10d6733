"""An app over a demonstration record that is made once, with nothing in it that moves by itself."""

import asyncio
import inspect
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from baladeur.container import secret
from baladeur.container.secret import SecretClass
from baladeur.session import NewAccess, Session
from baladeur.tui.app import Baladeur
from tests.tui.tools import TODAY, Clock, made

#: Twelve words derive no slow key.
TWELVE = " ".join(secret.generate(SecretClass.CODE12, bytes(range(16))))
SIX = " ".join(secret.generate(SecretClass.EMERGENCY, bytes(range(16))))
DEMO = Path(__file__).resolve().parents[2] / "baladeur" / "demo"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run the tests that are coroutines, each in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration patient's record, signed and reviewed; opened by TWELVE and, its page, by SIX."""
    folder = tmp_path_factory.mktemp("screens") / "key"
    return made(folder, TWELVE, [(DEMO / name).read_bytes() for name in ("synthese.json", "courrier.json")], six=SIX)


@pytest.fixture
def key(template: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(template, tmp_path / "key")


Make = Callable[..., Baladeur]


@pytest.fixture
def clock() -> Clock:
    """Time as the test has it."""
    return Clock()


@pytest.fixture
def app(key: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes the program as it is, over the copy or other keys; the clock is the test's, and nothing blinks."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("BALADEUR_DATA", str(key.parent / "settings"))  # this computer watches no folder
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)

    def make(*paths: Path, language: str = "fr", today: date = TODAY) -> Baladeur:
        return Baladeur(paths or (key,), "en" if language == "en" else "fr", clock=clock, today=lambda: today)

    return make


__all__ = ["SIX", "TWELVE", "NewAccess", "Session"]
