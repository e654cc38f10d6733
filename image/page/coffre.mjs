// A reader of the coffre format, version 1, made from schemas/container.md alone. It never writes.
// The file is an object { size, read(offset, length) -> Promise<Uint8Array> }.
// Section numbers are those of the document.
import {
  attempt, blobOpens, BLOCK, checkCopies, checkLogRange, CoffreError, contextOf, Cursor, derive, equal, expectedSize,
  fail, FILE_MAX, hex, hmac, inflateExactly, isHex, isObject, isZero, KiB, LIMITS, LOG_START, number, objectId,
  openBlob, parseJson, readRange, sealedLength, sha256, unseal, utf8, ZONE,
} from "./primitives.mjs";
import {
  itemBlob, NO_HASH, parseRecord, readSummaryAt, replay, stateOfRows, STATUS,
} from "./statements.mjs";

export { STATUS, hex, CoffreError };

const READ_ONLY = ["older-commit-shown", "commit-may-be-missing", "secrets-change-interrupted", "header-superseded", "rescued"];

// ---------------------------------------------------------------- secrets (section 4)

/** The words of words-fr.txt, folded, in order. */
export function parseWordList(text) {
  const words = text.split("\n").filter((line) => /^\d/.test(line)).map((line) => line.split(" ")[1]);
  return words.length === 2048 ? words : fail("Malformed", "word list");
}

/** Folding: compatibility decomposition, no marks, lower case. */
const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();

/** The value of one decimal digit of any script: digits stand in runs of ten. */
function digitValue(digit) {
  let run = 0;
  for (let point = digit.codePointAt(0) - 1; /\p{Nd}/u.test(String.fromCodePoint(point)); point--) run++;
  return run % 10;
}

/** The index (from 0) of the word that a token stands for, or -1. */
function wordIndex(token, words) {
  if (/^\p{Nd}{4}$/u.test(token)) {
    const value = Number(Array.from(token, digitValue).join(""));
    return value >= 1 && value <= 2048 ? value - 1 : -1;
  }
  const folded = fold(token), exact = words.indexOf(folded);
  if (exact >= 0 || !/^[a-z]{4,}$/.test(folded)) return exact;
  const found = words.findIndex((word) => word.startsWith(folded));
  return words.findLastIndex((word) => word.startsWith(folded)) === found ? found : -1;
}

/** From typed text to slots and material. */
export async function readSecret(typed, words) {
  let tokens = typed.normalize("NFKC").split(/\p{White_Space}+/u).filter((token) => token);
  if (tokens.length === 0 || Array.from(typed).length > 1024) fail("SecretRefused");
  const digits = Array.from(tokens[0] ?? "");
  if (tokens.length === 1 && [24, 32, 48].includes(digits.length) && /^\p{Nd}+$/u.test(tokens[0]))
    tokens = tokens[0].match(/.{4}/gu);
  const indices = tokens.map((token) => wordIndex(token, words));
  if (!indices.includes(-1)) {
    const material = utf8(indices.map((index) => words[index]).join(" "));
    if (tokens.length === 8) return { slots: [0], material };
    if (tokens.length === 6) return { slots: [2], material };
    if (tokens.length === 12) return { slots: [3, 4, 5, 6, 7], material: await entropyOf(indices) };
  }
  return { slots: [1], material: utf8(tokens.join(" ")) };
}

/** BIP-39: twelve indices to 16 bytes, with the checksum. */
async function entropyOf(indices) {
  const bits = indices.reduce((value, index) => value << 11n | BigInt(index), 0n);
  const entropy = number(16)(bits >> 4n).reverse();
  return (await sha256(entropy))[0] >> 4 === Number(bits & 15n) ? entropy : fail("SecretMistyped");
}

let argon2id = null;

/** Says what computes Argon2id: hash-wasm's function in Node, a worker in the page. */
export function useArgon2(compute) { argon2id = compute; }

/** The slot key; Argon2id runs are remembered by salt, so that equal copies cost one. */
async function slotKey(container, slot, material, salt, remembered) {
  if (slot >= 3) return derive(container, await hmac("SHA-512", salt, material), "slot code");
  const name = `${slot} ${hex(salt)}`;
  if (!remembered.has(name)) remembered.set(name, await argon2id({ password: material, salt, parallelism: 1, iterations: 3,
    memorySize: slot === 1 ? 262144 : 65536, hashLength: 32, outputType: "binary" }));
  return remembered.get(name);
}

// ---------------------------------------------------------------- header (sections 5 and 12.1)

const MAGIC = utf8("BALADEUR-COFFRE\n");

/** Judges one header copy, in the order of section 5. */
async function judgeHeader(bytes, zone) {
  if (!bytes || !equal(bytes.subarray(0, 16), MAGIC)) return { verdict: "none" };
  const cursor = new Cursor(bytes);
  cursor.take(16);
  const version = cursor.u16(), cost = cursor.u8(), flags = cursor.u8(), suite = cursor.u32();
  if (version !== 1 || suite !== 1) return { verdict: "newer" };
  if (cost !== 1) return { verdict: "refused" };
  const container = cursor.take(16), generation = cursor.u64();
  const zeros = [[48, 64], [480, 512], [2560, 4032]].every(([from, to]) => isZero(bytes.subarray(from, to)));
  const intact = zeros && flags <= 1 && equal(await sha256(bytes.subarray(0, 4064)), bytes.subarray(4064));
  return { verdict: intact ? "intact" : "damaged", zone, bytes, container, generation, demo: flags === 1,
    notice: String.fromCharCode(...bytes.subarray(64, 480)).trimEnd(), hash: hex(await sha256(bytes.subarray(0, 4032))) };
}

/** 12.1 step 1: the distinct intact copies, highest generation first, at most four. */
async function readHeaders(file, findings) {
  const copies = [];
  for (let zone = 0; zone < 4; zone++) copies.push(await judgeHeader(await readRange(file, zone * ZONE, 4 * KiB), zone));
  const has = (verdict) => copies.some((copy) => copy.verdict === verdict);
  if (copies.every((copy) => copy.verdict === "none")) {
    const start = file.size < 4 * KiB ? await readRange(file, 0, Math.min(file.size, 16)) : null;
    fail(start?.length && equal(start, MAGIC.subarray(0, start.length)) ? "Truncated" : "NotAContainer");
  }
  if (!has("intact")) fail(has("newer") ? "NewerVersion" : has("refused") ? "CostRefused" : "HeaderDamaged");
  if (copies.some((copy) => copy.verdict !== "intact")) findings.add("header-copy-damaged");
  const intact = copies.filter((copy) => copy.verdict === "intact");
  const distinct = intact.filter((copy, i) => intact.findIndex((other) => equal(copy.bytes, other.bytes)) === i);
  return distinct.sort((a, b) => b.generation - a.generation);
}

/** Tries the secret's slots on a copy: the 32 bytes of the slot that opens, or null. */
async function openSlots(copy, secret, remembered) {
  for (const slot of secret.slots) {
    const at = 512 + 256 * slot, salt = copy.bytes.subarray(at, at + 32);
    const key = await slotKey(copy.container, slot, secret.material, salt, remembered);
    const payload = await unseal(key, contextOf(copy.container, "slot", objectId(slot, 1), 0), copy.bytes.subarray(at + 32, at + 136));
    if (payload?.length === 32) return payload;
  }
  return null;
}

/** Tries the secret on a header copy: gives it `rootKey` (null if no slot opens) and `altered`. */
async function tryHeader(copy, secret, remembered) {
  if (copy.rootKey !== undefined) return;
  copy.rootKey = await openSlots(copy, secret, remembered);
  const macKey = copy.rootKey && await derive(copy.container, copy.rootKey, "header mac");
  copy.altered = macKey !== null && !equal(await hmac("SHA-256", macKey, copy.bytes.subarray(0, 4032)), copy.bytes.subarray(4032, 4064));
}

/** 12.1 steps 2 and 3: finds the copy and the superblocks that the secret opens. */
async function unlock(file, headers, secret, findings) {
  const remembered = new Map();
  let used = null;
  for (const header of headers) {
    await tryHeader(header, secret, remembered);
    if (used || !header.rootKey || header.altered) continue;
    const superblocks = await readPartBs(file, header.container, header.rootKey);
    if (superblocks.some((block) => block.b)) used = { header, superblocks };
  }
  const opened = headers.filter((copy) => copy.rootKey), altered = opened.filter((copy) => copy.altered);
  if (used && altered.length) findings.add("header-copy-altered");
  if (used) return used;
  if (opened.length > altered.length) fail(file.size < 68 * KiB ? "Truncated" : "NoSuperblock");
  return fail(altered.length ? "HeaderTampered" : "WrongSecret");
}

/** 12.1 steps 4 and 5: compares the header copies with the newest readable part B. */
function compareHeaders(headers, used, b, ringHolds, findings) {
  const matching = [used, ...headers].find((copy) => copy.hash === b.headerHash && !copy.altered);
  if (used !== matching) findings.add(b.pending === 3 || matching ? "secrets-change-interrupted" : "header-superseded");
  for (const copy of headers.filter((other) => other !== used && other !== matching && !other.altered)) {
    if (copy.generation <= b.generation || copy.rootKey) findings.add("header-copy-superseded");
    else findings.add(ringHolds ? "header-copy-planted" : "secrets-change-interrupted");
  }
}

// ---------------------------------------------------------------- superblocks (section 6)

/** Part B: what the holder of K_root is told. */
function parsePartB(bytes) {
  const c = new Cursor(bytes);
  const b = { seq: c.seq(), firstSeq: c.seq(), barrier: c.seq(), generation: c.u64(), nextFree: c.u64(), pending: c.u8() };
  c.zero(7);
  Object.assign(b, { head: hex(c.take(32)), headerHash: hex(c.take(32)), logId: c.take(16), epochKey: c.take(32),
    logKey: c.take(32), vitalKey: c.take(32) });
  b.full = { seq: c.seq(), offset: c.u64(), mirror: c.u64(), length: c.u64() };
  b.recent = { seq: c.seq(), offset: c.u64(), length: c.u64() };
  c.zero(232);
  if (b.pending !== 0 && b.pending !== 3) fail("Malformed", "pending");
  if (b.nextFree < LOG_START || b.nextFree > FILE_MAX || b.nextFree % BLOCK) fail("Malformed", "next free");
  return b;
}

/** Part A: what the holder of K_vital is told. */
function parsePartA(bytes) {
  const c = new Cursor(bytes);
  const a = { seq: c.seq(), summary: { seq: c.seq(), offset: c.u64(), mirror: c.u64(), length: c.u64(), key: c.take(32) } };
  c.zero(8);
  if (a.summary.length > LIMITS.summaryBlob) fail("CapExceeded", "summary");
  if (a.summary.length) checkCopies("summary", a.summary);
  else if (!isZero(bytes.subarray(8))) fail("Malformed", "part A without a summary");
  return a;
}

/** The four part B, each null if it does not open. */
async function readPartBs(file, container, rootKey) {
  const key = await derive(container, rootKey, "superblock b"), blocks = [];
  for (let slot = 0; slot < 4; slot++) {
    const bytes = await readRange(file, slot * ZONE + 64 * KiB, 4 * KiB);
    const plain = await unseal(key, contextOf(container, "superblock b", objectId(slot), 0), bytes?.subarray(512, 1096));
    blocks.push({ slot, b: plain && parsePartB(plain) });
  }
  return blocks;
}

/** One part A, or null if it does not open; { malformed } if it opens and breaks the format or points outside. */
async function readPartA(file, container, vitalKey, slot) {
  const key = await derive(container, vitalKey, "superblock a");
  const bytes = await readRange(file, slot * ZONE + 64 * KiB, 4 * KiB);
  const plain = await unseal(key, contextOf(container, "superblock a", objectId(slot), 0), bytes?.subarray(0, 152));
  return plain && ((await attempt(() => parsePartA(plain))) ?? { malformed: true });
}

/** The seq that a slot must hold when the newest commit is n (the ring rule). */
const ringSeq = (slot, n, barrier) => Math.max(barrier, n - ((n - slot) % 4 + 4) % 4);

// ---------------------------------------------------------------- catalogue (section 8)

/** An inflated catalogue, checked against sections 8 and 16. */
function parseCatalogue(plain, seq, full) {
  const c = new Cursor(plain), list = (count, read) => Array.from({ length: count }, read);
  if (c.u32() !== 1 || c.u32() !== (full ? 1 : 0) || c.seq() !== seq) fail("Malformed", "catalogue kind");
  const catalogue = { seq, full, base: c.seq() };
  if (full && catalogue.base !== seq) fail("Malformed", "base of a full catalogue");
  catalogue.summary = { seq: c.seq(), offset: c.u64(), mirror: c.u64(), length: c.u64(), key: c.take(32) };
  if (catalogue.summary.length) checkCopies("summary", catalogue.summary);
  else if (!isZero(plain.subarray(24, 88))) fail("Malformed", "pointer to no summary");
  const [logs, histories, garbage, overwrite, items] = list(5, () => c.u32());
  if (items > LIMITS.rows) fail("CapExceeded", "rows");
  if (logs * 32 + histories * 32 + (garbage + overwrite) * 16 + items * 144 > plain.length) fail("Malformed", "counts");
  if (full ? logs === 0 : logs + overwrite > 0) fail("Malformed", "logs or overwrite");
  catalogue.logs = list(logs, () => c.take(32));
  catalogue.histories = list(histories, () => ({ seq: c.seq(), records: c.u32(), log: c.u32(), offset: c.u64(), length: c.u64() }));
  for (const row of catalogue.histories) checkLogRange(row.offset, row.length);
  const ascending = (rows, name) => rows.every((row, i) => i === 0 || rows[i - 1][name] < row[name]);
  if (!ascending(catalogue.histories, "seq")) fail("Malformed", "order of history rows");
  for (let i = 0; i < garbage + overwrite; i++) checkLogRange(c.u64(), c.u64());
  catalogue.items = list(items, () => parseItemRow(c));
  if (!ascending(catalogue.items, "id")) fail("Malformed", "order of item rows");
  c.end();
  return catalogue;
}

/** One item row, with its meta (section 9). */
function parseItemRow(c) {
  const row = { idBytes: c.take(16), status: c.u8(), visibility: c.u8() };
  row.id = hex(row.idBytes);
  const metaLength = c.u16();
  c.zero(4);
  Object.assign(row, { seq: c.seq(), offset: c.u64(), size: c.u64(), key: c.take(32), blind: c.take(32), contentHash: c.take(32) });
  row.metaBytes = c.take(metaLength);
  if (row.status > 3 || row.visibility > 1) fail("Malformed", "status or visibility");
  if (metaLength > LIMITS.meta || row.size > LIMITS.content) fail("CapExceeded", "item");
  if (row.status === 3) {
    if (row.offset || row.size || metaLength || !isZero(row.key) || !isZero(row.blind)) fail("Malformed", "tombstone");
    return row;
  }
  checkLogRange(row.offset, sealedLength(row.size));
  row.meta = parseJson(row.metaBytes);
  if (!isObject(row.meta) || !["type", "title", "date", "media"].every((name) => typeof row.meta[name] === "string")
    || !/^[a-z][a-z0-9-]{0,31}$/.test(row.meta.type) || ("of" in row.meta && !isHex(row.meta.of, 16))) fail("Malformed", "meta");
  return row;
}

/** The part of an open dossier that reads the log: keys of one part B over one file. */
class Log {
  constructor(file, container, { logId, logKey, epochKey }) { Object.assign(this, { file, container, logId, logKey, epochKey }); }

  /** One copy of a catalogue, parsed; null if it does not open. */
  async catalogueCopy({ seq, length }, offset, full) {
    if (length > LIMITS.sealedCatalogue) fail("CapExceeded", "catalogue");
    const packed = await openBlob(this.file, this.container,
      { key: this.epochKey, label: "catalogue", id: this.logId, seq, offset, length });
    return packed && parseCatalogue(await inflateExactly(packed), seq, full);
  }

  /** A full catalogue from its first copy, else from the mirror, else null; `fromMirror`, and `copyDamaged` if the two are not equal. */
  async fullCatalogue(pointer) {
    checkCopies("catalogue", pointer);
    const first = await this.catalogueCopy(pointer, pointer.offset, true);
    const found = first ?? await this.catalogueCopy(pointer, pointer.mirror, true);
    if (!found) return null;
    if (!equal(found.logs.at(-1), this.logKey)) fail("Malformed", "the last log key is not the present one");
    const [one, two] = [await readRange(this.file, pointer.offset, pointer.length), await readRange(this.file, pointer.mirror, pointer.length)];
    return Object.assign(found, { fromMirror: !first, copyDamaged: !one || !two || !equal(one, two) });
  }

  /** A recent catalogue over a full one, or null. */
  async recentCatalogue(pointer, full) {
    checkLogRange(pointer.offset, pointer.length);
    const found = await this.catalogueCopy(pointer, pointer.offset, false);
    return !found || found.base === full.seq ? found : fail("Malformed", "base of the recent catalogue");
  }

  /** The records of a history blob (section 10), or null. */
  async records({ seq, offset, length, records }, logKey) {
    checkLogRange(offset, length);
    if (length > sealedLength(LIMITS.historyBlob)) fail("CapExceeded", "history blob");
    const plain = await openBlob(this.file, this.container,
      { key: await derive(this.container, logKey, "history"), label: "history", seq, offset, length });
    if (!plain) return null;
    const c = new Cursor(plain), found = [];
    while (c.at < plain.length) found.push(c.counted(LIMITS.record));
    return found.length === records && records > 0 ? found : fail("Malformed", "number of records");
  }

  /** The header of the frame at an offset (section 7), or null. */
  async frame(offset) {
    this.frameKey ??= await derive(this.container, this.logKey, "frame");
    const plain = await openBlob(this.file, this.container, { key: this.frameKey, label: "frame", id: this.logId, seq: 0, offset, length: 200 });
    if (!plain) return null;
    const c = new Cursor(plain);
    const frame = { seq: c.seq(), offset: c.u64(), length: c.u64(), kind: c.u8() };
    c.zero(7);
    Object.assign(frame, { prev: hex(c.take(32)), catalogue: { seq: frame.seq, offset: c.u64(), length: c.u64(), mirror: c.u64() },
      full: c.u64(), history: { seq: frame.seq, offset: c.u64(), length: c.u64(), records: 1 } });
    c.zero(16);
    const sound = frame.offset === offset && frame.length > 0 && frame.length % BLOCK === 0
      && offset + frame.length <= this.file.size && frame.full <= 1 && frame.kind <= 2;
    return sound ? frame : null;
  }
}

/** The full catalogue with the recent one laid over it (section 8). */
function viewOf(full, recent) {
  const histories = [...full.histories, ...(recent?.histories ?? [])];
  if (histories.some((row) => row.log >= full.logs.length)) fail("Malformed", "log of a history row");
  return { logs: full.logs, histories, summary: (recent ?? full).summary, items: rowsOf(recent ? [full, recent] : [full]) };
}

/** The rows of catalogues, each laid over those before it, ascending by id. */
function rowsOf(catalogues) {
  const rows = new Map(catalogues.flatMap((catalogue) => catalogue.items.map((row) => [row.id, row])));
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** 12.4: opens the emergency page with the emergency code. */
export async function openEmergency(file, typed, words) {
  const findings = new Set(), headers = await readHeaders(file, findings);
  const secret = await readSecret(typed, words), remembered = new Map();
  if (secret.slots[0] !== 2) fail("WrongSecret", "not an emergency code");
  let opened = false;
  for (const header of headers) {
    const vitalKey = await openSlots(header, secret, remembered);
    if (!vitalKey) continue;
    opened = true;
    const slots = [];
    for (let slot = 0; slot < 4; slot++) slots.push(await readPartA(file, header.container, vitalKey, slot));
    const readable = slots.filter((a) => a && !a.malformed).sort((a, b) => b.seq - a.seq);
    if (readable.length < 4) findings.add("part-a-damaged");
    if (readable.length === 0) continue;
    if (readable.length === 4 && readable.every((a) => a.summary.length === 0)) return { header, findings, summary: null }; // there is no page
    for (const a of readable.filter((one) => one.summary.length)) {
      const summary = await attempt(() => readSummaryAt(file, header, a.summary, findings));
      if (summary && a.seq < readable[0].seq) findings.add("older-summary");
      if (summary) return { header, findings, summary };
    }
  }
  return fail(opened ? "SummaryDamaged" : "WrongSecret");
}

// ---------------------------------------------------------------- dossier (sections 12.1 to 12.3)

/** 12.2 step 1: the commit that a part B names, or null if its catalogue is not readable. */
async function commitOf(file, container, b) {
  const log = new Log(file, container, b), full = await log.fullCatalogue(b.full);
  const recent = full && b.recent.length ? await log.recentCatalogue(b.recent, full) : null;
  if (!full || (b.recent.length && !recent)) return null;
  const commit = { log, b, full, view: viewOf(full, recent), seq: b.seq, head: b.head, nextFree: b.nextFree, adopted: new Set() };
  if ((recent ?? full).seq !== b.seq) fail("Malformed", "seq of the catalogue");
  if (commit.view.histories[0]?.seq !== b.firstSeq) fail("Malformed", "first seq");
  commit.record = await lastRecord(commit);
  return commit.record?.head === b.head ? commit : null;
}

/** The record to which the last history row of a commit leads, or null. */
async function lastRecord({ log, view }) {
  const row = view.histories.at(-1), records = row && await log.records(row, view.logs[row.log]);
  return records ? parseRecord(records.at(-1)) : null;
}

/** 12.2 step 2: adopts complete frames, one after the other. */
async function rollForward(commit) {
  for (;;) {
    const next = await attempt(() => completeFrame(commit));
    if (!next) return commit;
    next.adopted = new Set([...commit.adopted, next.seq]);
    commit = next;
  }
}

/** The record of a frame, if it follows the commit. */
async function followingRecord({ log, seq, head }, frame) {
  if (frame?.seq !== seq + 1 || frame.prev !== head) return null;
  const records = await log.records(frame.history, log.logKey), record = records && await parseRecord(records[0]);
  return record?.inner?.seq === frame.seq && record.inner.prev === head ? record : null;
}

/** The commit of the frame at next free, or null if there is no complete ordinary frame. */
async function completeFrame(commit) {
  const { log } = commit, frame = await log.frame(commit.nextFree);
  const record = frame?.kind === 0 && await followingRecord(commit, frame);
  if (!record) return null;
  const full = frame.full ? await log.fullCatalogue(frame.catalogue) : commit.full;
  const recent = frame.full ? null : await log.recentCatalogue(frame.catalogue, full);
  if (!full || (frame.full ? full.fromMirror : !recent)) return null;
  const next = { ...commit, full, view: viewOf(full, recent), seq: frame.seq, head: record.head, record, nextFree: frame.offset + frame.length };
  if ((await lastRecord(next))?.head !== record.head) return null;
  for (const row of next.view.items)
    if (row.seq === frame.seq && row.status !== 3 && !(await blobOpens(log.file, log.container, itemBlob(row)))) return null;
  const { summary } = next.view;
  if (summary.length && summary.seq === frame.seq && !(await openBlob(log.file, log.container, { ...summary, label: "summary" }))) return null;
  return await stateOfRows(next.view.items) === record.inner.state ? next : null;
}

/** 12.2 step 4: what the slots hold against the ring rule; whether all four open and follow it. */
async function judgeRing(superblocks, commit, findings) {
  const { seq: n, adopted, b } = commit, missing = (n + 1) % 4;
  const follows = (block) => block.b !== null && block.b.seq >= ringSeq(block.slot, n, b.barrier);
  const excused = (block) => follows(block) || adopted.has(ringSeq(block.slot, n, b.barrier));
  if (b.pending === 0) {
    const unfinished = await barrierUnfinished(commit);
    if (unfinished) findings.add("barrier-unfinished");
    else if (!excused(superblocks[missing])) findings.add("commit-may-be-missing");
    if (superblocks.some((block) => block.slot !== missing && !excused(block))) findings.add("superblock-damaged");
  }
  return superblocks.every(follows);
}

/** Whether a barrier frame without a superblock stands at next free. */
async function barrierUnfinished({ log, nextFree, seq, head }) {
  const frame = await attempt(() => log.frame(nextFree));
  return frame?.kind === 1 && frame.seq === seq + 1 && frame.prev === head;
}

/** 12.2 step 5: part A against part B, in each slot. */
async function judgePartAs(file, header, superblocks, commit, findings) {
  const readable = superblocks.filter((block) => block.b), due = commit.view.summary;
  const highest = Math.max(commit.seq, ...readable.map(({ b }) => b.seq));
  const samePointer = (found) => ["seq", "offset", "mirror", "length"].every((name) => found[name] === due[name]) && equal(found.key, due.key);
  for (const { slot, b } of readable) {
    const a = await readPartA(file, header.container, b.vitalKey, slot);
    const torn = a && [commit.seq + 1, highest + 2].includes(a.seq) && a.seq % 4 === slot; // a barrier's first superblock, cut
    const forged = a && (a.malformed || (a.seq > highest && !torn) || (a.seq === commit.seq && !commit.rescued && !samePointer(a.summary)));
    if (forged) findings.add("part-a-forged");
    else if (!a || a.seq !== b.seq) findings.add("part-a-damaged");
  }
}

/** 12.3: what can be put together when no superblock leads to a readable catalogue. */
async function rescue(file, container, partBs, findings) {
  const logs = partBs.map((b) => new Log(file, container, b)), frames = new Map(), catalogues = new Map();
  for (const [i, log] of logs.entries()) {
    if (logs.slice(0, i).some((other) => equal(other.logKey, log.logKey) && equal(other.logId, log.logId))) continue;
    for (let at = LOG_START; at + BLOCK <= Math.min(file.size, FILE_MAX); at += BLOCK) {
      const frame = frames.has(at) ? null : await attempt(() => log.frame(at));
      if (!frame || (frame.kind !== 0 && frame.seq > partBs[0].seq)) continue;
      const records = await attempt(() => log.records(frame.history, log.logKey)), record = records && await parseRecord(records[0]);
      frames.set(at, { ...frame, log, record, head: record?.head ?? partBs.find((b) => b.seq === frame.seq)?.head });
    }
  }
  const chain = linkFrames([...frames.values()], findings);
  const pointers = chain.map((frame) => [frame.catalogue, frame.full === 1]);
  for (const b of partBs) pointers.push([b.full, true], [b.recent, false]);
  for (const [pointer, full] of pointers) for (const offset of full ? [pointer.offset, pointer.mirror] : [pointer.offset]) for (const log of logs) {
    const found = pointer.length && !catalogues.has(pointer.seq) && await attempt(() => log.catalogueCopy(pointer, offset, full));
    if (found) catalogues.set(pointer.seq, found);
  }
  if (catalogues.size === 0) fail("CatalogueDamaged");
  findings.add("rescued");
  const newest = chain.findLast((frame) => frame.record), seq = newest?.seq ?? Math.max(...catalogues.keys());
  const b = partBs.find((one) => one.seq === seq);
  return { rescued: true, log: logs[0], b: b ?? partBs[0], adopted: new Set(), record: newest?.record, seq, head: newest?.head ?? b?.head ?? NO_HASH,
    nextFree: Math.max(LOG_START, ...chain.map((frame) => frame.offset + frame.length)), view: mergeRescued(catalogues, chain, partBs),
    unreadable: chain.filter((frame) => !frame.record || !catalogues.has(frame.seq)).map((frame) => frame.seq) };
}

/** The frames that `prev` links to the newest readable one, oldest first; others are a fork. */
function linkFrames(frames, findings) {
  frames.sort((a, b) => b.seq - a.seq);
  const chain = [];
  for (let next = frames.find((frame) => frame.head); next;) {
    const { prev, seq } = next, older = frames.filter((frame) => frame.seq < seq);
    chain.unshift(next);
    next = older.find((frame) => frame.head === prev) ?? (older[0]?.seq === seq - 1 ? older.find((frame) => !frame.head && frame.seq === seq - 1) : older[0]);
  }
  const tip = chain.at(-1), above = tip && frames.find((frame) => !frame.head && frame.seq > tip.seq && frame.prev === tip.head);
  if (above) chain.push(above);
  if (frames.some((frame) => !chain.includes(frame))) findings.add("other-branch");
  return chain;
}

/** The view of a rescue: readable catalogues laid over each other, oldest first, and the histories of the frames. */
function mergeRescued(catalogues, chain, partBs) {
  const ordered = [...catalogues.values()].sort((a, b) => a.seq - b.seq), spare = partBs.map((b) => b.logKey);
  const histories = new Map(chain.map((frame) => [frame.seq, { ...frame.history, keys: [frame.log.logKey] }]));
  let logs = [];
  for (const catalogue of ordered) {
    if (catalogue.full) logs = catalogue.logs;
    for (const row of catalogue.histories) histories.set(row.seq, { ...row, keys: [...logs.slice(row.log, row.log + 1), ...spare] });
  }
  return { logs, summary: ordered.at(-1).summary, histories: [...histories.values()].sort((x, y) => x.seq - y.seq), items: rowsOf(ordered) };
}

/** 12.2 step 1 and 12.3: the walk; after an older commit it counts only if it confirms a newer one. */
async function walk(file, container, partBs, older, findings) {
  if (!older) return rescue(file, container, partBs, findings);
  const walked = new Set(), found = await attempt(() => rescue(file, container, partBs, walked));
  if (!found?.record?.inner || found.seq <= older.seq || await stateOfRows(found.view.items) !== found.record.inner.state) return older;
  walked.forEach((name) => findings.add(name));
  return found;
}

/** Section 12: opens the dossier with any secret but the emergency code. */
export async function openDossier(file, typed, words) {
  const findings = new Set(), headers = await readHeaders(file, findings);
  const secret = await readSecret(typed, words);
  if (secret.slots[0] === 2) fail("WrongSecret", "an emergency code opens the emergency page");
  const { header, superblocks } = await unlock(file, headers, secret, findings);
  const partBs = superblocks.map((block) => block.b).filter(Boolean).sort((x, y) => y.seq - x.seq || x.pending - y.pending);
  let commit = null;
  for (const [i, b] of partBs.entries())
    if (!commit && b.seq !== partBs[i - 1]?.seq) commit = await commitOf(file, header.container, b);
  commit = commit && await rollForward(commit);
  if (!commit || commit.seq < partBs[0].seq) commit = await walk(file, header.container, partBs, commit, findings);
  if (commit.adopted.size) findings.add("rolled-forward");
  if (commit.full?.copyDamaged) findings.add("catalogue-copy-damaged");
  if (commit.seq < partBs[0].seq) findings.add("older-commit-shown");
  const ringHolds = await judgeRing(superblocks, commit, commit.rescued ? new Set() : findings);
  compareHeaders(headers, header, partBs[0], ringHolds, findings);
  await judgePartAs(file, header, superblocks, commit, findings);
  if (partBs[0].pending === 3) findings.add("barrier-pending");
  if (file.size !== expectedSize(Math.max(commit.nextFree, ...partBs.map((b) => b.nextFree)))) findings.add("size-unexpected");
  await compareState(commit, findings);
  return new Dossier(file, header, commit, findings);
}

/** 12.2 step 6: the rows against the newest statement; after a rescue a difference is a finding, and there may be no statement. */
async function compareState({ record, view, rescued }, findings) {
  if (rescued && !record) return void findings.add("state-unverified");
  if (!record.inner) fail("Malformed", "the newest statement");
  if (await stateOfRows(view.items) === record.inner.state) return;
  if (!rescued) fail("StateMismatch");
  findings.add("entries-missing");
}

/** An open dossier: rows, and ways to read what they name. */
export class Dossier {
  constructor(file, header, commit, findings) {
    Object.assign(this, { file, header, commit, findings, seq: commit.seq, firstSeq: commit.b.firstSeq, head: commit.head, items: commit.view.items });
  }

  /** Sections 12.1 to 12.3: whether a writer would have to ask first. */
  get readOnly() { return READ_ONLY.some((name) => this.findings.has(name)); }

  /** The content of an item (section 9). */
  async readItem(row) {
    const content = row.status === 3 ? null : await openBlob(this.file, this.header.container, itemBlob(row));
    return content && equal(await sha256(content), row.contentHash) ? content : fail("ItemDamaged", row.id);
  }

  /** The emergency summary as the catalogue names it (section 11), or null if there is none. */
  async readSummary() {
    const { summary } = this.commit.view;
    if (summary.length === 0) return null;
    const found = await readSummaryAt(this.file, this.header, summary, this.findings) ?? fail("SummaryDamaged");
    return found.outer.summary === this.commit.record?.outer?.summary ? found : fail("SummaryDamaged", "not that of the newest statement");
  }

  /** Replays the whole history (section 10); adds its findings. */
  async replay() {
    const records = [];
    for (const row of this.commit.view.histories) {
      let blob = null;
      for (const key of row.keys ?? [this.commit.view.logs[row.log]]) blob ??= key && await this.commit.log.records(row, key);
      records.push(...(blob ?? [null]).map((bytes) => ({ seq: row.seq, bytes })));
    }
    const result = await replay(records, this.items, this.header);
    if (this.commit.rescued) result.findings.delete("catalogue-differs"); // entries-missing says it
    result.findings.forEach((name) => this.findings.add(name));
    return result;
  }

  /** 12.3: the ids that the history names as live and no catalogue lists. */
  async missingEntries() {
    const { items } = await this.replay(), listed = new Set(this.items.map((row) => row.id));
    return [...items].filter(([id, item]) => item.status !== 3 && !listed.has(id)).map(([id]) => id);
  }
}
