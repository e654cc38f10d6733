"""python -m baladeur"""

from baladeur.cli.main import main

if __name__ == "__main__":
    main()
