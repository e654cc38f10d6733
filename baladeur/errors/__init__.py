"""Every error that Baladeur raises on purpose, one package: a module per floor, all of it imported from here.

A message is one English sentence in three parts: what happened, what is safe, what to do.
It holds no secret and no word of the record. The interface translates it by class.

    BaladeurError
    ├─ ContainerError
    │  ├─ NotAContainer ── NothingThere
    │  ├─ NewerVersion · CostRefused · Truncated
    │  ├─ HeaderDamaged · HeaderTampered · NoSuperblock
    │  ├─ WrongSecret · SecretMistyped · SecretRefused
    │  ├─ Malformed ── CapExceeded · PointerOutside · StatementMalformed
    │  ├─ CatalogueDamaged · StateMismatch
    │  ├─ ItemDamaged · ItemErased · SummaryDamaged · NoSuchItem ── AmbiguousId · NotInTray · NotHolders · NotSigned
    │  └─ WriteRefused ── ConsentNeeded · HolderNotAllowed ── IdentitySigned
    │     └─ EmergencyOnly · DemonstrationOnly · ClockNotBelieved · DateRefused · TypeRefused
    ├─ MediumError
    │  └─ SecondWriter · ReadOnlyMedium · MediumFull · MediumGone · NotVerified · AlreadyThere · NoFolder
    ├─ SignatureError ── CmsMalformed · CmsRefused · CardError's kinds (card/refusals.py)
    ├─ CommandError (errors.command), FileRefused, FileTooLarge
    ├─ PaperRefused · NoPageToPrint · WordsOnTheKey
    └─ RecordError
       ├─ BundleInvalid ── NotJson · DocumentTooLarge · WrongFhirVersion · NotAPatientDocument
       └─ AnotherPatient · FieldRefused · NumberRefused · NoIdentity · FormRefused · AuthoredRefused · LineRefused
"""

from baladeur.errors.base import (
    BaladeurError,
)
from baladeur.errors.card import (
    CmsMalformed,
    CmsRefused,
    SignatureError,
)
from baladeur.errors.container import (
    CapExceeded,
    CatalogueDamaged,
    ConsentNeeded,
    ContainerError,
    CostRefused,
    EmergencyOnly,
    HeaderDamaged,
    HeaderTampered,
    HolderNotAllowed,
    ItemDamaged,
    ItemErased,
    Malformed,
    NewerVersion,
    NoSuchItem,
    NoSuperblock,
    NotAContainer,
    PointerOutside,
    SecretMistyped,
    SecretRefused,
    StatementMalformed,
    StateMismatch,
    SummaryDamaged,
    Truncated,
    WriteRefused,
    WrongSecret,
)
from baladeur.errors.door import (
    AmbiguousId,
    ClockNotBelieved,
    DateRefused,
    DemonstrationOnly,
    IdentitySigned,
    NothingThere,
    NotHolders,
    NotInTray,
    NotSigned,
    TypeRefused,
)
from baladeur.errors.medium import (
    AlreadyThere,
    MediumError,
    MediumFull,
    MediumGone,
    NoFolder,
    NotVerified,
    ReadOnlyMedium,
    SecondWriter,
)
from baladeur.errors.paper import (
    NoPageToPrint,
    PaperRefused,
    WordsOnTheKey,
)
from baladeur.errors.record import (
    AnotherPatient,
    AuthoredRefused,
    BundleInvalid,
    DocumentTooLarge,
    FieldRefused,
    FormRefused,
    LineRefused,
    NoIdentity,
    NotAPatientDocument,
    NotJson,
    NumberRefused,
    RecordError,
    WrongFhirVersion,
)

__all__ = [
    "AlreadyThere",
    "AmbiguousId",
    "AnotherPatient",
    "AuthoredRefused",
    "BaladeurError",
    "BundleInvalid",
    "CapExceeded",
    "CatalogueDamaged",
    "ClockNotBelieved",
    "CmsMalformed",
    "CmsRefused",
    "ConsentNeeded",
    "ContainerError",
    "CostRefused",
    "DateRefused",
    "DemonstrationOnly",
    "DocumentTooLarge",
    "EmergencyOnly",
    "FieldRefused",
    "FormRefused",
    "HeaderDamaged",
    "HeaderTampered",
    "HolderNotAllowed",
    "IdentitySigned",
    "ItemDamaged",
    "ItemErased",
    "LineRefused",
    "Malformed",
    "MediumError",
    "MediumFull",
    "MediumGone",
    "NewerVersion",
    "NoFolder",
    "NoIdentity",
    "NoPageToPrint",
    "NoSuchItem",
    "NoSuperblock",
    "NotAContainer",
    "NotAPatientDocument",
    "NotHolders",
    "NotInTray",
    "NotJson",
    "NotSigned",
    "NotVerified",
    "NothingThere",
    "NumberRefused",
    "PaperRefused",
    "PointerOutside",
    "ReadOnlyMedium",
    "RecordError",
    "SecondWriter",
    "SecretMistyped",
    "SecretRefused",
    "SignatureError",
    "StateMismatch",
    "StatementMalformed",
    "SummaryDamaged",
    "Truncated",
    "TypeRefused",
    "WordsOnTheKey",
    "WriteRefused",
    "WrongFhirVersion",
    "WrongSecret",
]
