"""Commands that read: list, show, history."""

import sys
from pathlib import Path
from typing import Any

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.errors import ItemErased
from baladeur.session import Entry, Line, Row, Session, Signed
from baladeur.text import NOTE, safe_text
from baladeur.wording import dossier
from baladeur.wording.phrases import Language

ID_SHOWN = 8
STATUS_WIDTH = 14
DATE_WIDTH = 14
VERDICT_WIDTH = 11


def status(line: Line) -> str:
    """What an entry is worth, in a word; what is not valid is never laid out as a valid entry."""
    if line.commit.verdict != "ok":
        return speech.phrase("status-wrong")
    if line.entry.status != "live":
        return speech.phrase(f"status-{line.entry.status}")
    if line.meta("type") == "tray":
        return speech.phrase("status-tray")
    if line.commit.in_training:
        return speech.phrase("status-training")
    return speech.phrase("status-signed" if line.commit.signer else "status-declared")


def newest(session: Session) -> str:
    """The short id of the entry that the last commit brought in."""
    return max(session.entries(), key=lambda entry: entry.seq).id.hex()[:ID_SHOWN]


def who(commit: Signed) -> str:
    """Who made a commit."""
    return dossier.who(commit, speech.language())


def judgement(commit: Signed) -> str:
    """The verdict on a signature in the words of EN 319 102-1, and the day of the revocation list that was asked."""
    crl = speech.phrase("v-crl", day=commit.crl) if commit.crl else speech.phrase("v-no-crl")
    return f"{commit.etsi} ({crl})"


def record_json(session: Session) -> dict[str, Any]:
    """What every listing says of the record."""
    found = [{"name": f.name, "detail": f.detail} for f in session.findings]
    return {"version": session.number, "demonstration": session.demonstration, "findings": found}


def commit_json(commit: Signed) -> dict[str, Any]:
    """A commit, for programs."""
    return {
        "version": commit.number,
        "utc": commit.utc,
        "role": commit.role,
        "signer": commit.signer,
        "verdict": commit.verdict,
        "reasons": list(commit.reasons),
        "operations": list(commit.ops),
        "clock": commit.clock,
        "etsi": commit.etsi or None,
        "revocation_list": commit.crl or None,
        "wording": commit.wording[speech.language() == "en"] or None,
    }


def _line_json(line: Line) -> dict[str, Any]:
    meta = {name: line.meta(name) for name in ("type", "title", "date", "media")}
    return {
        "id": line.entry.id.hex(),
        **meta,
        "size": line.entry.size,
        "status": line.entry.status,
        "dossier_only": line.entry.dossier_only,
        "replaces": line.meta("of") or None,
        "commit": commit_json(line.commit),
    }


@click.command("list")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help="Former and erased entries too.")
@asking.as_json
@asking.with_secret
def list_(path: Path, every: bool, json_: bool, secret_file: Path | None) -> None:
    """List the entries."""
    with asking.reading(path, secret_file) as session:
        lines = session.lines(every=every)
        if json_:
            speech.put_json({**record_json(session), "entries": [_line_json(line) for line in lines]})
            return
        if not lines:
            speech.tell("nothing")
            return
        _sections(session, every)
        if every:
            _former(lines)


def _sections(session: Session, every: bool) -> None:
    """The live lines, section by section in the reading order, each with its state in words."""
    lang, first = speech.language(), True
    for part in session.parts():
        if not part.count:
            continue
        if part.name == "kept" and not every:
            speech.tell("list-kept", n=part.count)
            continue
        if not first:
            speech.put()
        first = False
        said = [dossier.part(part.name, lang).upper(), *dossier.remarks(part, lang)]
        for piece in speech.paragraph(" · ".join(said)):
            speech.put(piece, bold=True)
        for row in session.rows(part.name, lang):
            _put_row(row, lang)


def _put_row(row: Row, lang: Language) -> None:
    """A line of the record: nothing is cut, neither a strength nor a dosage, so it may take several rows."""
    told = [dossier.name(row, lang), *([f"— {row.detail}"] if row.detail else [])]
    if row.state in ("document", "kept"):
        told.append(f"· {row.type}")
    if day := dossier.when(row.when, lang):
        told.append(f"· {day}")
    head = f"{row.id[:ID_SHOWN]}  {speech.fit(dossier.state(row, lang), STATUS_WIDTH)}  "
    for piece in speech.paragraph(" ".join(told), " " * len(head)):
        speech.put(head + piece[len(head) :])
        head = " " * len(head)


def _former(lines: list[Line]) -> None:
    """What is replaced, withdrawn or erased."""
    rows = [
        (line.entry.id.hex()[:ID_SHOWN], status(line), line.meta("date"), line.meta("title"))
        for line in lines
        if line.entry.status != "live"
    ]
    if rows:
        speech.put()
        speech.put(speech.phrase("list-former").upper(), bold=True)
        speech.table(rows, (ID_SHOWN, STATUS_WIDTH, DATE_WIDTH))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("id_", metavar="ID")
@click.option("--raw", is_flag=True, help="The content as it was brought in, byte for byte.")
@asking.with_secret
def show(path: Path, id_: str, raw: bool, secret_file: Path | None) -> None:
    """Show one entry; ID may be the beginning of its id."""
    with asking.reading(path, secret_file) as session:
        show_entry(session, session.find(id_), raw)


def show_entry(session: Session, entry: Entry, raw: bool) -> None:
    """One entry on the screen, or its bytes. Raises ItemErased, ItemDamaged, BinaryContent."""
    if entry.status == "erased":
        raise ItemErased
    content = session.read(entry.id)
    text = _text(content)
    if raw:
        if sys.stdout.isatty() and (text is None or text != "\n".join(safe_text(t, NOTE) for t in text.split("\n"))):
            raise problems.BinaryContent
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    line = next(line for line in session.lines(every=True) if line.entry.id == entry.id)
    for row in speech.paragraph(line.meta("title")):
        speech.put(row, bold=True)
    told = (line.meta("who"), line.meta("where"))
    about = (line.meta("type"), line.meta("date"), *told, status(line), who(line.commit), line.commit.utc[:10])
    for row in speech.paragraph(" · ".join(safe_text(part) for part in about if part)):
        speech.put(row)
    versions = session.versions(entry)
    if len(versions) > 1:
        others = ", ".join(id_.hex()[:ID_SHOWN] for id_ in versions if id_ != entry.id)
        speech.put(speech.phrase("versions", n=len(versions), others=others))
    speech.put()
    facts = session.tell(entry.id, speech.language()) if entry.status == "live" else []
    for fact in facts:
        for row in speech.paragraph(dossier.fact(fact, speech.language())):
            speech.put(row)
    if facts:
        speech.tell("show-raw")
        return
    if text is None:
        speech.put(speech.phrase("binary", size=len(content), media=safe_text(line.meta("media"))))
        return
    for row in text.splitlines():
        for piece in speech.paragraph(row) if row.strip() else [""]:
            speech.put(piece)


def _text(content: bytes) -> str | None:
    """The content as text, or None if it is none."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def history(path: Path, json_: bool, secret_file: Path | None) -> None:
    """List the versions: when, who, what, and whether each can be relied on."""
    with asking.reading(path, secret_file) as session:
        commits, found = session.verify()
        findings.say(found)
        if json_:
            speech.put_json({**record_json(session), "commits": [commit_json(c) for c in commits]})
            return
        lang = speech.language()
        head = tuple(speech.phrase(f"head-{name}") for name in ("number", "date", "who", "verdict", "what"))
        widths = (4, 16, 24, VERDICT_WIDTH)
        speech.table([head], widths)
        for c in session.collapsed(commits):
            row = str(c.number), dossier.dated(c, lang), who(c), c.verdict, dossier.did(c, lang)
            speech.table([row], widths)
            if c.etsi:
                speech.put(" " * 6 + judgement(c))
        for number, what in findings.notes(commits):
            speech.tell("d-commit", number=number, what=what)
        if any(c.clock == "declared" for c in commits):
            speech.tell("day-declared-note")


COMMANDS = (list_, show, history)
