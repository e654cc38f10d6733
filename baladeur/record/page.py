"""What the page is made of: blocks, lines, orders, and their words in French and English.

**Words reviewed by nobody yet.**
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from baladeur.quiet import quiet
from baladeur.record.phrases import LANGS, Lang
from baladeur.record.wording import date_words


class Level(IntEnum):
    """How loud a line is."""

    CRITICAL = 0  #: `!!`; its name is always on the first screen
    CAUTION = 1  #: `!`
    PLAIN = 2


#: The parts of the page. Notices are about the whole record (old, contradictory), the foot about this page.
Block = StrEnum(
    "Block",
    "BANNER NOTICES ALERTS ALLERGIES DEVICES PROBLEMS TREATMENTS PAST PROCEDURES RESULTS DIRECTIVES CONTACTS MISSING"
    " FOOT",
)
_B = Block
URGENT: Final = (_B.NOTICES, _B.ALERTS, _B.ALLERGIES, _B.DEVICES)  #: one area of the emergency page, loudest first
ORDERS: Final[Mapping[str, tuple[Block, ...]]] = {
    "emergency": (_B.BANNER, *URGENT, _B.PROBLEMS, _B.TREATMENTS, _B.PAST, _B.PROCEDURES, _B.RESULTS, _B.DIRECTIVES,
                  _B.CONTACTS, _B.MISSING, _B.FOOT),
    "vsm": (_B.BANNER, _B.NOTICES, _B.PROBLEMS, _B.PAST, _B.PROCEDURES, _B.ALLERGIES, _B.ALERTS, _B.DEVICES, _B.RESULTS,
            _B.TREATMENTS, _B.DIRECTIVES, _B.CONTACTS, _B.MISSING, _B.FOOT),
    "ips": (_B.BANNER, _B.NOTICES, _B.PROBLEMS, _B.PAST, _B.PROCEDURES, _B.ALLERGIES, _B.TREATMENTS, _B.DEVICES,
            _B.ALERTS, _B.DIRECTIVES, _B.RESULTS, _B.CONTACTS, _B.MISSING, _B.FOOT),
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """The same thing said in each language."""

    fr: str = ""
    en: str = ""

    __repr__ = quiet

    def of(self, lang: Lang) -> str:
        """In this language."""
        return self.fr if lang == "fr" else self.en


NOTHING: Final = Words()


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of the page. `name` says what it is; `detail` (dosage, date, phone) is whole or not at all."""

    block: Block
    name: Words
    keys: tuple[str, ...] = ()  #: the entries that it comes from
    level: Level = Level.PLAIN
    label: Words = NOTHING
    detail: Words = NOTHING
    to_confirm: bool = False
    counted: bool = True  #: an item of its block, not a remark about the block

    __repr__ = quiet


def same(words: str) -> Words:
    """The source's own words, in every language."""
    return Words(words, words)


def both(make: Callable[[Lang], str]) -> Words:
    return Words(*(make(lang) for lang in LANGS))


def t(key: str, *values: str | Words) -> Words:
    return Words(
        *(words.format(*(one if isinstance(one, str) else one.of(lang) for one in values))
          for lang, words in zip(LANGS, TEXT[key], strict=True))
    )  # fmt: skip


def day(raw: str) -> Words:
    return both(lambda lang: date_words(raw, lang))


def join(parts: Iterable[Words], sep: str = ", ") -> Words:
    kept = list(parts)
    return both(lambda lang: sep.join(text for one in kept if (text := one.of(lang))))


TEXT: Final[Mapping[str, tuple[str, str]]] = {
    "ALLERGY!": ("ALLERGIE GRAVE", "SEVERE ALLERGY"), "ALLERGY": ("ALLERGIE", "ALLERGY"),
    "DEVICE": ("DISPOSITIF", "DEVICE"), "FLAG": ("VIGILANCE", "CAUTION"), "PREGNANCY": ("GROSSESSE", "PREGNANCY"),
    "CONTRADICTION": ("CONTRADICTION", "CONTRADICTION"), "OLD": ("FICHE ANCIENNE", "OLD RECORD"),
    "DECEASED": ("DÉCÈS", "DECEASED"), "not_final": ("provisoire", "not final"),
    "unknown_severity": ("gravité non renseignée", "severity not recorded"),
    "unnamed": ("sans nom dans la source", "not named in the source"),
    "none": ("aucun connu (déclaré)", "none known (as stated)"),
    "none_allergy": ("aucune connue (déclaré)", "none known (as stated)"),
    "not_recorded": ("non renseigné", "not recorded"), "unavailable": ("non disponible ici", "not available here"),
    "not_recorded_allergy": ("non renseigné : ne veut pas dire aucune", "not recorded: does not mean none"),
    "text_only": ("en texte seul, voir le document", "as text only, see the document"),
    "over": ("arrêtés ou terminés, non affichés : {}", "stopped or completed, not shown: {}"),
    "no_current": ("aucun en cours", "none current"),
    "beside": ("« {} » écrit à côté de : {}", "“{}” written beside: {}"),
    "no_information": ("« aucune information »", "“no information”"), "until": ("jusqu’au {}", "until {}"),
    "ended": ("fin prévue {}, dépassée", "planned end {}, passed"), "from": ("à partir du {}", "from {}"),
    "due": ("terme prévu {}", "due {}"), "due_past": ("terme prévu {}, dépassé", "due {}, passed"),
    "stated": ("noté le {}", "noted {}"), "male": ("M", "M"), "female": ("F", "F"),
    "other": ("sexe : autre", "sex: other"), "unknown": ("sexe inconnu", "sex unknown"),
    "": ("sexe non renseigné", "sex not recorded"), "born_male": ("né {}", "born {}"),
    "born_female": ("née {}", "born {}"), "born": ("né(e) {}", "born {}"),
    "no_birth": ("naissance non renseignée", "birth date not recorded"), "maiden": ("(née {})", "(born {})"),
    "no_name": ("nom non renseigné", "name not recorded"), "speaks": ("parle : {}", "speaks: {}"),
    "no_patient": ("PATIENT NON IDENTIFIÉ", "PATIENT NOT IDENTIFIED"),
    "several_names": ("plusieurs noms ou aucun dans le document", "several people or none in the document"),
    "weight": ("poids {}", "weight {}"), "no_weight": ("poids non renseigné", "weight not recorded"),
    "guardian": ("représentant légal : {}", "legal representative: {}"),
    "document": ("document du {}", "document of {}"), "no_document_date": ("document sans date", "undated document"),
    "by": ("par {}", "by {}"), "reviewed": ("{} : relu {}", "{}: reviewed {}"),
    "never": ("jamais relu : {}", "never reviewed: {}"),
    "old": ("dernière date connue : {} ; tout est à vérifier", "last known date: {}; check everything"),
    "rules": ("règles non relues", "rules not reviewed"), "fictional": ("[FICTIF]", "[FICTITIOUS]"),
    "language": ("textes tels qu’écrits [{}]", "texts as written [{}]"),
    "uncoded": ("{} traitement(s) non codé(s) : alertes non calculées",
                "{} treatment(s) not coded: alerts not computed"),
    "pending": ("{} document(s) en attente, non signé(s)", "{} pending document(s), unsigned"),
    "allergies": ("allergies", "allergies"), "problems": ("problèmes", "problems"),
    "medications": ("traitements", "treatments"), "devices": ("dispositifs", "devices"),
    "pregnancy": ("grossesse", "pregnancy"), "past_history": ("antécédents", "past history"),
    "procedures": ("interventions", "procedures"), "immunizations": ("vaccins", "immunizations"),
    "results": ("résultats", "results"), "advance_directives": ("directives anticipées", "advance directives"),
    "contact": ("personne à prévenir", "emergency contact"), "no_unit": ("(sans unité)", "(no unit)"),
}  # fmt: skip
