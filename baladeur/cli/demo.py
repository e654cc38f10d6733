"""demo: the whole path on a fictional patient, for real, in a temporary folder."""

import tempfile
from pathlib import Path

import click

from baladeur.card import demo as demo_card
from baladeur.session import Change, NewItem, Session

ITEMS = (
    ("allergy", "Pénicillines : choc anaphylactique (2014)", "2014"),
    ("treatment", "apixaban 5 mg, matin et soir", "2018"),
    ("device", "Stimulateur cardiaque", "2019"),
)


@click.command()
@click.option("--plain", is_flag=True, help="No colour, no question: the same lines on every terminal.")
def demo(plain: bool) -> None:
    """Create a fictional patient's record, sign it with the demonstration card, pull the key, open it again."""
    with tempfile.TemporaryDirectory(prefix="baladeur-demo-") as folder:
        for line in demonstration(Path(folder)):
            click.echo(line if plain else click.style(line, bold=line.startswith("SIGN")))


def demonstration(folder: Path) -> list[str]:
    """The demonstration's lines. Everything in it is done for real, in the folder."""
    identity = NewItem("identity", "MOREAU Jeanne, née le 4 mars 1961 [FICTIF]", b"{}")
    words = Session.create(folder, [identity], demonstration=True)
    typed = " ".join(words.words)
    lines = [f"CRÉÉ      {_size(folder)} Mio chiffrés, 8 mots pour ouvrir, 12 mots de secours sur papier"]
    with Session.open(folder, typed, write=True) as session:
        for type_, title, date in ITEMS:
            session.commit(Change(add=[NewItem(type_, title, title.encode(), date)]), demo_card.sign)
        end = session.end
        lines.append(f"SIGNÉ     {session.number} fois par {demo_card.HOLDER} (carte de démonstration, pas une CPS)")
    cut = folder / "DOSSIER.DMB"
    with cut.open("r+b") as file:  # what a pulled key leaves of the next write
        file.seek(end)
        file.write(b"\xa5" * 512)
    with Session.open(folder, " ".join(words.recovery)) as session:
        lines.append(
            f"ARRACHÉ   en pleine écriture, puis rouvert avec les 12 mots : version {session.number}, rien de perdu"
        )
        lines += [f"{'':10}{e.meta['title']}" for e in sorted(session.entries(), key=lambda e: e.seq)]
        verdicts, findings = session.verify()
        good = sum(v.verdict == "ok" and v.signer is not None for v in verdicts)
        lines.append(f"VÉRIFIÉ   {good} signatures sur {sum(v.role == 'professional' for v in verdicts)}")
        lines.append("ANOMALIES " + (", ".join(f.name for f in [*session.findings, *findings]) or "aucune"))
    return lines


def _size(folder: Path) -> int:
    return (folder / "DOSSIER.DMB").stat().st_size >> 20


COMMANDS = (demo,)
