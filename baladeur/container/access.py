"""Who may open: change one secret, revoke all, set the emergency code.

Source: schemas/container.md section 14. `change` locks out nobody who kept a copy; `revoke` makes new keys.
"""

from collections.abc import Mapping

from baladeur.container import suite
from baladeur.container.change import Author, Change, Rekey
from baladeur.container.layout import Header, make_header, make_slot
from baladeur.container.secret import Secret, SecretClass
from baladeur.container.state import State
from baladeur.container.writer import commit
from baladeur.errors import SecretRefused, WriteRefused

SLOTS = 8
VITAL_SLOT = 2
CLASS_OF_SLOT = (SecretClass.WORDS8, SecretClass.PHRASE, SecretClass.EMERGENCY) + (SecretClass.CODE12,) * 5


def slots_for(container_id: bytes, secrets: Mapping[int, Secret], root: bytes, vital: bytes) -> list[bytes]:
    """Eight slots; those without a secret are random bytes. Raises SecretRefused, WriteRefused."""
    if not set(secrets) <= set(range(SLOTS)):
        raise WriteRefused("there is no such access")
    if not any(slot != VITAL_SLOT for slot in secrets):
        raise WriteRefused("at least one access to the whole record must stay")
    return [
        _slot(container_id, i, secrets[i], root, vital) if i in secrets else suite.random(256) for i in range(SLOTS)
    ]


def _slot(container_id: bytes, slot: int, secret: Secret, root: bytes, vital: bytes) -> bytes:
    if CLASS_OF_SLOT[slot] is not secret.cls:
        raise SecretRefused("this kind of secret has another slot")
    return make_slot(container_id, slot, secret.material, vital if slot == VITAL_SLOT else root)


def change(st: State, slot: int, secret: Secret | None, author: Author, *, agreed: bool = False) -> None:
    """Put a secret in a slot, or empty it; the keys stay. Not for slot 2: see `emergency`."""
    if slot == VITAL_SLOT or slot not in range(SLOTS) or (secret is None and slot == st.slot):
        raise WriteRefused("this access cannot be changed so")
    commit(st, Change(), author, Rekey("change", _with_slot(st, slot, secret, st.root)), agreed=agreed)


def emergency(st: State, secret: Secret | None, author: Author, *, agreed: bool = False) -> None:
    """Set, change or remove the emergency code: a new K_vital, and older pages overwritten."""
    vital = suite.random(32)
    commit(
        st, Change(), author, Rekey("emergency", _with_slot(st, VITAL_SLOT, secret, vital), vital=vital), agreed=agreed
    )


def revoke(st: State, secrets: Mapping[int, Secret], author: Author, *, agreed: bool = False) -> None:
    """The key was compromised: new keys, every slot re-made; an old header with an old secret opens nothing."""
    root, vital, log_key = (suite.random(32) for _ in range(3))
    cid = st.header.container_id
    slots = slots_for(cid, secrets, root, vital)
    header = make_header(cid, st.header.demo, st.header.generation + 1, slots, root)
    commit(st, Change(), author, Rekey("revoke", header, root, vital, log_key), agreed=agreed)
    st.slot = min(i for i in secrets if i != VITAL_SLOT)


def _with_slot(st: State, slot: int, secret: Secret | None, payload: bytes) -> Header:
    cid = st.header.container_id
    slots = [st.header.slot(i) for i in range(SLOTS)]
    slots[slot] = _slot(cid, slot, secret, payload, payload) if secret else suite.random(256)
    return make_header(cid, st.header.demo, st.header.generation + 1, slots, st.root)
