"""Write `words-fr.txt`, the numbered word list for other implementations; `--check` compares instead."""

import sys
from pathlib import Path

TARGET = Path(__file__).with_name("words-fr.txt")


def build() -> bytes:
    """Return the file: comment lines, then 2048 lines "NNNN folded accented" (UTF-8, NFC, LF)."""
    sys.path.insert(0, str(TARGET.parent.parent))  # runs from a bare checkout too
    from baladeur.container.secret import LIST_SHA256, words

    head = (
        "# Word list of Baladeur: number, word folded to ASCII, word as spelled (NFC).\n"
        "# Origin: BIP-39 French list, bitcoin/bips, bip-0039/french.txt; MIT, via the Python package mnemonic.\n"
        f"# SHA-256 of the original: {LIST_SHA256}\n"
        "# Written by schemas/make_words.py; do not edit.\n"
    )
    lines = (f"{number:04d} {folded} {spelled}\n" for number, (folded, spelled) in enumerate(words(), 1))
    return (head + "".join(lines)).encode()


def main(arguments: list[str]) -> int:
    """Write or, with --check, compare; return 1 if the file differs."""
    if arguments == ["--check"]:
        same = TARGET.exists() and TARGET.read_bytes() == build()
        print(TARGET.name, "is up to date" if same else "differs: run schemas/make_words.py")
        return 0 if same else 1
    TARGET.write_bytes(build())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
