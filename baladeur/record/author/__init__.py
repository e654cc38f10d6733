"""What we write ourselves: the forms of an editor, resources built of them, and new versions of what came in."""

from baladeur.record.author.building import amended, build, read
from baladeur.record.author.ending import ended, mistaken, states_of
from baladeur.record.author.fields import Coded, Field, FieldFault, Form, Kind, Values
from baladeur.record.author.forms import FORMS, form_of
from baladeur.record.author.judging import refuse, refuse_new, warm

__all__ = [
    "FORMS",
    "Coded",
    "Field",
    "FieldFault",
    "Form",
    "Kind",
    "Values",
    "amended",
    "build",
    "ended",
    "form_of",
    "mistaken",
    "read",
    "refuse",
    "refuse_new",
    "states_of",
    "warm",
]
