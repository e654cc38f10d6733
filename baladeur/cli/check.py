"""check: what is wrong with FHIR documents, by rule and place. No record, no secret, no network."""

from collections import Counter
from pathlib import Path

import click

from baladeur.cli import asking, problems, speech
from baladeur.session import Fault, Session

CODES = (("fatal", problems.UNCHECKED), ("error", problems.FAULTY), ("warning", problems.DOUBTFUL))
_BY_LINE = (".ndjson", ".jsonl")


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@asking.as_json
@asking.speaking
def check(files: tuple[Path, ...], json_: bool) -> None:
    """Say what is wrong with FHIR R4 documents (JSON; one resource a line in .ndjson). Nothing is stored or sent.

    Exit code: 0 nothing above a note, 57 warnings, 56 errors, 50 not readable; the gravest of all files counts.
    """
    count: Counter[str] = Counter()
    told = []
    for number, file in enumerate(files, 1):
        if len(files) > 1 and not json_:
            speech.tell("check-document", n=number, total=len(files))
        before = count.total()
        with file.open("rb") as source, speech.progress("check-reading") as step:
            for found in Session.check(source, step, lines=file.suffix.lower() in _BY_LINE):
                count.update(one.severity for one in found)
                if json_:
                    told += [{"document": number, **one.as_json(speech.language())} for one in found]
                else:
                    _say(found)
        if count.total() == before:
            speech.tell("check-clean")
    if json_:
        speech.put_json(told)
    if count:
        speech.tell("check-found", **{name: count[name] for name in ("fatal", "error", "warning", "note")})
    raise click.exceptions.Exit(next((code for severity, code in CODES if count[severity]), problems.OK))


def _say(found: tuple[Fault, ...]) -> None:
    language = speech.language()
    for one in found:
        line = "" if one.line is None else speech.phrase("check-line", n=one.line) + "  "
        speech.put(f"{speech.phrase(f'check-severity-{one.severity}'):<10}{line}{one.where}  [{one.key}]")
        for text in (one.sentence(language), f"→ {one.remedy(language)}"):
            for piece in speech.paragraph(text, " " * 10):
                speech.put(piece)


COMMANDS = (check,)
