"""Every vector of the format, in each engine, through the script that the page ships: same verdict, same bytes."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.container import vectors
from tests.page.conftest import PAGE, ROOT
from tests.page.engines import Browser

pytestmark = pytest.mark.browser

#: Findings of the page's own, beyond the format document.
OWN = {"summary-damaged", "fork"}
READ = """
const [index, typed, words, mode, withHistory] = given;
const hex = async (bytes) => {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
const reader = globalThis.baladeurReader, file = document.getElementById("file").files[index];
const pair = (v) => (k) => JSON.stringify(k) + ":" + canonical(v[k]);
const canonical = (v) => v === null || typeof v !== "object" ? JSON.stringify(v)
  : Array.isArray(v) ? `[${v.map(canonical)}]` : `{${Object.keys(v).sort().map(pair(v))}}`;
let found;
try { found = await reader.open([file], { typed, words, mode }); } catch (error) { return { expect: error.code }; }
if (found.failed.length) return { expect: found.failed[0].error };
const [one] = found.records, { seq, head, findings: odd } = one;
const said = { expect: "opens", seq: String(seq), head, item: [], history: null, findings: odd };
said.part = await Promise.all((one.page?.parts ?? []).map((part) => hex(new TextEncoder().encode(canonical(part)))));
if (!one.whole) return said;
for (const { id, status, meta } of await reader.ask("items", { record: 0 })) {
  const content = await reader.ask("item", { record: 0, id }).then(hex, () => "damaged");
  said.item.push(`${id} ${["live", "replaced", "withdrawn"][status]} ${meta.type} ${content}`);
}
if (!withHistory) return said;
const { entries, findings } = await reader.ask("history", { record: 0 });
return { ...said, findings, history: entries.map(({ seq, role, verdict }) => `${seq} ${role} ${verdict}`) };
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of all vectors: sparse, so that 20 MiB cost what is in them."""
    made = tmp_path_factory.mktemp("vectors")
    for name in vectors.names():
        write(name, made)
    return made


def write(name: str, into: Path) -> Path:
    """The file of a vector, after that of its base."""
    path, vector = into / f"{name}.DMB", vectors.load(name)
    if path.exists():
        return path
    size = 0
    chain = [vector]
    while base := chain[-1].one("base"):
        chain.append(vectors.load(base))
    with path.open("wb") as opened:
        for one in reversed(chain):
            size = int(one.one("size") or size)
            opened.truncate(size)
            for offset, data in one.patches:
                opened.seek(offset)
                opened.write(data)
    return path


def expected(vector: vectors.Vector) -> dict[str, Any]:
    """What a vector says that a reader says."""
    said: dict[str, Any] = {"expect": vector.one("expect")}
    if said["expect"] != "opens":
        return said
    said["findings"] = [name for name in vector.one("findings").split(", ") if name]
    said["part"] = [line.split()[1] for line in vector.all("part")]
    if vector.one("mode") == "emergency":
        return said
    said |= {name: vector.one(name) for name in ("seq", "head") if vector.one(name)}
    said["item"] = vector.all("item")
    if vector.all("history"):
        said["history"] = vector.all("history")
    return said


def test_every_vector(browser: Browser, folder: Path) -> None:
    """No vector is left out, and none ends otherwise than it says."""
    names = vectors.names()
    assert len(names) >= 486
    words = [
        x.split()[1] for x in (ROOT / "schemas" / "words-fr.txt").read_text("utf-8").splitlines() if x[:1].isdigit()
    ]
    browser.open(PAGE)
    browser.pick(*(folder / f"{name}.DMB" for name in names))
    differences = {}
    for index, name in enumerate(names):
        vector = vectors.load(name)
        mode = "emergency" if vector.one("mode") == "emergency" else "dossier"
        found = browser.run(READ, index, vector.one("secret"), words, mode, bool(vector.all("history")))
        if found["expect"] == "opens":
            found["findings"] = sorted(set(found["findings"]) - OWN)
        wanted = expected(vector)
        if wanted != {key: found.get(key) for key in wanted}:
            differences[name] = {key: (wanted[key], found.get(key)) for key in wanted if wanted[key] != found.get(key)}
    assert differences == {}


def test_the_files_are_those_of_the_vectors(folder: Path) -> None:
    """A sample of the files has the hash that its vector states."""
    for name in vectors.names()[::40]:
        stated = vectors.load(name).one("sha256")
        assert not stated or hashlib.sha256((folder / f"{name}.DMB").read_bytes()).hexdigest() == stated
