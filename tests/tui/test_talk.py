"""The patient's conversations on the screen: a walk by what the screens say alone, and every kind of step."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot

from baladeur.container import secret
from baladeur.flows import creating, menu
from baladeur.flows.steps import Flow, Words
from baladeur.session import Session
from baladeur.tui import times
from baladeur.tui.app import Baladeur
from baladeur.tui.talk import Talk
from tests.tui.conftest import TWELVE, Make
from tests.tui.tools import NARROW, TODAY, WIDE, Clock, screen_text, settled, unlocked

GOLDEN = Path(__file__).with_name("golden")
SHOWN = re.compile(r"^ +(\d+)\. (\w+) +\(\d{4}\)", re.MULTILINE)
#: How a reader who knows nothing goes on, by what the screen says, in French and English.
TYPE_THIS = re.compile(r"(?:puis Entrée|then Enter) ?: (\w+)")
ONE_WORD = re.compile(r"(?:Le mot n°|Word no\.) (\d+) ")
ALL_WORDS = re.compile(r"Retapez les|Type the \d+ words back")
CHOOSE = re.compile(r"Flèches pour choisir|Arrows to choose")
READ = re.compile(r"Entrée\s?: continuer|Enter: go on")
OPTIONAL = re.compile(r"Entrée seule pour passer|Enter alone to leave it out")


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Callable[..., Baladeur]:
    """The program with one conversation, nothing moving in it and no colours."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)

    def make(flow: Flow, language: str = "fr") -> Baladeur:
        return Baladeur((), "en" if language == "en" else "fr", clock=clock, today=lambda: TODAY, talk=flow)

    return make


class Reader:
    """Somebody who has never seen the program, goes by its screens alone, and keeps each of them."""

    def __init__(self, pilot: Pilot[None], wishes: Mapping[str, int] | None = None) -> None:
        self.pilot = pilot
        self.wishes = dict(wishes or {})  #: words on a screen → how far down from the marked answer
        self.paper: list[str] = []
        self.screens: list[str] = []

    def screen(self) -> str:
        app = self.pilot.app
        assert isinstance(app, Baladeur)
        return screen_text(app)

    async def walk(self, until: str = "") -> None:
        """On until the program ends, or until some words stand on the screen."""
        for _ in range(80):
            await settled(self.pilot)
            if not self.pilot.app.is_running or not isinstance(self.pilot.app.screen, Talk):
                return
            shown = self.screen()
            self.screens.append(shown)
            flat = " ".join(shown.split())
            if until and until in flat:
                return
            await self.answer(shown, flat)
        raise AssertionError(f"it never ends: {self.screens[-1]}")

    async def answer(self, shown: str, flat: str) -> None:
        if found := SHOWN.findall(shown):
            self.paper = [word for _, word in found]
        if READ.search(flat):
            await self.pilot.press("enter")
        elif CHOOSE.search(flat):
            down = next((n for words, n in self.wishes.items() if words in flat), 0)
            await self.pilot.press(*["down" if down > 0 else "up"] * abs(down), "enter")
        elif ALL_WORDS.search(flat):
            await self.type(" ".join(self.paper))
        elif one := ONE_WORD.search(flat):
            await self.type(self.paper[int(one[1]) - 1])
        elif this := TYPE_THIS.search(flat):
            await self.type(this[1])
        else:
            assert OPTIONAL.search(flat), f"the screen does not say what to do:\n{shown}"
            await self.pilot.press("enter")

    async def type(self, text: str) -> None:
        app = self.pilot.app
        app.screen.query_one("#line").value = text  # type: ignore[attr-defined]
        await self.pilot.press("enter")


def same(name: str, text: str) -> None:
    """The text is the golden one; `BALADEUR_GOLDEN=1` writes it anew, to be read before it is kept."""
    path = GOLDEN / name
    if os.environ.get("BALADEUR_GOLDEN"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def transcript(screens: list[str]) -> str:
    """Screen after screen."""
    return "".join(f"{'=' * 40} {n}\n{shown.rstrip()}\n" for n, shown in enumerate(screens, 1))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words at each run: what is tested is the screen that shows them."""
    drawing = secret.generate
    monkeypatch.setattr(
        secret, "generate", lambda cls, entropy=None: drawing(cls, bytes(range(int(cls), int(cls) + 16)))
    )


@pytest.mark.parametrize(("language", "size"), [("fr", NARROW), ("en", NARROW), ("fr", WIDE)])
@pytest.mark.usefixtures("drawn")
async def test_a_first_time_walk(
    talk: Callable[..., Baladeur], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    """From an empty key to a record with an emergency code, by what the screens say; every screen as it was read."""
    key = tmp_path / "key"
    key.mkdir()
    flow = creating.first_run(key, language="en" if language == "en" else "fr", demonstration=True)
    app = talk(flow, language)
    async with app.run_test(size=size) as pilot:
        reader = Reader(pilot, {"qui peut lire": 1, "who may read": 1})
        await reader.walk()
    assert app.ended == "created"
    assert app.secret_shown
    with Session.open(key, " ".join(secret.generate(secret.SecretClass.WORDS8))) as session:
        assert session.demonstration
    assert all(len(row) <= size[0] for shown in reader.screens for row in shown.splitlines())
    same(f"first-run-{language}-{size[0]}x{size[1]}.txt", transcript(reader.screens))


async def entered(reader: Reader) -> list[str]:
    """Into the menu of the demonstration record, whose last date is after this computer's; the screens before it."""
    screens = []
    for typed in ("", TWELVE, "1 12 2026", ""):
        await settled(reader.pilot)
        screens.append(re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "<now>", reader.screen()))
        if typed:
            await reader.type(typed)
        else:
            await reader.pilot.press("enter")
    await settled(reader.pilot)
    return [*screens, reader.screen()]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_thing_of_the_menu_begins_on_one_screen(
    talk: Callable[..., Baladeur], key: Path, language: str
) -> None:
    """Each entry's first screen, and Escape from it: nothing has changed."""
    before = (key / "DOSSIER.DMB").read_bytes()
    app = talk(menu.start(key, language="fr"), language)
    screens = []
    async with app.run_test(size=NARROW) as pilot:
        reader = Reader(pilot)
        screens += await entered(reader)
        for up in range(1, 12):
            await pilot.press(*["up"] * up, "enter")
            await settled(pilot)
            screens.append(reader.screen())
            await pilot.press("escape")
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert ("Que voulez-vous faire" in reader.screen()) or ("would you like to do" in reader.screen())
        await pilot.press("enter")
        await settled(pilot)
    assert (key / "DOSSIER.DMB").read_bytes() == before
    same(f"menu-{language}-80x24.txt", transcript(screens))


async def test_lines_of_the_page_are_marked_by_word(talk: Callable[..., Baladeur], key: Path) -> None:
    """Enter changes a line, the last entry ends; what was taken off is counted on the page."""
    app = talk(menu.start(key, language="fr"))
    async with app.run_test(size=WIDE) as pilot:
        reader = Reader(pilot)
        await entered(reader)
        await pilot.press("down", "enter")
        await settled(pilot)
        await reader.walk("ligne par ligne")
        assert "[sur la fiche]" in reader.screen()
        assert "[dossier seulement]" not in reader.screen()
        await pilot.press("home", "enter")
        await settled(pilot)
        assert "> [dossier seulement]" in reader.screen()
        await pilot.press("end", "enter")
        await reader.walk("Que voulez-vous faire")
    assert any("1 entrée(s) ne sont plus sur la fiche" in shown for shown in reader.screens)
    with Session.open(key, TWELVE) as session:
        assert sum(entry.dossier_only for entry in session.entries()) == 1
        assert session.page().withdrawn >= 1


async def test_words_are_covered_when_nobody_is_there(
    talk: Callable[..., Baladeur], tmp_path: Path, clock: Clock
) -> None:
    """Any key shows them again and does nothing else; elsewhere the conversation is over, and nothing was made."""
    app = talk(creating.first_run(tmp_path, language="fr"))
    async with app.run_test(size=NARROW) as pilot:
        reader = Reader(pilot)
        await reader.walk("Vos 8 mots")
        words = [word for _, word in SHOWN.findall(reader.screen())]
        screen = app.screen
        assert isinstance(screen, Talk)
        clock.now += times.DOSSIER_OPEN + 1
        screen._watch()
        await settled(pilot)
        assert not SHOWN.findall(reader.screen())
        await pilot.press("enter")
        await settled(pilot)
        assert [word for _, word in SHOWN.findall(reader.screen())] == words
        assert isinstance(screen.step, Words)
        await pilot.press("enter")
        await settled(pilot)
        clock.now += times.DOSSIER_OPEN + 1
        screen._watch()
        await settled(pilot)
    assert app.ended == "idle"
    assert list(tmp_path.iterdir()) == []


async def test_escape_leaves_an_empty_key(talk: Callable[..., Baladeur], tmp_path: Path) -> None:
    """It asks first, then says what the paper is worth."""
    app = talk(creating.first_run(tmp_path, language="fr"))
    async with app.run_test(size=NARROW) as pilot:
        reader = Reader(pilot)
        await reader.walk("Retapez les 8 mots")
        await pilot.press("escape")
        await settled(pilot)
        assert "Rien n’est encore créé" in reader.screen()
        await pilot.press("escape")
        await settled(pilot)
        assert "barrez-les" in reader.screen()
        await pilot.press("enter")
        await settled(pilot)
    assert app.ended == "stopped"
    assert list(tmp_path.iterdir()) == []


async def test_the_first_screen_leads_to_the_first_run(
    app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no record on any key it is offered, with the keys that are plugged in; Escape leads back."""
    stick = tmp_path / "STICK"
    stick.mkdir()
    monkeypatch.setattr("baladeur.session.keys._volumes", lambda: iter([stick]))
    monkeypatch.chdir(tmp_path)
    program = app(tmp_path / "nothing")
    async with program.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "F6" in screen_text(program)
        await pilot.press("f6")
        await settled(pilot)
        assert "STICK" in " ".join(screen_text(program).split())
        await pilot.press("enter")
        await settled(pilot)
        assert "pas encore de dossier" in screen_text(program)
        await pilot.press("escape")
        await settled(pilot)
        assert "F6" in screen_text(program)
        assert program.is_running


async def test_what_is_typed_can_be_hidden(talk: Callable[..., Baladeur], key: Path) -> None:
    """F4; and it is offered for secrets only."""
    app = talk(menu.start(key, language="fr"))
    async with app.run_test(size=NARROW) as pilot:
        reader = Reader(pilot)
        await settled(pilot)
        assert "F4" not in reader.screen()
        await pilot.press("enter")
        await settled(pilot)
        assert "F4 Cacher" in reader.screen()
        await pilot.press(*"abai")
        assert "abai" in reader.screen()
        await pilot.press("f4")
        await settled(pilot)
        assert "abai" not in reader.screen()


async def test_a_copy_is_one_key_away_from_the_page(app: Make, key: Path, tmp_path: Path) -> None:
    """No word is typed twice; when the dossier is locked meanwhile, the conversation goes with it."""
    other = tmp_path / "other"
    other.mkdir()
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        assert "c Copier" in screen_text(program)
        await pilot.press("c")
        await settled(pilot)
        assert "Le répertoire où copier" in " ".join(screen_text(program).split())
        program.screen.query_one("#line").value = str(other)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert "Copié, et relu." in " ".join(screen_text(program).split())
        await pilot.press("enter")
        await settled(pilot)
        assert "ALLERGIE" in screen_text(program)
        await pilot.press("c")
        await settled(pilot)
        program.lock_dossier()
        await settled(pilot)
        assert "ALLERGIE" in screen_text(program)
    assert (other / "DOSSIER.DMB").read_bytes() == (key / "DOSSIER.DMB").read_bytes()


async def test_whose_record_comes_before_its_page(app: Make, key: Path) -> None:
    """Where the key holds several; Escape opens nothing."""
    many = key / "DOSSIERS" / "01"
    many.mkdir(parents=True)
    Session.create(many, [], demonstration=True, typed=" ".join(secret.generate(secret.SecretClass.CODE12)))
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        shown = screen_text(program)
        assert "Il y a 2 dossiers sur cette clé" in " ".join(shown.split())
        assert "MOREAU Jeanne" in shown
        assert "04 mars 1961" in shown
        assert "ALLERGIE" not in shown
        await pilot.press("escape")
        await settled(pilot)
        assert program.visit is None
        await unlocked(pilot, TWELVE)
        await pilot.press("enter")
        await settled(pilot)
        assert "ALLERGIE" in screen_text(program)
