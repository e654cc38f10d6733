"""A repr that tells nothing: keys and patient words must not reach a log by way of a traceback."""


def quiet(self: object) -> str:
    """Use as `__repr__` of whatever may hold a key, a title or a content."""
    return f"<{type(self).__name__}>"
