"""What a card is by its answer to reset, which modules are tried, and that nobody pays for a card who has none."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.card import discovery, presence
from baladeur.card.presence import CardKind, Event, kind_of

CPS3 = bytes.fromhex("3BAC00402A001225006480000310009000")


@pytest.mark.parametrize(
    ("atr", "kind"),
    [
        ("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00", CardKind.CPS3),
        ("3B AC FF 11 22 00 12 25 00 64 80 77 88 99 00 90 00", CardKind.CPS3),  # the masked bytes vary
        ("3B 8F 80 01 00 31 B8 64 04 B0 EC C1 73 94 01 80 82 90 00 0E", CardKind.CPS3),  # without contact
        ("3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44", CardKind.CPS4),
        ("3B 9B 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44", CardKind.CPS4),
        ("3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00", CardKind.CPS4),
        ("3B AC 00 40 2A 00 12 25 00 64 80 82 02 12 00 90 01", CardKind.CPS),
        ("3B 75 13 00 00 43 09 EA 90 00", CardKind.VITALE),
        ("3B 75 13 00 00 49 09 EA 90 00", CardKind.VITALE),
        ("3F 65 25 00 2C 09 F9 90 00", CardKind.VITALE),
        ("3F 65 25 00 52 09 6A 90 00", CardKind.VITALE),
        ("3F 65 25 00 A3 09 6A 90 00", CardKind.VITALE),
        ("3B 8D 80 01 43 50 53 2D 54 45 53 54 2D 49 53 4F 0F", CardKind.UNKNOWN),
        ("3B 02 14 50", CardKind.UNKNOWN),
        ("", CardKind.UNKNOWN),
    ],
)
def test_cards_by_their_answer_to_reset(atr: str, kind: CardKind) -> None:
    """The public patterns, and what only looks alike."""
    assert kind_of(bytes.fromhex(atr)) is kind


@given(st.binary(max_size=33))
def test_any_answer_is_some_card(atr: bytes) -> None:
    """No exception, whatever a reader hands over."""
    assert isinstance(kind_of(atr), CardKind)


def test_other_vitale_lengths_are_unknown() -> None:
    """A pattern never matches a longer or a shorter answer."""
    vitale = bytes.fromhex("3B751300004709EA9000")
    assert kind_of(vitale + b"\0") is kind_of(vitale[:-1]) is CardKind.UNKNOWN
    assert kind_of(CPS3 + b"\0") is CardKind.CPS


def test_watching_without_a_service_polls() -> None:
    """Cards come and go as the other way sees them; one of another kind in the same reader is out and in."""
    steps = iter([{"a": CardKind.CPS}, {"a": CardKind.CPS, "b": CardKind.UNKNOWN}, {"a": CardKind.VITALE}, {}])
    events = presence.watch(lambda: False, lambda: next(steps), 0.0)
    got = [next(events) for _ in range(7)]
    assert got[0] == Event("service-lost")
    assert [(e.what, e.reader, e.card) for e in got[1:]] == [
        ("inserted", "a", CardKind.CPS),
        ("inserted", "b", CardKind.UNKNOWN),
        ("removed", "a", CardKind.CPS),
        ("removed", "b", CardKind.UNKNOWN),
        ("inserted", "a", CardKind.VITALE),
        ("removed", "a", CardKind.VITALE),
    ]


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_each_system_has_its_places(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ANS's module is tried before OpenSC."""
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "exists", lambda _: True)
    monkeypatch.setattr(Path, "resolve", lambda self, strict=False: self)
    found = discovery.modules()
    assert found[0].kind == "ans"
    assert found[-1].kind == "opensc"


def test_the_named_module_alone() -> None:
    """Whoever names one means that one; its kind is read from its name."""
    for name, kind in (("libcps3_pkcs11_lux.so", "ans"), ("x/opensc-pkcs11.so", "opensc"), ("a.dll", "other")):
        assert discovery.modules(Path(name)) == [discovery.Module(Path(name), kind)]


def test_the_card_costs_nothing_until_it_is_used() -> None:
    """Opening a record and showing its commands loads neither PKCS#11 nor PC/SC nor the data folder's library."""
    code = "import sys, baladeur.cli.main, baladeur.signing; "
    code += "sys.exit(', '.join(m for m in ('pkcs11', 'smartcard', 'platformdirs') if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
