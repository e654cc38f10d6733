"""Kept files as text: told by their bytes, tame, and what cannot be shown is named."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.acts.inside.attached import attached
from baladeur.acts.inside.file import LINES, WIDEST, Inside, inside
from tests.conftest import ROOT

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Lettre</title>'
    '<effectiveTime value="20261012"/><author><assignedAuthor><assignedPerson><name><family>PETIT</family> '
    "<given>Anne</given></name></assignedPerson></assignedAuthor></author><component>"
)
TAIL = "</component></ClinicalDocument>"


def cda(body: str) -> bytes:
    """A CDA document with this body."""
    return f"{HEAD}{body}{TAIL}".encode()


def narrative(text: str) -> list[str]:
    """The rows that one narrative block gives."""
    section = f"<section><title>Motif</title><text>{text}</text></section>"
    read = inside(cda(f"<structuredBody><component>{section}</component></structuredBody>"), "", "fr")
    rows = list(read.lines)
    return rows[rows.index("MOTIF") + 1 :]


def pdf(*pages: str) -> bytes:
    """A PDF of pages with one line each, written by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", font]
    for n, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{one}\nendobj\n".encode())
    table = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "remark"),
    [
        (b"vu ce jour\n", "text", ""),
        ("café".encode("cp1252"), "text", ""),
        (b"\xff\xd8\xff\xe0rest", "image", "image"),
        (b"PK\x03\x04rest", "archive", "archive"),
        (bytes(range(256)), "other", "binary"),
        (b"", "text", "no-text"),
        (b'{"resourceType": "Patient"}', "fhir", ""),
        (b"<note>x</note>", "xml", ""),
        (b"<ClinicalDocument", "cda", "unreadable"),
        (b"%PDF-1.4 broken", "pdf", "unreadable"),
    ],
)
def test_what_a_file_is(content: bytes, kind: str, remark: str) -> None:
    """By its first bytes, whatever its name says."""
    found = inside(content, "", "fr")
    assert (found.kind, found.remark, found.size) == (kind, remark, len(content))


def test_text_keeps_its_columns_and_loses_what_moves_a_cursor() -> None:
    """Tables of results are made of spaces."""
    found = inside("Na    140   mmol/L\r\nK\t4\x1b[2J\u202e\n\n".encode(), "text/plain", "fr")
    assert found.lines == ("Na    140   mmol/L", "K    4\ufffd[2J\ufffd")


def test_a_long_text_says_that_it_goes_on() -> None:
    """Many lines, and one endless line."""
    found = inside(b"x\n" * (LINES + 5), "", "fr")
    assert (len(found.lines), found.remark) == (LINES, "cut")
    found = inside(b"x" * (WIDEST + 5), "", "fr")
    assert (found.remark, len(found.lines[0]) <= WIDEST) == ("cut", True)


def test_a_cda_document_says_who_wrote_it_and_when() -> None:
    """Title, date in words, author, then its sections."""
    found = inside(cda("<structuredBody/>"), "", "fr")
    assert (found.kind, found.lines) == ("cda", ("Lettre", "12 oct. 2026", "Auteur : PETIT Anne"))


def test_a_narrative_keeps_its_lines_and_cells() -> None:
    """Paragraphs, lists, tables, line breaks."""
    assert narrative("<paragraph>un\n  deux</paragraph><paragraph>trois</paragraph>") == ["un deux", "trois"]
    assert narrative("<list><item>a</item><item>b</item></list>") == ["  - a", "  - b"]
    table = (
        "<table><thead><tr><th>An</th><th>Val</th></tr></thead><tbody><tr><td>Na</td><td>140</td></tr></tbody></table>"
    )
    assert narrative(table) == ["An | Val", "Na | 140"]
    assert narrative("un<br/>deux") == ["un", "deux"]


def test_what_was_struck_out_is_not_shown_as_if_it_held() -> None:
    """Deleted by a revision, or struck through; a picture is named."""
    assert narrative('<content revised="delete">allergie</content> aucune') == ["[barré : allergie] aucune"]
    assert narrative('<content styleCode="xStrikethrough">5 mg</content> 10 mg') == ["[barré : 5 mg] 10 mg"]
    assert narrative('<renderMultiMedia referencedObject="x"/>') == [" [image non affichée]"]


def test_a_document_inside_a_cda_is_read(tmp_path: object) -> None:
    """A PDF in base64; what is no base64 says so."""
    data = base64.b64encode(pdf("Compte rendu")).decode()
    body = f'<nonXMLBody><text mediaType="application/pdf" representation="B64">{data}</text></nonXMLBody>'
    found = inside(cda(body), "", "fr")
    assert (found.kind, found.lines[-1], found.pages) == ("cda", "Compte rendu", 1)
    broken = cda('<nonXMLBody><text mediaType="application/pdf" representation="B64">$$$</text></nonXMLBody>')
    assert inside(broken, "", "fr").remark == "unreadable"


def test_entities_are_not_expanded() -> None:
    """A document that declares any is not read."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + cda("<structuredBody/>").split(b"?>", 1)[1]
    assert inside(bomb, "", "fr").remark == "unreadable"


def test_a_pdf_is_read_page_by_page() -> None:
    """A page without text among others; a scan has none at all; an encrypted one says so."""
    found = inside(pdf("Hemoglobine 11,8 g/dL", "page deux"), "", "fr")
    assert (found.kind, found.pages, found.remark) == ("pdf", 2, "")
    assert found.lines == ("Hemoglobine 11,8 g/dL", "", "— 2 —", "", "page deux")
    assert inside(pdf(""), "", "fr").remark == "no-text"
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("secret")))
    writer.encrypt("mot de passe")
    out = io.BytesIO()
    writer.write(out)
    assert inside(out.getvalue(), "", "fr").remark == "encrypted"


def test_files_inside_resources() -> None:
    """Of a DocumentReference, a DiagnosticReport, a Binary; one that is only named keeps its address."""
    data = base64.b64encode(b"vu").decode()
    named = b'{"resourceType":"DocumentReference","content":[{"attachment":{"title":"CR","url":"Binary/1"}}]}'
    report = f'{{"resourceType":"DiagnosticReport","presentedForm":[{{"contentType":"text/plain","data":"{data}"}}]}}'
    binary = f'{{"resourceType":"Binary","contentType":"text/plain","data":"{data}"}}'
    assert [(one.title, one.content, one.url) for one in attached(named)] == [("CR", None, "Binary/1")]
    assert [(one.media, one.content) for one in attached(report.encode())] == [("text/plain", b"vu")]
    assert [one.content for one in attached(binary.encode())] == [b"vu"]
    assert attached(b"no json") == []


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: cda(text)), st.text().map(str.encode)))
def test_no_file_breaks_it(content: bytes) -> None:
    """Whatever the bytes, there are lines that can be shown, or a reason why there are none."""
    found = inside(content, "", "en")
    assert isinstance(found, Inside)
    assert found.lines or found.remark
    assert all(
        char.isprintable() or char == "\xa0" for row in found.lines for char in row if char not in "\u202f\u2009"
    )


def test_real_cda_documents() -> None:
    """The samples of the French agency: each gives its title and words."""
    folder = ROOT.parent / "shared" / "data" / "ci-sis" / "ExemplesCDA"
    if not folder.is_dir():
        pytest.skip("the sample documents are not here: ../shared/data does not exist beside this repository")
    for file in sorted(folder.glob("*.xml")):
        found = inside(file.read_bytes(), "text/xml", "fr")
        assert found.kind == "cda"
        assert len(found.lines) > 3 or found.remark, file.name
