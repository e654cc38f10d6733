"""An open record's secrets: who may open it."""

from collections.abc import Sequence

from baladeur.container import place
from baladeur.container.secret import SecretClass
from baladeur.errors import SecretRefused
from baladeur.session.holding import Holding
from baladeur.views import RECOVERY_SLOT, NewAccess

EVERYDAY_SLOTS = (0, 1)


class Access(Holding):
    """What changes the secrets of a record."""

    def change_access(self, access: NewAccess) -> None:
        """The new everyday secret takes the old one's place, or 12 words that of the 12 words that opened."""
        if access.slot == RECOVERY_SLOT:
            if self._container.slot < RECOVERY_SLOT:
                raise SecretRefused("another kind of secret")
            self._container.change_secret(self._container.slot, access.secret, self._author())
            return
        self._container.change_secret(access.slot, access.secret, self._author())
        other = EVERYDAY_SLOTS[access.slot == EVERYDAY_SLOTS[0]]
        if self._container.slot == access.slot:
            return
        if self._container.slot == other:  # the access that opened cannot be emptied, so the new one opens
            self._container.close()
            self._container = place.open_at(self.file, access.secret, True)
        self._container.change_secret(other, None, self._author())

    def set_access(self, access: NewAccess) -> None:
        """Set or replace the recovery words, a carer's words or the emergency code."""
        if access.slot == SecretClass.EMERGENCY:
            self._container.set_emergency_code(access.secret, self._author())
        else:
            self._container.change_secret(access.slot, access.secret, self._author())

    def remove_access(self, kind: str, carer: int = 1) -> None:
        """Empty the place of a carer, or remove the emergency code."""
        if kind == "emergency":
            self._container.set_emergency_code(None, self._author())
        else:
            self._container.change_secret(RECOVERY_SLOT + carer, None, self._author())

    def revoke(self, accesses: Sequence[NewAccess]) -> None:
        """New keys for everything; only these accesses open what is written afterwards."""
        self._container.revoke({access.slot: access.secret for access in accesses}, self._author())
