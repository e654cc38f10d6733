"""What is measured in a process of its own: the way from start to the first line, and the memory of bulk work.

python child.py page|dossier FILE WORDS     open, print the first line of the summary
python child.py in|out FILE SOURCE COUNT SIZE     bulk work; prints the growth of the peak in MiB (Linux)
"""

import sys


def page(path: str, words: str) -> None:
    from baladeur.container.emergency import open_emergency
    from baladeur.container.medium import FileMedium
    from baladeur.container.secret import parse

    found = open_emergency(FileMedium.open(path), parse(words)).summary
    print(found.parts()[0].decode() if found else "")


def dossier(path: str, words: str) -> None:
    from baladeur.container.container import Container
    from baladeur.container.medium import FileMedium
    from baladeur.container.secret import parse

    with Container.open(FileMedium.open(path), parse(words)) as container:
        print(container.summary().parts()[0].decode())


def bulk(what: str, path: str, source: str, count: int, size: int) -> None:
    from pathlib import Path
    from typing import BinaryIO, cast

    import bulk
    import records

    from baladeur.container.container import Container
    from baladeur.container.medium import FileMedium

    card = records.Card()
    card.sign(b"")  # what signing needs is loaded by now
    with open(source, "rb") as file:
        parts = [cast(BinaryIO, bulk.Part(file, n * size, size)) for n in range(count)]
        Path("/proc/self/clear_refs").write_text("5")  # the peak so far was that of the imports
        before = peak()
        if what == "in":
            with Container.open(FileMedium.open(path, write=True), records.code(), write=True) as container:
                records.fill(container, card, parts)
        else:
            with Container.open(FileMedium.open(path), records.code()) as container:
                for entry in container.entries():
                    container.read(entry.id)
    print((peak() - before) / 1024)


def peak() -> int:
    """KiB of memory at most, of this process alone: getrusage would tell its parent's too."""
    from pathlib import Path

    return int(Path("/proc/self/status").read_text().split("VmHWM:", 1)[1].split()[0])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["page", path, words]:
            page(path, words)
        case ["dossier", path, words]:
            dossier(path, words)
        case [what, path, source, count, size]:
            bulk(what, path, source, int(count), int(size))
