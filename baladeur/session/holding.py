"""What an open record takes from its holder without a card, and what becomes of it in a professional's hands."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from baladeur.acts import clock
from baladeur.container.change import NewItem
from baladeur.errors import ItemDamaged
from baladeur.session.seeing import Seeing
from baladeur.session.signatory import Signatory

if TYPE_CHECKING:
    from baladeur.acts.draft import Draft
    from baladeur.chart.importing import Plan
    from baladeur.chart.items import Live
    from baladeur.record.identity import Warned


class Holding(Seeing):
    """Contacts, languages, trusted person, directives, identity, and the pending tray."""

    @staticmethod
    def identity_of(data: bytes, *, demonstration: bool) -> "tuple[NewItem, list[Warned]]":
        """The identity entry of JSON bytes, and what is odd about it. Raises BundleInvalid's kinds, FieldRefused."""
        from baladeur.acts import holding

        return holding.identity(data, demonstration=demonstration, today=date.today())

    @staticmethod
    def warning(one: "Warned", language: str) -> str:
        """A warning in French or English."""
        from baladeur.record.identity import SENTENCES

        return SENTENCES[one][language != "fr"]

    @staticmethod
    def fields(data: bytes) -> dict[str, Any]:
        """The fields that JSON bytes hold. Raises NotJson, DocumentTooLarge."""
        from baladeur.record import declaring

        return declaring.fields(data)

    @staticmethod
    def checked(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a contact, language or trusted-person, tidied. Raises FieldRefused."""
        from baladeur.record import declaring

        return declaring.checked(kind, fields)

    @staticmethod
    def told(one: "Live") -> dict[str, Any]:
        """The fields of one of the holder's entries; empty where they cannot be read."""
        from baladeur.container import canonical

        try:
            return canonical.load_object(one.content)
        except (ValueError, ItemDamaged):
            return {}

    @staticmethod
    def item(type_: str, title: str, content: bytes | BinaryIO, day: str, media: str) -> NewItem:
        """An entry of a file."""
        return NewItem(type_, title, content, day, media)

    @staticmethod
    def day_said(typed: str) -> datetime:
        """A date that somebody says is today's. Raises DateRefused."""
        return clock.parse(typed)

    def of_kind(self, kind: str) -> "list[Live]":
        """The live entries of one type, in the order in which they came in."""
        from baladeur.chart import items

        return [one for one in items.live(self._container) if one.type == kind]

    def correct_identity(self, data: bytes) -> "tuple[Draft, list[Warned]]":
        """A draft with another identity in the place of the present one, and what is odd about it.

        Raises as `identity_of`; sealed without a card after a professional's first commit: IdentitySigned.
        """
        from baladeur.acts.draft import Told, Verb

        item, odd = self.identity_of(data, demonstration=self.demonstration)
        draft = self.draft()
        former = next((one for one in draft.items() if one.type == item.type), None)
        of = bytes.fromhex(former.id) if former else None
        told = Told(Verb.IDENTITY, item.title, before=former.title if former else "—")
        draft.put([NewItem(item.type, item.title, item.content, item.date, item.media, of)], told=[told])
        return draft, odd

    def declare(self, kind: str, fields: Mapping[str, Any]) -> int:
        """Add a contact, language or trusted person. Raises FieldRefused."""
        from baladeur.acts import holding

        draft = self.draft(types=holding.OWN)
        draft.put([holding.add(draft.items(), holding.declared(kind, fields, today=self.today))])
        return self.seal(draft, None)

    def keep(self, item: NewItem) -> int:
        """Add a directive or a document of the tray, as the holder's own."""
        from baladeur.acts import holding

        draft = self.draft(types=holding.OWN)
        draft.put([item])
        return self.seal(draft, None)

    def remove(self, kind: str, start: str) -> int:
        """Withdraw one of the holder's own entries; it stays in the history. Raises NotHolders."""
        from baladeur.acts import holding

        draft = self.draft(types=holding.OWN)
        draft.put(withdraw=[bytes.fromhex(holding.mine(draft.items(), kind, start).id)])
        return self.seal(draft, None)

    @staticmethod
    def note(content: bytes | BinaryIO, title: str, day: str, media: str, who: str, where: str) -> NewItem:
        """A document for the pending tray."""
        from baladeur.acts import holding

        return holding.note(content, title, day, media, who=who, where=where)

    def waiting(self, start: str) -> "Live":
        """The entry of the tray whose id begins so. Raises NotInTray."""
        from baladeur.acts import tray
        from baladeur.acts.draft import Draft

        return tray.waiting(Draft(self._container), start)

    def odd(self, plan: "Plan") -> "list[Warned]":
        """What is odd about the numbers of people and places in a file that is brought in."""
        from baladeur.record import identity

        return identity.warnings_of(plan.document, demonstration=self.demonstration)

    def adopt(self, draft: "Draft", start: str, type_: str) -> "list[Warned]":
        """Put an adoption into a draft; what is odd about its numbers. Raises as `tray.adopt` and `tray.waiting`."""
        from baladeur.acts import tray

        plan = tray.adopt(draft, tray.waiting(draft, start), type_=type_, today=self.today)
        return self.odd(plan) if plan else []

    def reject(self, draft: "Draft", start: str, reason: str, by: Signatory) -> None:
        """Put a rejection into a draft, in the name of who will sign it. Raises NotInTray; as `signer`."""
        from baladeur.acts import tray

        tray.reject(draft, tray.waiting(draft, start), reason, self.signer(by), today=self.today)
