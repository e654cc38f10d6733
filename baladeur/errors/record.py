"""Errors of medical documents."""

from __future__ import annotations

from baladeur.errors.base import BaladeurError

TYPE_CHECKING = False  # as in base: no `typing` at run time
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class RecordError(BaladeurError):
    """A medical document or the record made of such documents cannot be used as asked."""


class BundleInvalid(RecordError):
    """What was given cannot be read as a FHIR R4 document at all."""

    exit_code = 50
    sentence = (
        "This is not a FHIR R4 document that can be read; the record was not changed; "
        "ask the sender for a FHIR R4 JSON file."
    )


class NotJson(BundleInvalid):
    """The bytes are not one JSON value in UTF-8, as FHIR wants it."""

    exit_code = 51
    sentence = (
        "This file is not readable as FHIR JSON (damaged, cut off, XML or another format); "
        "the record was not changed; ask the sender for it again, as JSON."
    )


class DocumentTooLarge(BundleInvalid):
    """The document is larger or nested deeper than any that is read."""

    exit_code = 52
    sentence = (
        "This document is larger or nested deeper than a medical document may be; "
        "it was not read and the record was not changed; ask the sender for it in parts."
    )


class WrongFhirVersion(BundleInvalid):
    """The document is FHIR, but of a version whose elements mean other things."""

    exit_code = 53
    sentence = (
        "This document is written in another version of FHIR than R4, in which the same words mean other things; "
        "the record was not changed; ask the sender for FHIR R4."
    )


class NotAPatientDocument(BundleInvalid):
    """FHIR R4, but not a thing that can enter a patient's record."""

    exit_code = 54
    sentence = (
        "This FHIR file holds no patient document (a history of versions, an answer of a server, a definition); "
        "the record was not changed; choose a document or a collection."
    )


class AnotherPatient(RecordError):
    """The document's patient is not the record's."""

    exit_code = 55
    sentence = (
        "This document is about another patient: the name, the birth date or the INS number differs; "
        "the record was not changed; check whose document it is."
    )


class FieldRefused(RecordError):
    """A field that somebody wrote for the record is not as it must be; the detail says which."""

    exit_code = 58
    sentence = (
        "A field of what was entered is missing or not as it must be; nothing was written; correct it and try again."
    )


class NumberRefused(RecordError):
    """A number that somebody typed does not have its right check digit."""

    exit_code = 59
    sentence = (
        "This number is not right: its form or its check digit does not hold; nothing was written; "
        "read it again from the document."
    )


class NoIdentity(RecordError):
    """The record does not hold its patient's identity as FHIR."""

    exit_code = 66
    sentence = (
        "The record does not say in FHIR who its patient is, and a summary is about one patient; "
        "nothing was changed; import a document that names the patient first."
    )


class FormRefused(RecordError):
    """Fields of a form are missing or not as they must be. `faults` say which, in words."""

    exit_code = 67
    sentence = (
        "What was typed is incomplete or not as it must be; nothing was written; correct the fields that are named."
    )

    def __init__(self, faults: Sequence[Any] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__()


class AuthoredRefused(RecordError):
    """An entry that we wrote breaks a rule of FHIR or of the record. `findings` say which, in words."""

    exit_code = 68
    sentence = "This entry would break a rule of the record; nothing was written; correct what is named."

    def __init__(self, findings: Sequence[Any] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__()


class LineRefused(RecordError):
    """This cannot be done to this line; the detail says why."""

    exit_code = 69
    sentence = "This cannot be done to this line of the record; nothing was written; choose another change."
