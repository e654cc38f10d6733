"""python -m baladeur, and the program `baladeur`."""

import gc
import sys


def main() -> None:
    """Run the command line; the key of the emergency page is derived while the command line is being loaded."""
    if {"summary", "emergency"}.intersection(sys.argv[1:2]):
        gc.disable()  # one page and the end: nothing that is loaded on the way is garbage
        from baladeur import ahead

        ahead.begin(sys.argv[1:])
    from baladeur.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
