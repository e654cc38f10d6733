"""Lines that come, go and come again: what is offered twice stands there the second time, too."""

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Input

from baladeur.tui.lines import Lines
from tests.tui.conftest import TWELVE, Make
from tests.tui.test_dossier import press
from tests.tui.tools import NARROW, screen_text, unlocked


class Alone(App[None]):
    """Some lines and nothing else."""

    def compose(self) -> ComposeResult:
        yield Lines()


async def test_the_same_lines_come_again_after_none() -> None:
    """What was cleared is filled anew, though the lines are those that stood there last."""
    rows = [("a", Content("one")), ("b", Content("two"))]
    async with Alone().run_test() as pilot:
        lines = pilot.app.query_one(Lines)
        lines.fill(rows)
        lines.clear_options()
        lines.fill(rows, "b")
        assert [lines.option_count, lines.chosen] == [2, "b"]
        lines.fill([])
        assert [lines.option_count, lines.chosen] == [0, ""]


async def test_the_answers_to_a_field_are_there_however_often_it_is_read(app: Make) -> None:
    """A change that changes nothing, as a terminal may tell two of where one key was pressed."""
    program = app()
    async with program.run_test(size=NARROW) as pilot:
        await unlocked(pilot, TWELVE)
        assert program.visit is not None
        assert program.visit.session is not None
        program.visit.session.date_is("2026-12-01T09:00")
        assert "spironolactone" in await press(pilot, "d", "down", "down", "a", *"spiro")
        field = program.focused
        assert isinstance(field, Input)
        field.post_message(Input.Changed(field, field.value))
        await pilot.pause()
        assert "spironolactone" in screen_text(program)
