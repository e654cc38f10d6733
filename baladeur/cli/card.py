"""The commands of the card and of the trust list. What they do is loaded when one of them runs: opening a record is not
to pay for a card that nobody asked about."""

from pathlib import Path

import click

from baladeur.cli import asking

MODULE = click.option("--module", type=click.Path(path_type=Path), help="The PKCS#11 module to use.")


@click.group()
def card() -> None:
    """The professional's card."""


@card.command()
@MODULE
@asking.as_json
@asking.speaking
def status(module: Path | None, json_: bool) -> None:
    """Readers, cards, modules, certificates: what works and what is missing. Asks for no PIN and shows no secret."""
    from baladeur.cli import card_status

    raise click.exceptions.Exit(card_status.show(module, json_))


@click.group()
def trust() -> None:
    """Whose signatures this computer takes for true."""


@trust.command(name="list")
@asking.as_json
@asking.speaking
def list_(json_: bool) -> None:
    """Authorities and revocation lists."""
    from baladeur.cli import trust_list

    trust_list.show(json_)


@trust.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="The fingerprint was compared with one that the authority publishes.")
@asking.speaking
def add(file: Path | None, yes: bool) -> None:
    """Enter the authorities of FILE (PEM or DER); without FILE, the official ones of the installed CPS component."""
    from baladeur.cli import trust_list

    trust_list.add(file, yes)


@trust.command()
@click.argument("fingerprint")
@asking.speaking
def remove(fingerprint: str) -> None:
    """Take out the authority whose fingerprint begins so (eight digits or more)."""
    from baladeur.cli import trust_list

    trust_list.remove(fingerprint)


@trust.command()
@click.argument("file", type=click.Path(path_type=Path))
@asking.speaking
def crl(file: Path) -> None:
    """Enter a revocation list (DER or PEM) of an authority that is in the list."""
    from baladeur.cli import trust_list

    trust_list.add_crl(file)


COMMANDS = (card, trust)
