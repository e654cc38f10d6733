"""The scenarios of tests/card/scenarios.py, each with a pcscd of its own."""

import inspect
from pathlib import Path

import pytest

from tests.card import scenarios
from tests.card.virtual import sandbox

NAMES = [
    name
    for name, function in inspect.getmembers(scenarios, inspect.isfunction)
    if list(inspect.signature(function).parameters) == ["stage"]
]


@pytest.mark.parametrize("name", NAMES)
def test_scenario(name: str, tmp_path: Path) -> None:
    """What its docstring says."""
    sandbox.run(name, tmp_path)


def test_there_are_scenarios() -> None:
    """An empty list would pass."""
    assert len(NAMES) >= 12
