"""Commands that judge: verify, doctor."""

from pathlib import Path

import click

from baladeur.cli import asking, findings, problems, speech
from baladeur.cli.reading import commit_json, judgement, record_json
from baladeur.errors import ReadOnlyMedium
from baladeur.session import Finding, Report, Session

LABEL = 12  # columns


def _row(name: str, text: str) -> None:
    label = speech.phrase(name).ljust(LABEL)
    for number, line in enumerate(speech.paragraph(text, " " * LABEL)):
        speech.put(line if number else label + line[LABEL:])


def exit_code(found: list[Finding], report: Report) -> int:
    """0 in order, 20 older version shown, 25 not to be relied on, 26 to be repaired."""
    code = findings.exit_code(found)
    bad = report.damaged or any(c.verdict != "ok" for c in report.commits)
    return problems.WRONG if bad and code != problems.OLDER_SHOWN else code


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@asking.as_json
@asking.with_secret
def verify(path: Path, json_: bool, secret_file: Path | None) -> None:
    """Check the chain, the state, the operations, the signatures, and open every entry."""
    with asking.reading(path, secret_file) as session:
        with speech.progress("examining") as step:
            report = session.examine(step)
        found = [*session.findings, *report.findings]
        code = exit_code(found, report)
        if json_:
            listed = record_json(session) | {"findings": [{"name": f.name, "detail": f.detail} for f in found]}
            commits = [commit_json(c) for c in report.commits]
            damaged = [id_.hex() for id_ in report.damaged]
            speech.put_json({**listed, "ok": not code, "exit_code": code, "commits": commits, "damaged": damaged})
        else:
            _show(session, report, found, code)
        raise click.exceptions.Exit(code)


def _show(session: Session, report: Report, found: list[Finding], code: int) -> None:
    signed = [c for c in report.commits if c.role != "holder"]
    good = [c for c in signed if c.verdict == "ok" and c.signer]
    card = speech.phrase("v-card") if good and session.demonstration else ""
    _row("v-versions", speech.phrase("v-chain", n=len(report.commits)))
    _row("v-signatures", speech.phrase("v-signed", good=len(good), n=len(signed)) + card)
    judged: dict[str, list[int]] = {}
    for commit in signed:
        if commit.etsi:
            judged.setdefault(judgement(commit), []).append(commit.number)
    for what, numbers in judged.items():
        _row("v-etsi", speech.phrase("v-of", what=what, numbers=ranges(numbers)))
    _row("v-entries", speech.phrase("v-read", n=report.read, bad=len(report.damaged)))
    _row("v-findings", "; ".join(dict.fromkeys(map(findings.words, found))) or speech.phrase("v-none"))
    _faults(report)
    _row("v-verdict", speech.phrase(f"v-{code}"))


def ranges(numbers: list[int]) -> str:
    """`1–3, 7`, of numbers in order."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _faults(report: Report) -> None:
    """What is wrong with commits and entries, and what is odd about commits that hold."""
    for commit in report.commits:
        if commit.verdict != "ok":
            verdict = speech.phrase("v-scope") if commit.verdict == "NotInScope" else commit.verdict
            if commit.etsi.endswith(commit.verdict):
                verdict = commit.wording[speech.language() == "en"]
            what = ", ".join([verdict, *commit.reasons])
            _row("d-left", speech.phrase("d-commit", number=commit.number, what=what))
    for number, what in findings.notes(report.commits):
        _row("v-notes", speech.phrase("d-commit", number=number, what=what))
    for id_ in report.damaged:
        _row("d-left", speech.phrase("d-damaged", id=id_.hex()[:8]))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Look only: repair nothing.")
@asking.with_secret
def doctor(path: Path, dry_run: bool, secret_file: Path | None) -> None:
    """Say what is wrong with this file, repair what can be, and say what was repaired."""
    typed = asking.secret_for(path, secret_file)
    with Session.open(path, typed) as session:
        before, blocked = session.findings, session.blocked
    if findings.older(before):
        findings.say(before)
    if blocked:
        speech.tell("d-blocked")
    elif not dry_run:
        try:
            with Session.open(path, typed, write=True):
                pass  # opening for writing is what mends
        except ReadOnlyMedium as error:
            if before:
                speech.complain_of(error)
    with Session.open(path, typed) as session:
        with speech.progress("examining") as step:
            report = session.examine(step)
        after = [*session.findings, *report.findings]
    left = {f.name for f in after}
    for found in before:
        if found.name not in left:
            _row("d-repaired", findings.words(found))
    for text in dict.fromkeys(map(findings.words, after)):
        _row("d-left", text)
    _faults(report)
    code = exit_code(after, report)
    _row("v-verdict", speech.phrase(f"v-{code}"))
    raise click.exceptions.Exit(code)


COMMANDS = (verify, doctor)
