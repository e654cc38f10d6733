"""The emergency page: what can kill first, then problems, treatments, contacts. For any secret of the record."""

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.session import Page, Session

if TYPE_CHECKING:
    from baladeur.session import Shown

WIDTH, HEIGHT = 80, 24


def _show(path: Path, secret_file: Path | None, prompt: str, *, order: str, plain: bool, json_: bool) -> None:
    Session.warm()
    page, found = Session.page_at(path, asking.secret_for(path, secret_file, prompt))
    findings.say(page.findings)
    lines = Session.show(page, found, date.today(), order)
    if json_:
        speech.put_json({**_json(page), "lines": list(map(_line_json, lines))})
    elif not page.exists:
        speech.put(speech.phrase("e-absent"))
    else:
        width, height = (WIDTH, HEIGHT) if plain else _terminal()
        for number, screen in enumerate(Session.screens(lines, speech.language(), width, height)):
            if number and not plain:  # the first screen is the one that must be seen
                click.pause(speech.phrase("next-screen"), err=True)
            for row in ([""] if number else []) + list(screen):
                # Tamed when it was read: taming it again would break the grouping of numbers.
                click.echo(click.style(row, bold=True) if not plain and _loud(row) else row)
    if findings.older(page.findings):
        raise click.exceptions.Exit(problems.OLDER_SHOWN)
    if page.signature == "wrong":
        raise click.exceptions.Exit(problems.WRONG)


def _loud(row: str) -> bool:
    """Whether a row wants more weight: what can kill, and the patient's name."""
    return speech.coloured() and row.startswith((" !!", "?!!"))


def _terminal() -> tuple[int, int]:
    size = shutil.get_terminal_size((WIDTH, HEIGHT))
    return max(WIDTH, size.columns), max(HEIGHT, size.lines) - 1  # the prompt takes the last row


def _json(page: Page) -> dict[str, Any]:
    return {
        "demonstration": page.demonstration,
        "exists": page.exists,
        "signature": page.signature,
        "signer": page.signer,
        "etsi": page.etsi or None,
        "utc": page.utc,
        "clock": page.clock,
        "withdrawn": page.withdrawn,
        "signed": page.signed,
        "declared": page.declared,
        "findings": [{"name": f.name, "detail": f.detail} for f in page.findings],
    }


def _line_json(line: "Shown") -> dict[str, Any]:
    lang = speech.language()
    return {
        "block": str(line.block),
        "level": int(line.level),
        "label": line.label.of(lang),
        "name": line.name.of(lang),
        "detail": line.detail.of(lang),
        "items": list(line.keys),
        "to_confirm": line.to_confirm,
        "declared": line.declared,
        "unverified": line.unverified,
    }


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--order", type=click.Choice(Session.ORDERS), default="emergency", help="Which parts stand first.")
@click.option("--plain", is_flag=True, help="80 columns on every terminal: for screen readers, paper and tests.")
@click.option(
    "--print", "output", type=click.Path(path_type=Path), help="Write it as `paper emergency -o` does: a PDF."
)
@asking.as_json
@asking.with_secret
def summary(path: Path, order: str, plain: bool, output: Path | None, json_: bool, secret_file: Path | None) -> None:
    """Show the emergency page, with any secret of the record; with the dossier open it is compared with it."""
    if output is not None:
        from baladeur.cli import paper  # what only paper needs

        paper.print_page(path, output, secret_file, (speech.language(),))
        return
    _show(path, secret_file, "ask-secret", order=order, plain=plain, json_=json_)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def emergency(path: Path, json_: bool, secret_file: Path | None) -> None:
    """Show the emergency page by its six words: as `summary --plain`."""
    _show(path, secret_file, "ask-emergency", order="emergency", plain=True, json_=json_)


COMMANDS = (summary, emergency)
