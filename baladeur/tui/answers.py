"""The answers under a field of a form: coded words of the tables of this computer, choices, today; free text last."""

from typing import TYPE_CHECKING, Final

from textual.content import Content

from baladeur.session import Coded, Kind
from baladeur.text import fold
from baladeur.tui.field import shown
from baladeur.tui.lines import Lines
from baladeur.tui.plain import content
from baladeur.wording.phrases import PHRASES, Language, say

if TYPE_CHECKING:
    from baladeur.session import Answer, Lookup, Session, Value
    from baladeur.tui.field import Row

_FREE: Final = "free"  #: the row that keeps what was typed, without a code
_SAME: Final = "same"  #: the row that leaves a coded value as it is
_TODAY: Final = "today"


class Answers(Lines, can_focus=False):
    """What the present field could mean. What only resembles is offered, and never taken by itself."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._found: dict[str, Value] = {}
        self.moved = False  #: the reader chose among them

    def drop(self) -> None:
        """No answers."""
        self._found, self.moved = {}, False
        self.clear_options()
        self.display = False

    def move(self, step: int) -> bool:
        """To the next of them; whether there are any, and the list does not end there before anything was typed."""
        if not self.display or not self.option_count:
            return False
        at = self.highlighted
        if at is None and step < 0:
            return False
        self.highlighted = 0 if at is None else (at + step) % self.option_count
        self.moved = True
        return True

    def offer(self, session: "Session | None", lookup: "Lookup | None", row: "Row", language: Language) -> None:
        """The answers to what stands in a field."""
        self.drop()
        kind, text = row.field.kind, row.text.strip()
        rows: list[tuple[str, Content]] = []
        first: int | None = None
        if session is None:
            return
        if kind is Kind.CODED and text and lookup is not None:
            rows, sure = self._coded(session, lookup, row, text, language)
            first = 0 if sure else len(rows) - 1
        elif row.field.options:
            rows = self._named(row, text, language)
            chosen = [at for at, (code, _) in enumerate(rows) if code == row.value]
            first = (0 if row.is_touched and text else None) if not chosen or row.is_touched else chosen[0]
        elif kind is Kind.DATE and not text:
            today = session.today.isoformat()
            self._found[_TODAY] = today
            rows = [(_TODAY, content(say("form-today", language, day=shown(row.field, today, language))))]
        self.fill(rows)
        self.highlighted = first if rows else None
        self.display = bool(rows)

    def _coded(
        self, session: "Session", lookup: "Lookup", row: "Row", text: str, language: Language
    ) -> "tuple[list[tuple[str, Content]], bool]":
        rows, sure, before = list[tuple[str, Content]](), False, row.value
        if isinstance(before, Coded) and before.is_coded and before.text == text:
            self._found[_SAME], sure = before, True
            rows.append((_SAME, _line(before.text, session.system_name(before.system), before.code, "")))
        for at, (answer, begins) in enumerate(session.fitting(lookup, row.field, text)):
            coded = session.coded(answer, language)
            if self._found.get(_SAME) == coded:
                continue
            self._found[str(at)] = coded
            sure = sure or (at == 0 and begins)
            code = answer.term.code or say("form-uncoded", language)
            rows.append((str(at), _line(coded.text, answer.system, code, _table(answer, language))))
        if _SAME not in self._found:
            self._found[_FREE] = text
            rows.append((_FREE, content(say("form-free", language, text=text))))
        return rows, sure

    def _named(self, row: "Row", text: str, language: Language) -> "list[tuple[str, Content]]":
        """All of them where nothing was typed yet, else those that begin so."""
        typed = fold(_last(row, text)) if row.is_touched else ""
        found = []
        for one in row.field.options:
            if fold(one.label(language)).startswith(typed) or fold(one.code) == typed:
                self._found[one.code] = one.code
                found.append((one.code, content(one.label(language))))
        return found

    def taken(self, session: "Session", row: "Row", language: Language) -> "Value":
        """What stands in a field, understood: an answer, what was there before, or the text as it is."""
        field, text = row.field, row.text.strip()
        if not row.is_touched and not self.moved:
            return row.value
        chosen = self._found.get(self.chosen)
        if field.kind is Kind.CODED:
            return chosen if chosen is not None and text else text
        if field.kind is Kind.CHOICES:
            return self._several(row, text, chosen, language)
        if field.options:
            return chosen if chosen is not None and (text or self.moved) else text
        if field.kind is Kind.DATE:
            if chosen is not None and self.moved:
                return chosen
            return session.day_typed(text, language, past=field.past) or text
        return text

    def _several(self, row: "Row", text: str, chosen: "Value | None", language: Language) -> "Value":
        """Some of the choices: the last word is completed."""
        words = text.replace(",", " ").split()
        if isinstance(chosen, str) and chosen and (words or self.moved):
            known = {fold(name) for one in row.field.options for name in (one.code, one.fr, one.en)}
            done = words if not words or fold(words[-1]) in known else words[:-1]
            if self.moved or done != words:
                words = [*done, chosen]
        codes = {fold(name): one.code for one in row.field.options for name in (one.code, one.fr, one.en)}
        return tuple(dict.fromkeys(codes.get(fold(word), word) for word in words)) or ""


def _last(row: "Row", text: str) -> str:
    if row.field.kind is not Kind.CHOICES:
        return text
    words = text.replace(",", " ").split()
    return words[-1] if words else ""


def _line(words: str, system: str, code: str, table: str) -> "Content":
    """An answer: its words, its code, and in which table it stands."""
    return content(words, "bold") + content(f"  [{system} {code}]") + content(f"  {table}", "$secondary")


def _table(answer: "Answer", language: Language) -> str:
    name = f"table-{answer.table}"
    return say(name, language) if name in PHRASES else answer.table
