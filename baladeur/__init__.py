"""Baladeur, the dossier médical baladeur: a medical record that the patient carries."""

__version__ = "0.1.0"
#: The day of this release, set with the version. No clock is right that is before it.
BUILT = "2026-11-01"
