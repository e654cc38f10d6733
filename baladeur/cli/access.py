"""Who may open: the accesses of a record, and what a change of them does not do."""

from pathlib import Path

import click

from baladeur.cli import asking, problems, speech
from baladeur.cli.words import show_words, warn_of_own_words
from baladeur.session import CARERS, NewAccess, Session

ACTIONS = ("list", "change", "recovery", "emergency", "carer", "revoke")
LABEL = 12  # columns


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("action", type=click.Choice(ACTIONS))
@click.option("--new-secret-file", type=click.Path(path_type=Path), help="Take this secret instead of drawn words.")
@click.option("--carer", "carer_number", type=click.IntRange(CARERS[0], CARERS[-1]), default=1, help="Which carer.")
@click.option("--remove", is_flag=True, help="emergency, carer: remove the access.")
@click.option("--yes", is_flag=True, help="revoke: do not ask.")
@asking.as_json
@asking.writing
def secrets(
    path: Path,
    action: str,
    new_secret_file: Path | None,
    carer_number: int,
    remove: bool,
    yes: bool,
    json_: bool,
    secret_file: Path | None,
    agree: bool,
) -> None:
    """Who may open the record.

    list: which access opened it. change: another everyday secret; locks out nobody who kept a copy.
    recovery, carer: another 12 words. emergency: the 6 words for the emergency page. revoke: the key was
    in other hands.
    """
    if action == "list":
        _list(path, secret_file, json_)
        return
    if (remove and action not in ("emergency", "carer")) or (remove and new_secret_file) or json_:
        raise problems.CommandError
    if action == "revoke":
        _paragraph("a-revoke-not")
        asking.confirm("a-revoke-ask", yes)
    typed = asking.secret_for(path, secret_file)
    with asking.changing(path, typed, agree) as session:
        if remove:
            session.remove_access(action, carer_number)
            speech.tell("a-removed", number=session.number)
            _paragraph("a-locks-nobody")
            return
        new = _new(action, new_secret_file, carer_number)
        if action == "revoke":
            session.revoke(new)
        elif action == "change":
            session.change_access(new[0])
        else:
            session.set_access(new[0])
        speech.tell("a-done", number=session.number)
    if action == "emergency":
        _paragraph("a-emergency-not")
    if action != "revoke":
        _paragraph("a-locks-nobody")


def _new(action: str, file: Path | None, carer: int) -> list[NewAccess]:
    """The new secrets, shown before they are in force: a key pulled in the middle must lock nobody out."""
    brought = asking.secret_of(file) if file else None
    if brought is not None:
        warn_of_own_words(brought)
    kind = "everyday" if action in ("change", "revoke") else action
    new = [NewAccess.draw(kind, brought, carer)]
    if action == "revoke" and not new[0].is_recovery:
        new.append(NewAccess.draw("recovery"))
    show_words("words" if kind == "everyday" else kind, new[0].words)
    for more in new[1:]:
        show_words("recovery", more.words)
    if any(access.words for access in new):
        speech.tell("not-yet")
    return new


def _list(path: Path, secret_file: Path | None, json_: bool) -> None:
    with asking.reading(path, secret_file) as session:
        if json_:
            speech.put_json({"version": session.number, "opened_by": session.access})
            return
        speech.put(speech.phrase("a-opened").ljust(LABEL) + _name(session))
        speech.put(speech.phrase("a-others").ljust(LABEL) + speech.phrase("a-hidden"))


def _name(session: Session) -> str:
    kind, _, number = session.access.partition("-")
    return speech.phrase(f"a-{kind}", n=number)


def _paragraph(name: str) -> None:
    for line in speech.paragraph(speech.phrase(name)):
        speech.say(line)


COMMANDS = (secrets,)
