"""Baladeur, the dossier médical baladeur: a medical record that the patient carries."""

__version__ = "0.1.0"
