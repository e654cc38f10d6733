// Runs the reader over tests/vectors/*.txt (schemas/container.md, section 19).
// Usage: node check-vectors.mjs [name ...]    without names: every vector
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { argon2id } from "hash-wasm";
import { STATUS, hex, openDossier, openEmergency, parseWordList, useArgon2 } from "./coffre.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const VECTORS = join(ROOT, "tests", "vectors");
const PAGE = 65536;
useArgon2(argon2id);
const words = parseWordList(readFileSync(join(ROOT, "schemas", "words-fr.txt"), "utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A file of zero bytes with pages written over it; only the pages written take memory. */
class SparseFile {
  constructor(pages = new Map(), size = 0) { this.pages = pages; this.size = size; }

  write(offset, bytes) {
    for (let done = 0; done < bytes.length;) {
      const number = Math.floor((offset + done) / PAGE), from = (offset + done) % PAGE;
      const page = Uint8Array.from(this.pages.get(number) ?? new Uint8Array(PAGE)); // a copy: the base keeps its own
      const piece = bytes.subarray(done, done + PAGE - from);
      page.set(piece, from);
      this.pages.set(number, page);
      done += piece.length;
    }
  }

  /** The same file cut or extended with zeros. */
  resized(size) {
    const copy = new SparseFile(new Map(), size);
    for (const [number, page] of this.pages) if (number * PAGE < size) copy.pages.set(number, page);
    const last = copy.pages.get(Math.floor(size / PAGE));
    if (last) copy.pages.set(Math.floor(size / PAGE), Uint8Array.from(last).fill(0, size % PAGE));
    return copy;
  }

  async read(offset, length) {
    const out = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    for (let done = 0; done < out.length;) {
      const from = (offset + done) % PAGE, count = Math.min(PAGE - from, out.length - done);
      const page = this.pages.get(Math.floor((offset + done) / PAGE));
      if (page) out.set(page.subarray(from, from + count), done);
      done += count;
    }
    return out;
  }

  async sha256() {
    const hash = createHash("sha256");
    for (let at = 0; at < this.size; at += 4194304) hash.update(await this.read(at, 4194304));
    return hash.digest("hex");
  }
}

/** A vector: its header lines (lists, for some names come more than once) and its patches. */
function parseVector(name) {
  const text = readFileSync(join(VECTORS, `${name}.txt`), "utf8");
  const cut = text.indexOf("\n\n"), lines = new Map(), patches = [];
  for (const line of text.slice(0, cut < 0 ? undefined : cut).split("\n")) {
    const [, key, value] = /^([a-z0-9]+):(?: (.*))?$/.exec(line) ?? [];
    if (key) lines.set(key, [...(lines.get(key) ?? []), value ?? ""]);
    else if (line) throw new Error(`${name}: not a header line: ${line}`);
  }
  for (const line of cut < 0 ? [] : text.slice(cut + 2).split("\n")) {
    const [, offset, bytes] = /^at (\d+): ?((?:[0-9a-f]{2})*)$/.exec(line) ?? [];
    if (offset !== undefined) patches.push([Number(offset), new Uint8Array(Buffer.from(bytes, "hex"))]);
    else if (line) throw new Error(`${name}: not a patch: ${line.slice(0, 60)}`);
  }
  const one = (key) => lines.get(key)?.[0];
  return { name, one, all: (key) => lines.get(key) ?? [], has: (key) => lines.has(key), patches };
}

const built = new Map();

/** The file of a vector: its base, or zeros, at its size, with its patches; checked against its hash when it is the one asked for. */
function buildFile(vector) {
  if (!built.has(vector.name)) {
    const base = vector.has("base") ? buildFile(parseVector(vector.one("base"))) : new SparseFile();
    const file = base.resized(Number(vector.one("size") ?? base.size));
    for (const [offset, bytes] of vector.patches) {
      if (offset + bytes.length > file.size) throw new Error(`${vector.name}: a patch runs over the end`);
      file.write(offset, bytes);
    }
    built.set(vector.name, file);
  }
  return built.get(vector.name);
}

/** What the reader says of a dossier, in the lines of section 19. */
async function readDossier(file, vector) {
  const dossier = await openDossier(file, vector.one("secret") ?? "", words);
  const said = { expect: "opens", seq: String(dossier.seq), head: dossier.head, item: [], part: [] };
  for (const row of dossier.items.filter((one) => STATUS[one.status] !== "erased")) {
    const content = await dossier.readItem(row).then(sha256, () => "damaged");
    said.item.push(`${row.id} ${STATUS[row.status]} ${row.meta.type} ${content}`);
  }
  const summary = await dossier.readSummary().catch((error) => ({ parts: [], error: error.code }));
  said.part = (summary?.parts ?? []).map((part) => `${part.index} ${sha256(part.bytes)}`);
  if (vector.has("history")) {
    const { entries } = await dossier.replay();
    said.history = entries.map((entry) => `${entry.seq} ${entry.role} ${entry.verdict}`);
  }
  return { ...said, findings: [...dossier.findings].sort().join(", ") };
}

/** What the reader says of an emergency page, in the lines of section 19. */
async function readEmergency(file, vector) {
  const { findings, summary } = await openEmergency(file, vector.one("secret") ?? "", words);
  return { expect: "opens", part: (summary?.parts ?? []).map((part) => `${part.index} ${sha256(part.bytes)}`),
    findings: [...findings].sort().join(", ") };
}

/** The differences between what a vector expects and what the reader says. */
async function differences(vector) {
  const file = buildFile(vector), found = [];
  const differ = (name, expected, said) => { if (expected !== said) found.push(`${name} is ${said}, expected ${expected}`); };
  if (vector.has("sha256")) differ("sha256", vector.one("sha256"), await file.sha256());
  const read = vector.one("mode") === "emergency" ? readEmergency : readDossier;
  const said = await read(file, vector).catch((error) => (error.code ? { expect: error.code } : { expect: error.stack }));
  differ("verdict", vector.one("expect"), said.expect);
  if (vector.one("expect") !== "opens" || said.expect !== "opens") return found;
  differ("findings", vector.one("findings") ?? "", said.findings);
  for (const name of ["seq", "head"]) if (vector.has(name)) differ(name, vector.one(name), said[name]);
  for (const name of ["item", "part", "history"])
    if (said[name]) differ(name, vector.all(name).join("; "), said[name].join("; "));
  return found;
}

const names = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(VECTORS).filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4)).sort();
let failed = 0;
for (const name of names) {
  const found = await (async () => differences(parseVector(name)))().catch((error) => [error.message]);
  if (found.length === 0) continue;
  failed++;
  console.log(`${name}: ${found.join(" | ")}`);
}
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
