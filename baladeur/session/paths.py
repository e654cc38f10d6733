"""What a path on a key stands for, and which secrets open a whole record."""

from pathlib import Path

from baladeur.container import place, secret
from baladeur.container.secret import Secret, SecretClass
from baladeur.errors import EmergencyOnly, NothingThere


def files(path: Path) -> list[Path]:
    """The files that a path stands for: a pulled key may have left a record under its other names only."""
    names = (place.NAME, place.NEW, place.OLD)
    if path.is_dir():
        return [file for folder in place.folders(path) for name in names if (file := folder / name).exists()]
    return [file for file in ([path.parent / n for n in names] if path.name in names else [path]) if file.exists()]


def there(path: Path) -> Path:
    """The path, if a file or a record is there. Raises NothingThere."""
    if not files(path):
        raise NothingThere
    return path


def dossier(typed: str) -> Secret:
    """A secret that opens a whole record. Raises EmergencyOnly, which is no answer to a guess: it reads no file."""
    parsed = secret.parse(typed)
    if parsed.cls is SecretClass.EMERGENCY:
        raise EmergencyOnly
    return parsed


def is_list_words(typed: str) -> bool:
    """Whether a secret is words of the list without a checksum: nothing shows that a program drew them."""
    return secret.parse(typed).cls in (SecretClass.WORDS8, SecretClass.EMERGENCY)
