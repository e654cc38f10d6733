"""To come."""


def text() -> str:
    """Make the example."""
    return ""
