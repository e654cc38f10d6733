"""Bytes to JSON: what is refused, and that each resource is cut out exactly as it stands."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baladeur.errors import BundleInvalid, DocumentTooLarge, NotAPatientDocument, NotJson, WrongFhirVersion
from baladeur.record import scan
from baladeur.record.fhir import read
from tests.record.documents import allergy, bundle, problem, treatment

DAY = date(2026, 11, 23)
NESTED = b'{"resourceType":"Bundle","type":"document","entry":' + b"[" * 100_000 + b"]" * 100_000 + b"}"

REFUSED = [
    (b"", NotJson),
    (b"   ", NotJson),
    (b"{", NotJson),
    (b'{"resourceType":"Bundle"', NotJson),
    (b'{"resourceType":"Bundle"} x', NotJson),
    (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', NotJson),
    (b"\xef\xbb\xbf  <Bundle/>", NotJson),
    ('{"resourceType":"Bundle"}'.encode("utf-16"), NotJson),
    ('{"resourceType":"Patient","birthPlace":"Orléans"}'.encode("latin-1"), NotJson),
    (b'{"resourceType":"Bundle","type":"document","type":"collection"}', NotJson),
    (b'{"resourceType":"Bundle","entr\\u0079":[],"entry":[]}', NotJson),
    (b'{"resourceType":"Patient","x":NaN}', NotJson),
    (b'{"resourceType":"Patient","x":-Infinity}', NotJson),
    (b'{"resourceType":"Patient","x":' + b"9" * 10_000 + b"}", NotJson),
    (b'{"resourceType":"Patient","x":1e99999999999999999999999}', NotJson),
    (NESTED, DocumentTooLarge),
    (b'{"a":' * 50_000, DocumentTooLarge),
    (b"[]", NotAPatientDocument),
    (b"null", NotAPatientDocument),
    (b'"Bundle"', NotAPatientDocument),
    (b"{}", NotAPatientDocument),
    (b'{"resourceType":["Bundle"]}', NotAPatientDocument),
    (b'{"resourceType":"StructureDefinition"}', NotAPatientDocument),
    (b'{"resourceType":"Bundle","type":"history"}', NotAPatientDocument),
    (b'{"resourceType":"Bundle","type":"transaction-response"}', NotAPatientDocument),
    (b'{"resourceType":"Bundle","entry":{}}', NotAPatientDocument),
    (b'{"resourceType":"Bundle","entry":[[{"resource":{}}]]}', NotAPatientDocument),
    (bundle(allergy(clinicalStatus="active")), WrongFhirVersion),
    (bundle({"resourceType": "MedicationOrder"}), WrongFhirVersion),
    (bundle(treatment(medication={"concept": {"text": "x"}})), WrongFhirVersion),
    (bundle({"resourceType": "DeviceUsage"}), WrongFhirVersion),
]


@pytest.mark.parametrize(("data", "error"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_document_is_refused_with_a_sentence(data: bytes, error: type[BundleInvalid]) -> None:
    """A class with an exit code and three parts, never a traceback from within."""
    with pytest.raises(BundleInvalid) as caught:
        read(data, as_of=DAY)
    assert type(caught.value) is error
    assert 50 <= error.exit_code < 60
    assert error.sentence.count(";") >= 2
    assert error.sentence.endswith(".")


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is judged before anything is parsed."""
    monkeypatch.setattr(scan, "MAX_BYTES", 10)
    with pytest.raises(DocumentTooLarge):
        read(bundle(), as_of=DAY)


def test_the_deepest_that_is_read() -> None:
    """MAX_DEPTH is read, one more is refused."""
    deep = scan.MAX_DEPTH - 1
    assert scan.parse(b'{"x":' + b"[" * deep + b"]" * deep + b"}")
    with pytest.raises(DocumentTooLarge):
        scan.parse(b'{"x":' + b"[" * (deep + 1) + b"]" * (deep + 1) + b"}")


@pytest.mark.parametrize(
    "text",
    ["0.30", "1.00", "1E+8", "2.309742691397054e-05", "123456789012345678.123456789", "-0.0", "1e5"],
)
def test_numbers_keep_their_digits(text: str) -> None:
    """1.00 and 1.0 say different things about a measurement."""
    number = scan.parse(f'{{"x":{text}}}'.encode())["x"]
    assert str(number) == text
    assert f"{number}" == text or number == scan.Number(text)


EXACT = (
    b'{ "resourceType":"Observation", "id":"o",\r\n\t"status":"final","code":{"text":"\\u00e9\\/"},'
    b'"subject":{"reference":"Patient/p"},"issued":"2017-12-11T14:30:00.8116604+00:00",'
    b'"valueQuantity":{"value":0.30,"extension":[{"url":"urn:x","valueDecimal":1E+8}]},'
    b'"contained":[{"resourceType":"Binary","data":"aGVs\\nbG8="}] }'
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_slices_are_the_very_bytes(mark: bytes) -> None:
    """Decimals, instants, base64, unknown extensions, escapes, order and white space stay."""
    data = mark + b'\n{"entr\\u0079" : [ {"fullUrl":"urn:uuid:1","resource" :' + EXACT + b' , "x":{"resource":{}}},'
    data += b'{"resource":{"resourceType":"Patient","id":"p"}},{"fullUrl":"urn:uuid:2"}],'
    data += b'"x":[{"resource":{"no":1}}],"type":"collection","resourceType":"Bundle"}\n'
    made = read(data, as_of=DAY)
    assert made.slices == {"urn:uuid:1": EXACT, "Patient/p": b'{"resourceType":"Patient","id":"p"}'}
    assert made.entries[0].value is not None
    assert made.entries[0].value.quantity is not None
    assert made.entries[0].value.quantity.number == "0.30"
    assert made.entries[0].words == "é/"


def test_a_single_resource_is_its_own_slice() -> None:
    """Without the mark and the white space around it."""
    made = read(b"\xef\xbb\xbf \n" + EXACT + b"\n\n", as_of=DAY)
    assert made.slices == {"Observation/o": EXACT}


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("resource"), inner, max_size=4),
    max_leaves=12,
)
RESOURCES = st.dictionaries(
    st.text() | st.sampled_from(["id", "status", "entry", "resource", "resourceType"]), ANY_JSON, max_size=5
)


@given(st.data())
def test_ranges_cut_exactly_what_was_put_in(data: st.DataObject) -> None:
    """Whatever stands around and inside: the cut is byte for byte what was written there."""
    rows: list[dict[str, Any]] = data.draw(
        st.lists(
            st.fixed_dictionaries({}, optional={"resource": RESOURCES, "request": ANY_JSON, "x": ANY_JSON}), max_size=5
        )
    )
    style = data.draw(st.sampled_from([(None, (",", ":")), (2, (" , ", " : ")), (None, (",\r\n\t", ": "))]))
    ascii_only = data.draw(st.booleans())

    def write(value: object) -> str:
        return json.dumps(value, indent=style[0], separators=style[1], ensure_ascii=ascii_only)

    others = data.draw(st.dictionaries(st.text().filter(lambda name: name != "entry"), ANY_JSON, max_size=3))
    text = write({**others, "entry": rows} if data.draw(st.booleans()) else {"entry": rows, **others})
    try:
        source = text.encode()
    except UnicodeEncodeError:
        return
    for number, (start, end) in scan.resource_ranges(source).items():
        assert json.loads(source[start:end]) == rows[number]["resource"]
        assert source[start : start + 1] + source[end - 1 : end] == b"{}"
    assert set(scan.resource_ranges(source)) == {i for i, row in enumerate(rows) if "resource" in row}


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_noise_is_refused_and_nothing_else(noise: bytes) -> None:
    """Any bytes: a document or one of the refusals."""
    try:
        read(noise, as_of=DAY)
    except BundleInvalid:
        return


@given(st.data())
def test_a_damaged_document_is_refused_or_read(data: st.DataObject) -> None:
    """One byte changed, or cut short: never anything but a document or a refusal."""
    whole = bytearray(bundle(allergy(), problem(), treatment()))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(place, len(whole))) :]
    try:
        read(bytes(whole), as_of=DAY)
    except BundleInvalid:
        return
