"""The emergency page, for whoever holds the key and the six words."""

from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.session import Page, Session

INDENT = "  "
DOUBT = "? "  # stands before each line that nobody vouches for


def _words(part: dict[str, Any]) -> str:
    """The text of a line in the user's language; else its own words, whatever they are called."""
    for name in (speech.language(), "text", "fr", "en"):
        if isinstance(part.get(name), str):
            return str(part[name])
    return " · ".join(value for name, value in part.items() if isinstance(value, str) and name != "items")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def emergency(path: Path, json_: bool, secret_file: Path | None) -> None:
    """Show the emergency page: the six emergency words open it, and so does any other secret."""
    page = Session.emergency(path, asking.secret_for(path, secret_file, "ask-emergency"))
    findings.say(page.findings)
    if json_:
        speech.put_json(_json(page))
    else:
        _show(page)
    if findings.older(page.findings):
        raise click.exceptions.Exit(problems.OLDER_SHOWN)
    if page.signature == "wrong":
        raise click.exceptions.Exit(problems.WRONG)


def _json(page: Page) -> dict[str, Any]:
    return {
        "demonstration": page.demonstration,
        "exists": page.exists,
        "signature": page.signature,
        "signer": page.signer,
        "utc": page.utc,
        "withdrawn": page.withdrawn,
        "signed": page.signed,
        "declared": page.declared,
        "findings": [{"name": f.name, "detail": f.detail} for f in page.findings],
    }


def _show(page: Page) -> None:
    speech.put(speech.phrase("e-demo" if page.demonstration else "e-title"), bold=True)
    if not page.exists:
        speech.put(speech.phrase("e-absent"))
        return
    said = speech.phrase(f"e-{page.signature}", signer=page.signer, date=page.utc[:10])
    for line in speech.paragraph(said):
        speech.put(line)
    speech.put(speech.phrase("e-newer"))
    if not page.signed and not page.declared:
        speech.put(speech.phrase("e-empty"))
    _lines(page.signed, INDENT if page.signature == "ok" else DOUBT)
    if page.withdrawn:
        speech.put(speech.phrase("e-withdrawn", n=page.withdrawn))
    if page.declared:
        speech.put()
        speech.put(speech.phrase("e-declared"))
        _lines(page.declared, DOUBT)


def _lines(parts: list[dict[str, Any]], indent: str) -> None:
    for part in parts:
        for line in speech.paragraph(_words(part), indent):
            speech.put(line)


COMMANDS = (emergency,)
