"""An open record to be read through: sections, lines, one entry with its history, its documents, results over time."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from baladeur.errors import ContainerError, ItemDamaged
from baladeur.session.opened import Opened

if TYPE_CHECKING:
    from baladeur.acts.dossier import Dossier, Part, Row
    from baladeur.acts.draft import Draft
    from baladeur.acts.finding import Finder, Hit
    from baladeur.acts.inside.attached import Attached
    from baladeur.acts.inside.file import Inside
    from baladeur.acts.leaving import Out
    from baladeur.acts.telling import Fact, Version
    from baladeur.container.change import Change
    from baladeur.record.phrases import Lang
    from baladeur.record.series import Series
    from baladeur.views import Line, Signed


class Reading(Opened):
    """The reading views. Each reads the record once for a version of it, and words what is asked for."""

    _dossiers: "tuple[tuple[bytes, date], Dossier] | None" = None
    _drafted: "tuple[Change, Dossier] | None" = None
    _finders: "dict[Lang, Finder] | None" = None

    def dossier(self, draft: "Draft | None" = None) -> "Dossier":
        """The record as it stands, or as it would stand after a draft. Raises BundleInvalid's kinds."""
        from baladeur.acts.dossier import Dossier
        from baladeur.chart import items

        if draft is not None:
            if self._drafted is None or self._drafted[0] is not draft.change:
                made = Dossier(draft.items(), draft.former(), self._commits_by_id(), date.today())
                self._drafted = draft.change, made
            return self._drafted[1]
        known = (self._container.head, date.today())
        if self._dossiers is None or self._dossiers[0] != known:
            made = Dossier(
                items.live(self._container), items.former(self._container), self._commits_by_id(), date.today()
            )
            self._dossiers, self._finders = (known, made), None
        return self._dossiers[1]

    def _commits_by_id(self) -> "Mapping[str, Signed]":
        return {line.entry.id.hex(): line.commit for line in self.lines()}

    def parts(self, draft: "Draft | None" = None) -> "list[Part]":
        """Every section in the reading order with its state, then what stands behind them."""
        return self.dossier(draft).parts()

    def rows(self, part: str, language: "Lang", draft: "Draft | None" = None) -> "list[Row]":
        """The lines of one section, what holds today first."""
        return self.dossier(draft).rows(part, language)

    def row(self, id_: str, language: "Lang", draft: "Draft | None" = None) -> "Row | None":
        """The line of one live entry."""
        return self.dossier(draft).row(id_, language)

    def tell(self, id_: bytes, language: "Lang") -> "list[Fact]":
        """One entry in words, fact by fact; empty for what is no line of the record."""
        from baladeur.acts import telling

        return telling.tell(self.dossier(), id_.hex(), language)

    def story(self, id_: str, language: "Lang") -> "list[Version]":
        """The versions of a fact, oldest first, each with its commit and what it says otherwise. Raises ItemErased."""
        from baladeur.acts import telling
        from baladeur.chart import items

        wanted = {one.hex() for one in self.versions(self.find(id_))}
        lines = [line for line in self.lines(every=True) if line.entry.id.hex() in wanted]
        contents = {line.entry.id.hex(): items.of(line.entry, self._container) for line in lines}
        return telling.versions(lines, contents, language, today=date.today())

    def line(self, id_: str) -> "Line":
        """One entry of any status with its commit. Raises NoSuchItem, AmbiguousId."""
        entry = self.find(id_)
        return next(line for line in self.lines(every=True) if line.entry.id == entry.id)

    def inside(self, id_: str, language: "Lang") -> "Inside":
        """What a kept file says, as text; of a resource the files inside it. Raises ItemDamaged, ItemErased."""
        from baladeur.acts.inside.file import inside

        line = self.line(id_)
        content = self.read(line.entry.id)
        return inside(content, line.meta("media"), language)

    def attached(self, id_: str) -> "list[Attached]":
        """The files that a resource holds inside, or that its document holds beside it. Raises ItemDamaged."""
        from dataclasses import replace

        from baladeur.acts.inside import attached

        found = []
        for one in attached.attached(self.read(self.find(id_).id)):
            inner = self._beside(one.url) if one.content is None and one.url else None
            found.append(replace(one, content=inner) if inner is not None else one)
        return found

    def _beside(self, url: str) -> bytes | None:
        """The bytes of a Binary that came under an address."""
        from baladeur.acts.inside import attached

        for one in self.dossier().items:
            told = one.more.get("url", "")
            if one.type == "fhir-binary" and told and (told == url or told.endswith(f"/{url}")):
                try:
                    return next((inner.content for inner in attached.attached(one.content)), None)
                except ItemDamaged:
                    return None
        return None

    @staticmethod
    def file_inside(content: bytes, media: str, language: "Lang") -> "Inside":
        """A file inside a resource as text. Raises nothing."""
        from baladeur.acts.inside.file import inside

        return inside(content, media, language)

    def place_out(self, id_: str, one: "Attached | None") -> "Out":
        """Where a document would go if it left the encryption. Raises ItemDamaged."""
        from baladeur.acts import leaving

        return leaving.place(id_, *self._bytes_of(id_, one))

    def take_out(self, id_: str, one: "Attached | None", how: str) -> str:
        """A document to a file, the viewer or the printer; where it went. Raises NotTakenOut, MediumError's kinds."""
        from baladeur.acts import leaving

        return leaving.take_out(id_, *self._bytes_of(id_, one), how)

    def _bytes_of(self, id_: str, one: "Attached | None") -> tuple[bytes, str]:
        if one is not None and one.content is not None:
            return one.content, one.media
        line = self.line(id_)
        return self.read(line.entry.id), line.meta("media")

    def search_for(self, query: str, language: "Lang") -> "list[Hit]":
        """The lines that hold all words of a query, documents that are text looked into; case and accents ignored."""
        from baladeur.acts.finding import Finder

        dossier = self.dossier()
        self._finders = self._finders or {}
        if language not in self._finders:
            sizes = {entry.id.hex(): entry.size for entry in self.entries()}
            self._finders[language] = Finder(
                dossier, language, lambda id_: self._inside_or_none(id_, language), lambda id_: sizes.get(id_, 0)
            )
        return self._finders[language].find(query)

    def _inside_or_none(self, id_: str, language: "Lang") -> "Inside":
        from baladeur.acts.inside.file import Inside

        try:
            return self.inside(id_, language)
        except ContainerError:
            return Inside("other", 0, remark="unreadable")

    def series(self, language: "Lang") -> "list[Series]":
        """Every analyte in every unit over time, oldest first; units are never mixed."""
        from baladeur.record import series

        return series.series(self.dossier().record.entries, language)

    def timeline(self) -> "list[Signed]":
        """The commits, the newest first; those that did nothing but keep one draft again are one (`Signed.first`)."""
        return self.collapsed(self.verify()[0])[::-1]

    def collapsed(self, commits: "list[Signed]") -> "list[Signed]":
        """Commits, oldest first, those that kept the same draft again in the place of the last of them."""
        from baladeur.acts import saves

        return saves.collapsed(self._container, commits)
