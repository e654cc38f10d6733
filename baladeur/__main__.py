"""python -m baladeur, and the program `baladeur`."""

import gc
import sys


def main() -> None:
    """Run the command line; the key of the emergency page is derived while the command line is being loaded."""
    page = sys.argv[1:2] in (["summary"], ["emergency"])
    if page:
        gc.disable()  # one page and the end: nothing that is loaded on the way is garbage
        from baladeur import ahead

        ahead.begin(sys.argv[1:])
    from baladeur.cli.main import main as run

    try:
        run()
    finally:
        if page:
            gc.freeze()  # nor is it looked through at the end, which takes 50 ms: it goes with the process


if __name__ == "__main__":
    main()
