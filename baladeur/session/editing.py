"""An open record under the editor: its forms, the verbs on a line, and drafts that are kept in the record."""

from contextlib import suppress
from typing import TYPE_CHECKING

from baladeur.errors import BaladeurError, FormRefused
from baladeur.session.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from baladeur.acts.draft import Draft
    from baladeur.acts.drafts import Kept as KeptDraft
    from baladeur.record.author import Coded, FieldFault, Form, Values
    from baladeur.record.author.fields import Lang, Value
    from baladeur.session.signatory import Signatory
    from baladeur.tables.lookup import Answer


class Editing(Writing):
    """What changes lines of the record in a draft; nothing is written before the draft is sealed."""

    @staticmethod
    def forms() -> "tuple[Form, ...]":
        """The forms, in the order in which they are offered."""
        from baladeur.record import author

        return author.FORMS

    @staticmethod
    def form(kind: str) -> "Form":
        """The form of a kind. Raises KeyError."""
        from baladeur.record import author

        return author.form_of(kind)

    @staticmethod
    def warm_editing() -> None:
        """Load what checks a resource, while somebody types: it takes half a second."""
        from threading import Thread

        from baladeur.record import author

        Thread(target=author.warm, daemon=True).start()

    @staticmethod
    def coded(answer: "Answer", language: str = "fr") -> "Coded":
        """What a look-up found, as the value of a field; a brand that was looked for stands behind the substance."""
        from baladeur.record.author import Coded

        label = answer.term.label(language)
        text = f"{label} ({answer.matched})" if answer.matched.isupper() and len(answer.matched) > 2 else label
        if not answer.term.code or not answer.uri:
            return Coded(text)
        return Coded(text, answer.uri, answer.term.code, label)

    def faults(self, kind: str, values: "Values", language: str = "") -> "tuple[FieldFault, ...]":
        """What is wrong with what was typed so far, field by field; language: of who types, for dates."""
        from baladeur.record.author.building import checked

        try:
            checked(kind, values, today=self.today, lang=language)
        except FormRefused as refused:
            return tuple(refused.faults)
        return ()

    def values(self, draft: "Draft", start: str) -> "tuple[str, Mapping[str, Value]]":
        """The kind of a line and what its form shows of it.

        Raises LineRefused where no form can read it, NoSuchItem, AmbiguousId, ItemDamaged.
        """
        from baladeur.acts import editing
        from baladeur.record import author

        one = editing.find(draft, start)
        if one.type in ("contact", "directive"):
            return one.type, editing.declared_values(one)
        return author.read(one.content) if one.is_fhir else _no_form()

    def ends(self, draft: "Draft", start: str) -> tuple[str, ...]:
        """The states in which a line may be stopped, the usual one first; none: it is nothing that is stopped."""
        from baladeur.acts import editing
        from baladeur.record.author import states_of

        one = editing.find(draft, start)
        return states_of(one.content) if one.is_fhir else ()

    def add(self, draft: "Draft", kind: str, values: "Values") -> str:
        """Put a new entry into a draft; its id.

        Raises FormRefused (all faults), AuthoredRefused (findings), NoIdentity, KeyError for an unknown kind.
        """
        from baladeur.acts import editing

        return editing.add(draft, kind, values, today=self.today)

    def stop(self, draft: "Draft", start: str, day: str, reason: str = "", *, state: str = "") -> None:
        """Put the end of a line into a draft. state: one of `ends`.

        Raises FormRefused, LineRefused, AuthoredRefused, NoSuchItem, AmbiguousId, ItemDamaged.
        """
        from baladeur.acts import editing

        editing.stop(draft, start, day, reason, state=state, today=self.today)

    def correct(self, draft: "Draft", start: str, values: "Values") -> None:
        """Put a new version of a line into a draft; fields that are not named stay. Raises as `stop`."""
        from baladeur.acts import editing

        editing.correct(draft, start, values, today=self.today)

    def confirm(self, draft: "Draft", start: str, by: "Signatory") -> None:
        """Say in a draft that a line holds unchanged, in the name of who will sign. Raises as `stop` and `signer`."""
        from baladeur.acts import editing

        editing.confirm(draft, start, self.signer(by), today=self.today)

    def withdraw(self, draft: "Draft", start: str, reason: str) -> None:
        """Say in a draft that an entry was recorded by mistake. Raises as `stop`."""
        from baladeur.acts import editing

        editing.withdraw(draft, start, reason, today=self.today)

    @staticmethod
    def take_back(draft: "Draft", key: str) -> None:
        """Undo what a draft does to one line; key: that of its sentence (`Told.key`)."""
        draft.take_back(key)

    @staticmethod
    def trial(draft: "Draft") -> "Draft":
        """A draft that can be added to while the one that it starts from stays as it is."""
        from dataclasses import replace

        return replace(draft, told=list(draft.told), acts=list(draft.acts))

    def drafts(self) -> "list[KeptDraft]":
        """The drafts that are kept in the record, oldest first."""
        from baladeur.acts import drafts

        return drafts.kept(self._container)

    def save_draft(self, draft: "Draft", title: str = "") -> str:
        """Keep a draft in the record, encrypted, without a card; its id. Saved again it takes its own place.

        Raises WriteRefused for an empty draft, ClockNotBelieved, MediumError's kinds.
        """
        from baladeur.acts import drafts, holding

        if draft.kept_as not in {one.id for one in drafts.kept(self._container)}:
            draft.kept_as = ""  # dropped or signed since
        item = drafts.item(draft, title or self._draft_title(draft), today=self.today)
        keep = self.draft(types=holding.OWN)
        keep.put([item])
        self.seal(keep, None)
        draft.kept_as = (item.id or b"").hex()
        return draft.kept_as

    @staticmethod
    def _draft_title(draft: "Draft") -> str:
        from baladeur.text import safe_text

        typed = draft.begun.values if draft.begun else {}
        first = next((getattr(one, "text", one) for one in typed.values() if one and not isinstance(one, tuple)), "")
        return safe_text(", ".join(filter(None, [*(one.words for one in draft.told), str(first)])), 120)

    def resume_draft(self, start: str) -> "Draft":
        """A kept draft, taken up again: its sentences say what it would do now, and what it can no longer do.

        Sealing it takes it out of the record. Raises NoSuchItem, ItemDamaged.
        """
        from baladeur.acts import drafts

        made = self.draft()
        drafts.resume(made, drafts.find(self._container, start), today=self.today)
        return made

    def drop_draft(self, start: str) -> int:
        """Withdraw a kept draft; the history keeps it until it is erased. Returns the number of the commit."""
        from baladeur.acts import drafts
        from baladeur.acts.draft import Draft

        gone = Draft(self._container)
        gone.put(withdraw=[bytes.fromhex(drafts.find(self._container, start).id)])
        return self.seal(gone, None)

    def day_typed(self, text: str, language: str = "", *, past: bool = False) -> str:
        """A date as somebody types it, as FHIR writes it; empty if it is none, or could be two."""
        from baladeur.record.author.dates import Refused, day

        try:
            return day(text, self.today, past=past, lang=language)
        except Refused:
            return ""

    def day_fault(self, text: str, language: "Lang", *, past: bool = False) -> str:
        """What is wrong with a date as somebody types it, in words; empty if nothing is."""
        from baladeur.record.author import FieldFault
        from baladeur.record.author.dates import Refused, day

        try:
            day(text, self.today, past=past, lang=language)
        except Refused as refused:
            return FieldFault("", ("", ""), refused.key, refused.values).told(language)
        return ""

    @staticmethod
    def begin(draft: "Draft", kind: str, line: str = "", values: "Values | None" = None, at: str = "") -> None:
        """Say what stands in a form over a draft, so that it is kept with it; without values: nothing stands there."""
        from baladeur.acts.draft import Begun

        draft.begun = None if values is None else Begun(kind, line, dict(values), at)

    def seal(self, draft: "Draft", by: "Signatory | None") -> int:
        """As `Writing.seal`; a form that stands in the draft, begun, is kept as a draft of its own."""
        number = super().seal(draft, by)
        if by is not None and draft.begun is not None:
            rest = self.draft()
            rest.begun, draft.begun = draft.begun, None
            with suppress(BaladeurError):  # what was signed is signed
                self.save_draft(rest)
        return number


def _no_form() -> "tuple[str, Mapping[str, Value]]":
    from baladeur.errors import LineRefused

    raise LineRefused("no form")
