"""One entry: all that it says, who says it, who signed it with what verdict, its versions, its documents."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from baladeur.quiet import quiet
from baladeur.tui.footer import Footer
from baladeur.tui.plain import Plain, content
from baladeur.tui.room import Room
from baladeur.wording import dossier
from baladeur.wording.phrases import Language

if TYPE_CHECKING:
    from baladeur.session import Attached, Fact, Row, Session, Version


@dataclass(frozen=True, slots=True, repr=False)
class _Sheet:
    row: "Row | None"
    facts: "list[Fact]"
    versions: "list[Version]"
    files: "list[Attached]"
    alone: bool  #: it is a document itself

    __repr__ = quiet


class Entry(Room[None]):
    """The sheet of one live entry. link: the key of a line that a document lists but lacks."""

    CSS_PATH = "entry.tcss"
    HELP = "help-entry"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "key-back", key_display="Esc"),
        Binding("o", "read", "key-read"),
    ]

    def __init__(self, id_: str, link: str = "") -> None:
        super().__init__()
        self._entry_id, self._link = id_, link
        self._sheet: _Sheet | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Plain(id="sheet")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def speak(self) -> None:
        """Read in a thread, then told."""
        session, language = self.visit.session, self.baladeur.language
        if session is None:
            return

        def read() -> _Sheet:
            row = session.row(self._entry_id, language)
            known = row is not None and row.state != "damaged"
            alone = known and row is not None and row.state in ("document", "tray", "declared")
            facts = session.tell(bytes.fromhex(self._entry_id), language) if known else []
            files = session.attached(self._entry_id) if known and not alone else []
            kept = [one for one in files if one.content is not None]
            return _Sheet(row, facts, _story(session, self._entry_id, language), kept, alone)

        self.behind(read, self._say_sheet)

    def _say_sheet(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        rows = [*self._head(sheet), *self._facts(sheet), *self._behind(sheet), *self._versions(sheet)]
        self.query_one("#sheet", Plain).show(Content("\n").join(rows))
        self.refresh_bindings()

    def _head(self, sheet: _Sheet) -> list[Content]:
        row, language = sheet.row, self.baladeur.language
        if row is None:
            return [content(self.say("no-line"))]
        state = dossier.state(row, language)
        rows = [content(dossier.name(row, language), "bold")]
        rows.append(content(f"{dossier.part(row.part, language)} · {state}", "" if row.valid else "bold $error"))
        if row.detail:
            rows.append(content(row.detail))
        if day := dossier.when(row.when, language):
            rows.append(content(day))
        number = len(sheet.files) or int(sheet.alone)
        return [*rows, *([content(self.say("entry-files", n=number), "$accent")] if number else []), Content()]

    def _facts(self, sheet: _Sheet) -> list[Content]:
        rows = [content(dossier.fact(one, self.baladeur.language)) for one in sheet.facts]
        return [*rows, Content()] if rows else []

    def _behind(self, sheet: _Sheet) -> list[Content]:
        row, language = sheet.row, self.baladeur.language
        if row is None:
            return []
        told = self.say("entry-speaker", who=row.speaker) if row.speaker else self.say("entry-speaker-none")
        said = [told]
        if row.source:
            said.append(self.say("entry-source", file=row.source, day=row.source_day))
        if row.commit is not None:
            who, day = dossier.who(row.commit, language), dossier.moment(row.commit, language)
            said.append(self.say("entry-signed", number=row.commit.number, day=day, who=who))
        verdict = content(
            dossier.verdict(row.commit, language, demonstration=self.demonstration), "" if row.valid else "bold $error"
        )
        if row.hidden:
            said.append(self.say("entry-hidden"))
        return [content(self.say("entry-behind"), "bold"), *map(content, said), verdict, Content()]

    def _versions(self, sheet: _Sheet) -> list[Content]:
        language = self.baladeur.language
        rows = [content(self.say("entry-versions", n=len(sheet.versions)), "bold")] if sheet.versions else []
        for at, one in reversed(list(enumerate(sheet.versions))):
            commit = one.line.commit
            day, who = dossier.moment(commit, language), dossier.who(commit, language)
            status = "" if one.line.entry.status == "live" else f" ({self.say(f'status-{one.line.entry.status}')})"
            rows.append(content(f"{day}  {who}  {one.words}{status}"))
            if not at:
                rows.append(content(f"  {self.say('entry-first')}", "$secondary"))
            for facts, name in ((one.changed, "entry-changed"), (one.dropped, "entry-dropped")):
                rows += [content("  " + self.say(name, what=dossier.fact(fact, language))) for fact in facts]
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "read" or bool(self._sheet and (self._sheet.files or self._sheet.alone))

    def action_read(self) -> None:
        """Its documents, the first of them on top."""
        from baladeur.tui.document import Document

        sheet = self._sheet
        if sheet is None or sheet.row is None:
            return
        if sheet.alone:
            self.app.push_screen(Document(self._entry_id, sheet.row.words))
        for one in reversed(sheet.files):
            self.app.push_screen(Document(self._entry_id, one.title or sheet.row.words, one))

    def action_back(self) -> None:
        self.dismiss(None)


def _story(session: "Session", id_: str, language: Language) -> "list[Version]":
    return session.story(id_, language)
