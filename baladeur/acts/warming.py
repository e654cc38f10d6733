"""What a page needs, loaded and made ready while its key is derived, which leaves the interpreter free."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

#: In the order in which a page asks for them: what only the dossier needs comes last.
_PAGE: Final = (
    "_strptime",
    "platformdirs",
    "baladeur.card.verdict",
    "baladeur.card.store",
    "baladeur.acts.paging",
    "baladeur.record.render",
)


def warm() -> None:
    """Load modules, then the tables of words and names. It says nothing: whoever needs one of them meets the error."""
    for step in (_modules, _words, _dossier):
        _quietly(step)


def _modules() -> None:
    for name in _PAGE:
        import_module(name)


def _words() -> None:
    from baladeur.record import words

    words.rows()


def _dossier() -> None:
    from baladeur.chart import items, pages  # noqa: F401
    from baladeur.record import medicines

    medicines.drugs()


def _quietly(step: Callable[[], None]) -> None:
    try:
        step()
    except Exception:
        return
