"""`--help` in the user's language, whole, for every command."""

import click
import pytest

from baladeur.cli import helping
from baladeur.cli.main import ROOMS, cli
from baladeur.wording.phrases.helping import COMMANDS
from baladeur.wording.phrases.options import OPTIONS
from tests.cli.tools import run


def everything() -> list[tuple[str, click.Command]]:
    """Every command and what is below it."""
    found: list[tuple[str, click.Command]] = []

    def walk(name: str, command: click.Command) -> None:
        found.append((name, command))
        for below, one in getattr(command, "commands", {}).items():
            walk(f"{name} {below}", one)

    for name in ROOMS:
        command = cli.get_command(click.Context(cli), name)
        assert command
        walk(name, command)
    return found


@pytest.mark.parametrize("name", ROOMS)
def test_every_command_of_the_list_has_its_line_in_french(name: str) -> None:
    """And it is cut nowhere."""
    command = cli.get_command(click.Context(cli), name)
    assert command
    assert command.short_help
    assert " ".join(command.short_help.split()) in COMMANDS


def test_no_line_is_left_over() -> None:
    """What is translated is still said in English somewhere."""
    said = {" ".join(part.split()) for _, one in everything() for part in (one.help or "").split("\n\n")}
    said |= {" ".join(part.split()) for part in (cli.help or "").split("\n\n")}
    assert not set(COMMANDS) - said
    options = {o.help for _, one in everything() for o in one.params if isinstance(o, click.Option) and o.help}
    assert not set(OPTIONS) - options


def test_help_in_french_and_in_english() -> None:
    """By LANG, and by --lang before it."""
    french, english = run("create", "--help").stdout, run("create", "--help", lang="en_US.UTF-8").stdout
    assert "Crée un dossier dans le répertoire PATH" in " ".join(french.split())
    assert "Montre cette aide." in french
    assert "Create a record" not in french
    assert "Create a record in the folder PATH" in " ".join(english.split())
    assert "Crée" not in english
    assert run("--lang", "en", "create", "--help").stdout == english
    assert "[par défaut: auto]" in " ".join(run("import", "--help").stdout.split())


def test_the_list_is_whole_in_both_languages() -> None:
    """No sentence ends in dots, no row is wider than the screen."""
    for lang in ("fr_FR.UTF-8", "en_US.UTF-8"):
        shown = run("--help", lang=lang).stdout
        assert "..." not in shown.split("\n", 1)[1]
        assert all(len(row) <= 80 for row in shown.splitlines())
    assert "Importe des documents FHIR R4" in " ".join(run("--help").stdout.split())


def test_what_has_no_french_is_shown_as_it_is() -> None:
    """Nothing is lost for want of a translation."""
    assert helping._words("a sentence that nobody translated") == "a sentence that nobody translated"
