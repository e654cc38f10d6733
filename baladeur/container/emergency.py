"""Reading with the emergency code: one page, nothing else.

Source: schemas/container.md sections 11 and 12.4. An emergency reader never adopts frames and never writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from baladeur.container.layout import BLOCK, ZONES, Copy, Header, Vital, judge, open_part
from baladeur.container.medium import Medium
from baladeur.container.secret import Secret
from baladeur.container.state import Finding, read_summary
from baladeur.container.suite import SealBroken
from baladeur.container.summary import Summary
from baladeur.container.unlock import Opened, intact_headers, read_zones, unlock
from baladeur.errors import ContainerError, SummaryDamaged
from baladeur.quiet import quiet


@dataclass(repr=False, frozen=True, slots=True)
class EmergencyPage:
    """What the emergency code shows. `summary` is None if the record has no page.

    The signature over `summary.signed_content` is for the caller to judge, or to say that it did not.
    """

    __repr__ = quiet

    header: Header
    seq: int
    summary: Summary | None
    findings: tuple[Finding, ...]


def open_emergency(medium: Medium, secret: Secret) -> EmergencyPage:
    """Five reads, whatever the size of the record. Raises what section 12.1 names, and SummaryDamaged."""
    copies, blocks = read_zones(medium)
    headers = intact_headers(medium, copies)
    opened, _ = unlock(headers, secret, emergency=True)
    for used in opened:
        findings = [Finding("header-copy-damaged")] if any(judge(c) is not Copy.INTACT for c in copies) else []
        vitals = sorted(_vitals(used, blocks, findings), key=lambda v: -v.seq)
        if (page := _newest(medium, used.header, vitals, findings)) is not None:
            return page  # else the next copy: anybody can plant one whose other bytes are wrong
    raise SummaryDamaged


def _vitals(used: Opened, blocks: list[bytes], findings: list[Finding]) -> Iterator[Vital]:
    for slot, block in enumerate(blocks):
        try:
            if len(block) < BLOCK:
                raise SealBroken
            yield Vital.unpack(open_part("a", used.key, used.header.container_id, slot, block))
        except (SealBroken, ContainerError):  # whoever holds the code can seal any part A
            findings.append(Finding("part-a-damaged", str(slot)))


def _newest(medium: Medium, header: Header, vitals: list[Vital], findings: list[Finding]) -> EmergencyPage | None:
    if len(vitals) == ZONES and not any(v.summary.length for v in vitals):
        return EmergencyPage(header, vitals[0].seq, None, tuple(findings))
    for vital in vitals:
        if not vital.summary.length:
            findings.append(Finding("older-summary"))
            continue  # a page is never unmade: absence is concluded from all four or from none
        try:
            summary, mirrored = read_summary(medium, header, vital.summary, vital.key)
        except ContainerError:
            findings.append(Finding("older-summary"))
            continue
        if mirrored:
            findings.append(Finding("summary-copy-damaged"))
        return EmergencyPage(header, vital.seq, summary, tuple(findings))
    return None
