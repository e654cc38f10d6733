"""demo: the whole path on a fictional patient, for real, in a temporary folder.

Nothing is acted: the record is created, written, torn and opened again by what every other command uses, and the torn
write is the first half of a frame that was really written, in a copy.
"""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from baladeur.cli import importing, speech
from baladeur.session import Change, NewItem, NewSecrets, Session, Signatory, Verb

DOCUMENTS: Final = ("synthese.json", "courrier.json")
NOTE: Final = "avis-lisbonne.txt"
BY: Final = Signatory("demo")
FILE: Final = "DOSSIER.DMB"
WIDTH, HEIGHT = 80, 24
_HEAD: Final = 10  # columns of the word that names a step
_SAID: Final = {
    "created": (
        "CRÉÉ",
        "CREATED",
        "{size} Mio chiffrés : 8 mots pour ouvrir, 12 mots de secours sur papier",
        "{size} MiB, encrypted: 8 words to open it, 12 recovery words on paper",
    ),
    "imported": ("IMPORTÉ", "IMPORTED", "{name} : {n} lignes nouvelles", "{name}: {n} new lines"),
    "signed": (
        "SIGNÉ",
        "SIGNED",
        "par {who} (carte de démonstration, pas une CPS)",
        "by {who} (demonstration card, not a CPS)",
    ),
    "noted": (
        "NOTÉ",
        "NOTED",
        "l’avis d’un médecin de Lisbonne : en attente, non signé",
        "what a doctor in Lisbon wrote: waiting, not signed",
    ),
    "reviewed": (
        "RELU",
        "REVIEWED",
        "traitements et allergies, par une signature à part",
        "treatments and allergies, by a signature of its own",
    ),
    "pulled": (
        "ARRACHÉ",
        "PULLED",
        "en pleine écriture, rouvert avec les 12 mots : version {number}, rien de perdu",
        "in mid-write, opened with the 12 words: version {number}, nothing lost",
    ),
    "verified": (
        "VÉRIFIÉ",
        "VERIFIED",
        "{good} signatures sur {total}, {read} éléments relus, anomalies : {findings}",
        "{good} signatures of {total}, {read} entries read, anomalies: {findings}",
    ),
    "none": ("", "", "aucune", "none"),
}


@click.command()
@click.option("--plain", is_flag=True, help="No colour: the same lines on every terminal.")
@click.option("--all", "all_", is_flag=True, help="All screens of the page, not the first one alone.")
def demo(plain: bool, all_: bool) -> None:
    """Go the whole way with a fictional patient: create, import, sign, pull the key, reopen, read the page."""
    with tempfile.TemporaryDirectory(prefix="baladeur-demo-") as name:
        folder = Path(name)
        words = Session.create(folder, [], demonstration=True)
        for line in steps(folder, words):
            speech.put(line, bold=not plain)
        shown = page(folder, words)
        for number, screen in enumerate(shown if all_ else shown[:1]):
            for row in ([""] if number else []) + list(screen):
                # Tamed when it was read: taming it again would break the grouping of numbers.
                click.echo(click.style(row, bold=True) if not plain and speech.coloured() and "!!" in row[:4] else row)


def steps(folder: Path, words: NewSecrets) -> Iterator[str]:
    """Do it with the new record in a folder, one line a step."""
    yield _step("created", size=(folder / FILE).stat().st_size >> 20)
    with Session.open(folder, " ".join(words.words), write=True) as session:
        for name in DOCUMENTS:
            yield from _import(session, name)
        session.commit(Change(add=[NewItem("tray", NOTE, _ours(NOTE), f"{date.today():%Y-%m-%d}", "text/plain")]))
        yield _step("noted")
        draft = session.draft()
        session.review(draft, Session.REVIEWED, BY)
        session.seal(draft, BY)
        yield _step("reviewed")
    recovery = " ".join(words.recovery)
    tear(folder, recovery)
    with Session.open(folder, recovery) as session:
        yield _step("pulled", number=session.number)
        report = session.examine()
        signed = [one for one in report.commits if one.role == "professional"]
        good = [one for one in signed if one.verdict == "ok" and one.signer]
        found = [one.name for one in (*session.findings, *report.findings)] + ["damaged"] * len(report.damaged)
        said = ", ".join(found) or _said("none")
        yield _step("verified", good=len(good), total=len(signed), read=report.read, findings=said)


def _import(session: Session, name: str) -> Iterator[str]:
    draft = session.draft()
    plan = session.bring(draft, _ours(name), name)
    yield _step("imported", name=name, n=len(plan.new))
    for sentence in importing.told(draft, without=frozenset({Verb.NEW})):
        yield " " * _HEAD + sentence
    session.seal(draft, BY)
    yield _step("signed", who=session.signer(BY))


def tear(folder: Path, secret: str) -> None:
    """Leave what a key pulled in mid-write holds: the first half of the next frame, as it was really written."""
    elsewhere = folder / "torn"
    elsewhere.mkdir()
    shutil.copyfile(folder / FILE, elsewhere / FILE)
    with Session.open(elsewhere, secret, write=True) as session:
        start = session.end
        session.commit(Change(add=[NewItem("report", "arraché", b"never seen again" * 64)]), BY)
        half = (session.end - start) // 2
    with (elsewhere / FILE).open("rb") as written, (folder / FILE).open("r+b") as torn:
        written.seek(start)
        torn.seek(start)
        torn.write(written.read(half))
    shutil.rmtree(elsewhere)


def page(folder: Path, words: NewSecrets) -> tuple[tuple[str, ...], ...]:
    """The screens of the emergency page, as `summary --plain` lays them out."""
    found = Session.page_at(folder, " ".join(words.recovery))
    return Session.screens(Session.show(*found, date.today()), speech.language(), WIDTH, HEIGHT)


def _ours(name: str) -> bytes:
    return (files("baladeur") / "demo" / name).read_bytes()


def _said(key: str, **values: object) -> str:
    return _SAID[key][2 + (speech.language() == "en")].format(**values)


def _step(key: str, **values: object) -> str:
    return _SAID[key][speech.language() == "en"].ljust(_HEAD) + _said(key, **values)


COMMANDS = (demo,)
