"""A short document of headings, paragraphs, lists and lines to fill in: as text for a screen, and as a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baladeur.paper.typeset import typeset
from baladeur.paper.words import Lang, say

#: Kinds of blocks. STEPS are numbered; BLANKS are labels with a line to write on.
HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
LIST: Final = "list"
STEPS: Final = "steps"
BLANKS: Final = "blanks"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; a heading and a paragraph have one text, the others several."""

    kind: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a mark of who has reviewed it, and its blocks in order."""

    title: str
    mark: str
    blocks: tuple[Block, ...]


def pdf(made: Document, lang: Lang, today: date, pages: int = 2) -> bytes:
    """The document on at most so many A4 pages. Raises PaperRefused."""
    blocks = [{"kind": one.kind, "texts": list(one.texts)} for one in made.blocks]
    words = {"title": made.title, "mark": made.mark, "blocks": blocks, "unprintable": say("unprintable", lang)}
    return typeset("blocks.typ", words, title=made.title, lang=lang, day=today, pages=pages)


def rows(made: Document) -> Iterator[tuple[str, str]]:
    """The document row by row, unfolded: what stands before the text (spaces, a number, a dash), and the text."""
    yield "", made.title.upper()
    yield "", made.mark
    for block in made.blocks:
        yield "", ""
        yield from _rows(block)


def _rows(block: Block) -> Iterator[tuple[str, str]]:
    for at, text in enumerate(block.texts, 1):
        match block.kind:
            case "heading":
                yield "", text.upper()
            case "list":
                yield "  - ", text
            case "steps":
                yield f"{at:3}. ", text
            case "blanks":
                yield "  ", f"{text} : {'_' * 30}"
            case _:
                yield "  ", text


def of_text(text: str) -> Document:
    """A plain text as a document: its first line is the title, an empty line parts, indented lines are a list."""
    title, *lines = text.strip().splitlines()
    found: list[Block] = []
    for line in lines:
        if not line.strip():
            continue
        kind = LIST if line.startswith("  ") else PARAGRAPH
        if kind == LIST and found and found[-1].kind == LIST:
            found[-1] = Block(LIST, (*found[-1].texts, line.strip()))
        else:
            found.append(Block(kind, (line.strip(),)))
    return Document(title, "", tuple(found))


def block(kind: str, *texts: str) -> Block:
    """A block."""
    return Block(kind, texts)


def made(title: str, mark: str, blocks: Sequence[Block]) -> Document:
    """A document."""
    return Document(title, mark, tuple(blocks))
