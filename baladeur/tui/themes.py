"""Three themes, named by what they are for. No colour carries a meaning that a mark or a word does not."""

from typing import Final

from textual.theme import Theme

THEMES: Final = (
    Theme(
        name="sombre",
        primary="#7fb2e5",
        secondary="#9aa7b4",
        warning="#f0c75e",
        error="#ff8d85",
        success="#8fd18f",
        accent="#7fd4d4",
        foreground="#e6e6e6",
        background="#101418",
        surface="#1d242b",
        panel="#28323b",
        dark=True,
    ),
    Theme(
        name="clair",
        primary="#0b4f8a",
        secondary="#47525d",
        warning="#7a5200",
        error="#a30d05",
        success="#175c17",
        accent="#075e63",
        foreground="#15181b",
        background="#fafafa",
        surface="#e9edf0",
        panel="#dbe2e7",
        dark=False,
    ),
    Theme(
        name="contraste",
        primary="#ffff00",
        secondary="#ffffff",
        warning="#ffff00",
        error="#ffffff",
        success="#00ff00",
        accent="#00ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
    ),
)
