// Bytes, canonical JSON, seals and limits of the coffre format (schemas/container.md).
// No API of Node; section numbers are those of the document.
import { gcmOpener, hmacBytes, sha256Bytes } from "./crypto.mjs";
import { isObject } from "./values.mjs";

export { isObject };

export const KiB = 1024, MiB = KiB * KiB;
export const BLOCK = 16 * KiB, ZONE = 4 * MiB, LOG_START = 16 * MiB, FILE_MAX = 3900 * MiB;
const CHUNK = 16384, TAG = 16;
const ROOMS = { // mirror rooms inside a zone: first byte, end, zones (section 2, section 8)
  summary: { from: 128 * KiB, to: MiB, zones: 4 },
  catalogue: { from: MiB, to: 4 * MiB, zones: 3 },
};
export const LIMITS = { // section 16
  rows: 100000, content: 1024 * MiB, meta: 4096, inflated: 48 * MiB, sealedCatalogue: 49 * MiB, record: 4 * MiB, ops: 20000,
  historyBlob: 8 * MiB, cms: 64 * KiB, summaryBlob: 896 * KiB, parts: 4096, part: 64 * KiB, depth: 32,
};

/** A named error of section 1: it ends the operation. */
export class CoffreError extends Error {
  constructor(code, detail = "") { super(detail ? `${code}: ${detail}` : code); this.code = code; }
}
export const fail = (code, detail) => { throw new CoffreError(code, detail); };

// ---------------------------------------------------------------- bytes (section 1)

export const utf8 = (text) => new TextEncoder().encode(text);
export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
export const number = (size) => (value) => {
  const out = new Uint8Array(size);
  let rest = BigInt(value);
  for (let i = 0; i < size; i++, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
};
export const u32 = number(4), u64 = number(8);
export const isZero = (bytes) => bytes.every((b) => b === 0);

function concat(...pieces) {
  const out = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const piece of pieces) { out.set(piece, at); at += piece.length; }
  return out;
}

/** Comparison in constant time. */
export function equal(a, b) {
  let different = a.length ^ b.length;
  for (let i = 0; i < Math.min(a.length, b.length); i++) different |= a[i] ^ b[i];
  return different === 0;
}

/** Takes fields from bytes; every overrun is Malformed. */
export class Cursor {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  take(length) {
    if (length > this.bytes.length - this.at) fail("Malformed", "a field runs over the end");
    return this.bytes.subarray(this.at, this.at += length);
  }
  unsigned(length) { return this.take(length).reduceRight((value, byte) => value * 256 + byte, 0); }
  u8() { return this.unsigned(1); }
  u16() { return this.unsigned(2); }
  u32() { return this.unsigned(4); }
  u64() { return this.unsigned(8); }
  seq() { const value = this.u64(); return Number.isSafeInteger(value) ? value : fail("Malformed", "seq too high"); }
  counted(limit) { const length = this.u32(); return length > limit ? fail("CapExceeded", "a field is too long") : this.take(length); }
  zero(length) { if (!isZero(this.take(length))) fail("Malformed", "bytes that must be zero are not"); }
  end() { if (this.at !== this.bytes.length) fail("Malformed", "bytes after the end"); }
}

/** Runs a step whose failure only means "not readable": a result, or null. */
export async function attempt(step, fatal = []) {
  try { return await step(); } catch (error) {
    if (!(error instanceof CoffreError) || fatal.includes(error.code)) throw error;
    return null;
  }
}

/** Bytes of the file, or null where the file ends or the medium fails: that is damage, not malice (section 16). */
export async function readRange(file, offset, length) {
  if (offset + length > file.size) return null;
  try {
    const bytes = await file.read(offset, length);
    return bytes.length === length ? bytes : null;
  } catch { return null; }
}

/** size(end) of section 2. */
export function expectedSize(end) {
  const length = Math.max(end + MiB, 20 * MiB);
  const exponent = Math.floor(Math.log2(length));
  const unit = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.min(Math.ceil(length / unit) * unit, FILE_MAX);
}

// ---------------------------------------------------------------- canonical JSON (section 1)

const jsonString = (text) => (/\p{Surrogate}/u.test(text) ? fail("Malformed", "lone surrogate") : JSON.stringify(text));

/** Serialises as RFC 8785 does in the subset; Malformed outside it. */
function jsonText(value, depth = 1) {
  if (depth > LIMITS.depth) fail("Malformed", "JSON too deep");
  if (typeof value === "string") return jsonString(value);
  if (typeof value === "boolean") return String(value);
  if (Number.isSafeInteger(value) && value >= 0) return String(value);
  if (Array.isArray(value)) return `[${value.map((v) => jsonText(v, depth + 1)).join(",")}]`;
  if (typeof value !== "object" || value === null) fail("Malformed", "JSON value outside the subset");
  const names = Object.keys(value).sort();
  if (names.some((name) => /[^\x00-\x7f]/.test(name))) fail("Malformed", "JSON name not ASCII");
  return `{${names.map((name) => `${jsonString(name)}:${jsonText(value[name], depth + 1)}`).join(",")}}`;
}

/** Parses canonical JSON; Malformed if serialising gives other bytes. */
export function parseJson(bytes) {
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch { fail("Malformed", "not JSON"); }
  return equal(utf8(jsonText(value)), bytes) ? value : fail("Malformed", "JSON not canonical");
}

export const isHex = (value, bytes) => typeof value === "string" && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);

// ---------------------------------------------------------------- cryptography (section 3)

export const sha256 = async (...pieces) => sha256Bytes(pieces.length === 1 ? pieces[0] : concat(...pieces));

/** HMAC with the named hash over the pieces. */
export const hmac = async (hash, key, ...pieces) => hmacBytes(hash, key, concat(...pieces));

/** HKDF-Expand with SHA-512 (RFC 5869); WebCrypto offers it only together with Extract. */
async function hkdfExpand(prk, info, length) {
  let block = new Uint8Array(0), out = new Uint8Array(0);
  for (let i = 1; out.length < length; i++) {
    block = await hmac("SHA-512", prk, block, info, Uint8Array.of(i));
    out = concat(out, block);
  }
  return out.subarray(0, length);
}

const suiteAndContainer = (label, container) => concat(utf8(`coffre1 ${label}\0`), u32(1), container);
export const derive = (container, key, label) => hkdfExpand(key, suiteAndContainer(label, container), 32);
export const contextOf = (container, label, objectId, seq) => concat(suiteAndContainer(label, container), objectId, u64(seq));
export const objectId = (...bytes) => concat(Uint8Array.from(bytes), new Uint8Array(16 - bytes.length));
export const sealedLength = (length) => 56 + length + TAG * (Math.floor(length / CHUNK) + 1);
const SEAL_INFO = utf8("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

/** What decrypts the chunks of a seal: (index, chunk) -> bytes or null; null itself if the commitment differs. */
async function chunkOpener(key, context, start) {
  const okm = await hkdfExpand(key, concat(SEAL_INFO, start.subarray(0, 24), context), 76);
  if (!equal(okm.subarray(44), start.subarray(24, 56))) return null;
  const openGcm = await gcmOpener(okm.subarray(0, 32));
  return async (index, chunk) => {
    const iv = okm.slice(32, 44), low = new DataView(iv.buffer, 8);
    low.setUint32(0, low.getUint32(0) ^ index); // an index has at most 32 bits here
    return openGcm(iv, chunk);
  };
}

const isSealedLength = (length) => length >= 56 && (length - 56) % (CHUNK + TAG) >= TAG; // the last chunk is always short

/** Opens a seal: the whole message, or null if there are no bytes or any of them is not authentic. */
export async function unseal(key, context, sealed) {
  const open = sealed && isSealedLength(sealed.length) && await chunkOpener(key, context, sealed);
  if (!open) return null;
  const body = sealed.subarray(56), chunks = Math.ceil(body.length / (CHUNK + TAG)), message = new Uint8Array(body.length - TAG * chunks);
  for (let i = 0; i < chunks; i++) {
    const plain = await open(i, body.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG)));
    if (!plain) return null;
    message.set(plain, i * CHUNK);
  }
  return message;
}

const blobContext = (container, { label, id = new Uint8Array(16), seq }) => contextOf(container, label, id, seq);

/** Gives memory back at once that only these bytes use; a browser may take its time, and a record has hundreds of megabytes. */
export const release = (bytes) => { if (bytes?.byteLength === bytes?.buffer.byteLength) bytes?.buffer.transfer?.(0); };

/** Reads and opens a sealed blob of the file: the message, or null. */
export async function openBlob(file, container, blob) {
  const sealed = await readRange(file, blob.offset, blob.length), message = await unseal(blob.key, blobContext(container, blob), sealed);
  file.release?.(sealed); // and no more than that: with the chunks too, Chromium would see no reason to collect the rest
  return message;
}

/** Whether a sealed blob opens; chunk by chunk, nothing is kept (12.2 step 2). */
export async function blobOpens(file, container, blob) {
  const start = isSealedLength(blob.length) && await readRange(file, blob.offset, 56);
  const open = start && await chunkOpener(blob.key, blobContext(container, blob), start);
  if (!open) return false;
  for (let at = 56, i = 0; at < blob.length; at += CHUNK + TAG, i++) {
    const chunk = await readRange(file, blob.offset + at, Math.min(CHUNK + TAG, blob.length - at));
    if (!chunk || !(await open(i, chunk))) return false;
  }
  return true;
}

/** Inflates raw deflate under the cap of section 8. */
async function inflate(bytes, cap = LIMITS.inflated) {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter(), reader = stream.readable.getReader();
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const pieces = [];
  for (let total = 0; ;) {
    const { done, value } = await reader.read().catch(() => fail("Malformed", "not a deflate stream"));
    if (done) return concat(...pieces);
    if ((total += value.length) > cap) { reader.cancel().catch(() => {}); fail("CapExceeded", "catalogue"); }
    pieces.push(value);
  }
}

/** As inflate, and nothing may follow the stream. Not every platform refuses that: a stream that is whole without its last byte had one too many. */
export async function inflateExactly(bytes) {
  const plain = await inflate(bytes);
  if (await attempt(() => inflate(bytes.subarray(0, -1)))) fail("Malformed", "bytes after the deflate stream");
  return plain;
}

// ---------------------------------------------------------------- pointers (section 16)

/** A range in the log. */
export function checkLogRange(offset, length) {
  if (offset < LOG_START || offset + length > FILE_MAX) fail("PointerOutside");
}

/** A mirror: inside one room of its kind, or in the log. */
function checkMirrorRange(kind, offset, length) {
  const { from, to, zones } = ROOMS[kind], zone = Math.floor(offset / ZONE), end = offset + length - zone * ZONE;
  if (zone < zones ? offset % ZONE < from || end > to : offset < LOG_START || offset + length > FILE_MAX) fail("PointerOutside");
}

/** A pointer to a blob that is written twice. */
export function checkCopies(kind, pointer) {
  checkLogRange(pointer.offset, pointer.length);
  checkMirrorRange(kind, pointer.mirror, pointer.length);
}
