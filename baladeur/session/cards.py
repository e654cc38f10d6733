"""The cards that can sign without any set-up, by name."""

from collections.abc import Callable, Mapping

from baladeur.card import demo

CARDS: Mapping[str, Callable[[bytes], bytes]] = {"demo": demo.sign}
