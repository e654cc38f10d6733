"""What may be told of an error that nobody expected."""

import traceback
from pathlib import Path


def identifier(error: BaseException) -> str:
    """Kind and place: enough to find it in the source, and nothing of what it was about."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "baladeur" in Path(f.filename).parts] or frames[-1:]
    place = f"{Path(own[-1].filename).stem}-{own[-1].lineno}" if own else "?"
    return f"{type(error).__name__}-{place}"
