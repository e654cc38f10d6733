"""Header copies and the secret: which copy opens, with which slot.

Source: schemas/container.md sections 5 and 12.1 steps 1 and 2.
"""

from typing import NamedTuple

from baladeur.container.layout import BLOCK, MAGIC, SUPERBLOCK_AT, ZONE, ZONES, Copy, Header, judge
from baladeur.container.medium import Medium
from baladeur.container.secret import Secret, SecretClass
from baladeur.container.suite import SealBroken
from baladeur.errors import (
    CostRefused,
    HeaderDamaged,
    HeaderTampered,
    NewerVersion,
    NotAContainer,
    Truncated,
    WrongSecret,
)
from baladeur.quiet import quiet

DOSSIER_SLOTS = {SecretClass.WORDS8: (0,), SecretClass.PHRASE: (1,), SecretClass.CODE12: (3, 4, 5, 6, 7)}
EMERGENCY_SLOTS = {SecretClass.EMERGENCY: (2,)}


class Opened(NamedTuple):
    """A header copy that the secret opens: the slot, and K_root or K_vital."""

    header: Header
    slot: int
    key: bytes

    def __repr__(self) -> str:
        return quiet(self)


def read_zones(medium: Medium) -> tuple[list[bytes], list[bytes]]:
    """The four header copies and the four superblocks; in each zone they lie near enough for one read."""
    zones = [medium.read(z * ZONE, SUPERBLOCK_AT + BLOCK) for z in range(ZONES)]
    return [zone[:BLOCK] for zone in zones], [zone[SUPERBLOCK_AT:] for zone in zones]


def intact_headers(medium: Medium, copies: list[bytes]) -> list[Header]:
    """The distinct intact ones of the four copies, highest generation first.

    Raises NotAContainer, Truncated, NewerVersion, CostRefused, HeaderDamaged.
    """
    verdicts = [judge(copy) for copy in copies]
    intact = {copy for copy, verdict in zip(copies, verdicts, strict=True) if verdict is Copy.INTACT}
    if intact:
        return sorted(map(Header, intact), key=lambda h: h.generation, reverse=True)
    if all(v is Copy.ABSENT for v in verdicts):
        if 0 < medium.size() < BLOCK and MAGIC.startswith(copies[0][:16]):
            raise Truncated
        raise NotAContainer
    raise NewerVersion if Copy.NEWER in verdicts else CostRefused if Copy.COST in verdicts else HeaderDamaged


def unlock(headers: list[Header], secret: Secret, emergency: bool = False) -> tuple[list[Opened], list[Header]]:
    """The copies that the secret opens, best first, and those whose MAC shows that they were altered.

    Each copy costs one key derivation. Raises WrongSecret or HeaderTampered.
    """
    slots = (EMERGENCY_SLOTS if emergency else DOSSIER_SLOTS).get(secret.cls, ())
    opened: list[Opened] = []
    altered: list[Header] = []
    for header in headers:
        for slot in slots:
            try:
                key = header.open_slot(slot, secret.material)
            except SealBroken:
                continue
            if emergency or header.verify(key):
                opened.append(Opened(header, slot, key))
            else:
                altered.append(header)
            break
    if not opened:
        raise HeaderTampered if altered else WrongSecret
    return opened, altered
