"""The words of the interface in French and English, for the commands and the screens alike."""
