"""People in a record, the patient first: names, numbers, contacts, all as declared.

Every text was tamed by `safe_text` when it was read. An empty string means "the source does not say".
Sources: FHIR R4 (4.0.1) Patient, HumanName, Identifier, ContactPoint; fr-core 2.1.0 FRCorePatientINSProfile.
"""

from dataclasses import dataclass

from baladeur.quiet import quiet


@dataclass(frozen=True, slots=True, repr=False)
class Coding:
    """One code of one system, with the label that the source gives it."""

    system: str
    code: str
    display: str

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """A number that names somebody. `kind` is the type's code as declared (INS-NIR, INS-NIA, RPPS, PI ...)."""

    system: str
    value: str
    use: str = ""
    kind: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """Who did, said or wrote it: `role` is the FHIR element (performer, asserter, recorder, author ...)."""

    role: str
    words: str
    kind: str = ""  #: resource type, if known
    identifiers: tuple[Identifier, ...] = ()

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """A person's name as written."""

    family: str
    given: tuple[str, ...]
    use: str = ""
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    text: str = ""
    birth_given: str = ""  #: the French list of given names at birth

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Telecom:
    """A phone number or an address of a wire."""

    system: str
    value: str
    use: str = ""

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """Somebody to call, with the relationship as coded and as worded."""

    names: tuple[Name, ...]
    relationship: str
    relationship_codings: tuple[Coding, ...] = ()
    telecoms: tuple[Telecom, ...] = ()

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Language:
    """A language that the patient speaks."""

    code: str
    words: str
    preferred: bool = False

    __repr__ = quiet


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Who the patient is, as declared: a right check digit raises nothing."""

    key: str
    names: tuple[Name, ...]
    birth_date: str
    sex: str
    identifiers: tuple[Identifier, ...] = ()
    reliability: tuple[str, ...] = ()  #: status codes of the French identity, as declared (PROV, VALI ...)
    birth_place: str = ""
    birth_place_code: str = ""
    deceased: str = ""  #: "true", or the date; empty: not stated or stated alive
    telecoms: tuple[Telecom, ...] = ()
    addresses: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    languages: tuple[Language, ...] = ()
    practitioners: tuple[Actor, ...] = ()

    __repr__ = quiet
