"""An open record under the editor: its forms, the verbs on a line, and drafts that are kept in the record."""

from datetime import date
from typing import TYPE_CHECKING

from baladeur.errors import FormRefused
from baladeur.session.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from baladeur.acts.draft import Draft
    from baladeur.acts.drafts import Kept as KeptDraft
    from baladeur.record.author import Coded, FieldFault, Form, Values
    from baladeur.record.author.fields import Value
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

    def faults(self, kind: str, values: "Values") -> "tuple[FieldFault, ...]":
        """What is wrong with what was typed so far, field by field."""
        from baladeur.record.author.building import checked

        try:
            checked(kind, values, today=self.today)
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
        from baladeur.acts import drafts
        from baladeur.acts.draft import Draft

        words = title or self._draft_title(draft)
        item = drafts.item(draft, f"brouillon : {words}", today=self.today)  # whoever lists it sees what it is
        keep = Draft(self._container)
        keep.put([item])
        self.seal(keep, None)
        draft.kept_as = (item.id or b"").hex()
        return draft.kept_as

    @staticmethod
    def _draft_title(draft: "Draft") -> str:
        from baladeur.text import safe_text

        return safe_text(", ".join(one.words for one in draft.told if one.words), 120)

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

    @staticmethod
    def day_typed(text: str, today: date) -> str:
        """A date as it may be typed, as FHIR writes it; empty if it is none."""
        from baladeur.record.author.typed import Refused, day

        try:
            return day(text, today)
        except Refused:
            return ""


def _no_form() -> "tuple[str, Mapping[str, Value]]":
    from baladeur.errors import LineRefused

    raise LineRefused("no form")
