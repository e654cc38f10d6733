"""To come."""

from suite import Suite


def cases(suite: Suite) -> None:
    """Add this module's vectors."""
