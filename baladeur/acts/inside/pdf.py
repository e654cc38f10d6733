"""The text of a PDF, page by page. A scan has none, and that is said: nothing is recognised, nothing is guessed."""

import io
import logging
from typing import Final

from baladeur.acts.inside.file import LINES, Inside, made

#: Of a document that is read; a longer one says that it goes on.
PAGES: Final = 200


def inside(content: bytes) -> Inside:
    """The text of a PDF. Raises nothing: a broken or encrypted one says so."""
    import pypdf  # a fifth of a second

    logging.getLogger("pypdf").disabled = True  # it writes what it finds in the document
    size = len(content)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return Inside("pdf", size, remark="encrypted")
        pages = len(reader.pages)
        found: list[str] = []
        for number in range(min(pages, PAGES)):
            if number:
                found += ["", f"— {number + 1} —", ""]
            found += reader.pages[number].extract_text().split("\n")
            if len(found) > LINES:
                break
    except Exception:  # a stranger's file may break a parser anywhere, and its errors quote the file
        return Inside("pdf", size, remark="unreadable")
    empty = not any(row.strip() and not row.startswith("— ") for row in found)
    if empty:
        return Inside("pdf", size, remark="no-text", pages=pages)
    return made("pdf", size, "\n".join(found), pages=pages, remark="cut" if pages > PAGES else "")
