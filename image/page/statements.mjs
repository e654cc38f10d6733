// Items, statements, history and the emergency summary of the coffre format (schemas/container.md, sections 9 to 11).
import {
  utf8, attempt, checkCopies, Cursor, equal, fail, hex, isHex, isObject, LIMITS, openBlob, parseJson, sealedLength,
  sha256, u32,
} from "./primitives.mjs";

export const NO_HASH = "0".repeat(64);
export const STATUS = ["live", "replaced", "withdrawn", "erased"];
const HOLDER_TYPES = new Set(["contact", "directive", "draft", "evidence", "identity", "language", "outbox", "settings",
  "tray", "trusted-person"]);

// ---------------------------------------------------------------- items (section 9)

/** The commitment of a row; a tombstone carries it. */
export async function commitmentOf(row) {
  if (row.status === 3) return hex(row.contentHash);
  return hex(await sha256(utf8("coffre1 item\0"), row.blind, row.idBytes, row.contentHash, u32(row.metaBytes.length), row.metaBytes));
}

const bytesOf = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** `state` from [id, commitment] pairs of the live items, in any order. */
async function stateOf(pairs) {
  const sorted = pairs.map((pair) => pair.join("")).sort();
  return hex(await sha256(utf8("coffre1 state\0"), u32(sorted.length), bytesOf(sorted.join(""))));
}

/** `state` of the rows that are live. */
export async function stateOfRows(rows) {
  const pairs = [];
  for (const row of rows) if (row.status === 0) pairs.push([row.id, await commitmentOf(row)]);
  return stateOf(pairs);
}

/** Where the sealed content of an item lies, and what opens it. */
export const itemBlob = (row) => ({ key: row.key, label: "item", id: row.idBytes, seq: row.seq, offset: row.offset, length: sealedLength(row.size) });

// ---------------------------------------------------------------- statements and history (section 10)

/** A history record, cut; outer and inner are undefined when they are not canonical JSON objects. */
export async function parseRecord(bytes) {
  const c = new Cursor(bytes), record = { head: hex(await sha256(bytes)) };
  const cut = await attempt(() => {
    Object.assign(record, { outerBytes: c.counted(LIMITS.record), innerBytes: c.counted(LIMITS.record), blind: c.take(32), cms: c.counted(LIMITS.cms) });
    c.end();
    return true;
  }, ["CapExceeded"]);
  const object = (json) => attempt(() => { const value = parseJson(json); return isObject(value) ? value : null; });
  if (!cut) return record;
  return Object.assign(record, { outer: (await object(record.outerBytes)) ?? undefined, inner: (await object(record.innerBytes)) ?? undefined });
}

const text = (value) => typeof value === "string";
const integer = (value) => Number.isSafeInteger(value);
const id16 = (value) => isHex(value, 16), hash32 = (value) => isHex(value, 32);
const oneOf = (...values) => (value) => values.includes(value);
const OUTER = { v: oneOf(1), suite: oneOf(1), container: id16, clock: oneOf("host", "declared"),
  utc: (v) => text(v) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(v), demo: (v) => typeof v === "boolean", summary: hash32, private: hash32 };
const INNER = { v: oneOf(1), seq: integer, prev: hash32, role: oneOf("professional", "holder"), subject: hash32,
  state: hash32, ops: Array.isArray, software: (v) => text(v) && Array.from(v).length <= 64 };
const OPERATIONS = {
  add: { id: id16, type: text, commitment: hash32 }, replace: { id: id16, type: text, commitment: hash32, of: id16 },
  withdraw: { of: id16 }, erase: { of: id16 }, visibility: { of: id16, value: oneOf("all", "dossier") },
  conceal: { parts: (v) => Array.isArray(v) && v.every(integer) }, secrets: { what: oneOf("change", "revoke", "emergency") }, compact: {},
};

const VERDICTS = ["broken", "indeterminate", "violation"]; // the worst first

/** Names and values against a table. */
const fits = (value, table) => isObject(value) && Object.keys(value).length === Object.keys(table).length
  && Object.entries(table).every(([name, test]) => Object.hasOwn(value, name) && test(value[name]));

/**
 * Applies one operation to the items of a replay; the verdict on it. A violation is applied too, where it can be:
 * not to an erased or unknown item, nor to bring in an id a second time.
 */
function applyOperation(op, items, { role, seq }) {
  const { op: name, ...others } = isObject(op) ? op : {};
  if (!Object.hasOwn(OPERATIONS, name ?? "") || !fits(others, OPERATIONS[name])) return "indeterminate";
  const target = items.get(op.of), brings = name === "add" || name === "replace", fresh = !brings || !items.has(op.id);
  const types = [brings && op.type, (name === "replace" || name === "withdraw") && target?.type].filter(text);
  const allowed = role !== "holder" || types.every((type) => HOLDER_TYPES.has(type));
  const inState = !("of" in op) || (target && (name === "erase" ? target.status !== 3 : target.status === 0));
  if (fresh && (!("of" in op) || (target && target.status !== 3))) {
    if (target && name === "visibility") target.visibility = op.value;
    else if (target) target.status = STATUS.indexOf({ replace: "replaced", withdraw: "withdrawn", erase: "erased" }[name]);
    if (brings) items.set(op.id, { type: op.type, commitment: op.commitment, of: op.of, status: 0, visibility: "all", seq });
  }
  return fresh && inState && allowed ? "ok" : "violation";
}

/** The checks of one record against what came before it; adds its verdicts to `say`. */
async function judgeRecord(record, before, header, say) {
  const { outer, inner } = record;
  if (!outer || !inner) return say("broken");
  if (!fits(outer, OUTER) || !fits(inner, INNER)) say("indeterminate");
  const ops = Array.isArray(inner.ops) ? inner.ops : [];
  if (ops.length > LIMITS.ops) fail("CapExceeded", "operations");
  const secret = hex(await sha256(utf8("coffre1 private\0"), record.blind, record.innerBytes));
  const holds = inner.seq > before.seq && inner.prev === (before.head ?? inner.prev) && outer.private === secret
    && outer.container === hex(header.container) && outer.demo === header.demo && inner.role !== (record.cms.length > 0 ? "holder" : "professional");
  if (!holds) say("broken");
  for (const op of ops) say(applyOperation(op, before.items, inner));
  const live = [...before.items].filter(([, item]) => item.status === 0);
  const identities = live.filter(([, item]) => item.type === "identity").map(([, item]) => item.commitment);
  if (identities.length > 1) say("violation");
  const subject = identities.length ? identities.includes(inner.subject) : inner.subject === NO_HASH;
  const state = await stateOf(live.map(([id, item]) => [id, item.commitment]));
  if (state !== inner.state || !subject) say(before.unknown ? "indeterminate" : "broken");
  if (inner.role === "holder" && outer.summary !== before.summary) say("violation");
}

/**
 * Replays records ({ seq, bytes }; no bytes for a blob that does not open) and compares the rows with the result.
 * Of the CMS only its presence is looked at.
 */
export async function replay(records, rows, header) {
  const before = { seq: -1, head: NO_HASH, items: new Map(), summary: await summaryHash([]), utc: "", subject: NO_HASH, unknown: false };
  const entries = [], findings = new Set();
  for (const { seq, bytes } of records) {
    const record = bytes ? await parseRecord(bytes) : {}, { outer, inner } = record, verdicts = new Set();
    const say = (verdict) => { verdicts.add(verdict); before.unknown ||= verdict === "indeterminate"; };
    if (bytes && integer(inner?.seq) && before.seq >= 0 && inner.seq > before.seq + 1) findings.add("gap");
    if (text(outer?.utc) && outer.utc < before.utc) findings.add("clock-went-back");
    await judgeRecord(record, before, header, say);
    const sound = !verdicts.has("broken");
    if (sound && hash32(inner?.subject) && ![NO_HASH, inner.subject].includes(before.subject)) findings.add("identity-changed");
    entries.push({ seq: inner?.seq ?? seq, role: inner?.role ?? "unknown", verdicts, outer, outerBytes: record.outerBytes, inner, cms: record.cms, head: record.head });
    Object.assign(before, { head: record.head, seq: inner?.seq ?? seq, summary: outer?.summary ?? before.summary,
      utc: outer?.utc ?? before.utc, subject: (sound && inner?.subject) || before.subject });
    before.unknown ||= !bytes;
  }
  if (records.every(({ bytes }) => bytes)) await compareRows(rows, before.items, entries, findings); // else damage would look like a lie
  for (const entry of entries) entry.verdict = VERDICTS.find((name) => entry.verdicts.has(name)) ?? "ok";
  return { entries, items: before.items, findings };
}

/** The end of a replay: every row against what the operations gave. */
async function compareRows(rows, items, entries, findings) {
  let differs = rows.length !== items.size;
  for (const row of rows) {
    const item = items.get(row.id), lies = item && row.meta && (row.meta.type !== item.type || row.meta.of !== item.of);
    if (lies) entries.find((entry) => entry.seq === item.seq)?.verdicts.add("violation");
    differs ||= !item || item.seq !== row.seq || item.status !== row.status || (item.visibility === "all" ? 0 : 1) !== row.visibility
      || item.commitment !== await commitmentOf(row);
  }
  if (differs) findings.add("catalogue-differs");
}

// ---------------------------------------------------------------- emergency summary (section 11)

/** `summary` from the commitments of the parts. */
const summaryHash = async (commitments) => hex(await sha256(utf8("coffre1 summary\0"), u32(commitments.length), ...commitments));

/** A summary blob, from its first copy, else from the mirror; null if neither opens and holds. */
export async function readSummaryAt(file, header, pointer, findings) {
  checkCopies("summary", pointer);
  if (pointer.length > LIMITS.summaryBlob) fail("CapExceeded", "summary");
  for (const offset of [pointer.offset, pointer.mirror]) {
    const plain = await openBlob(file, header.container, { ...pointer, label: "summary", offset });
    const summary = plain && await attempt(() => checkSummary(plain, header));
    if (summary && offset === pointer.mirror) findings.add("summary-copy-damaged");
    if (summary) return summary;
  }
  return null;
}

/** What every reader of a summary must check, but for the CMS. */
async function checkSummary(plain, header) {
  const c = new Cursor(plain), summary = { outerBytes: c.counted(LIMITS.record), cms: c.counted(LIMITS.cms) };
  const { container, demo, summary: hash } = summary.outer = parseJson(summary.outerBytes);
  const list = (read) => {
    const count = c.u32();
    return count > LIMITS.parts ? fail("CapExceeded", "parts") : Array.from({ length: count }, read);
  };
  const part = () => {
    const bytes = c.counted(LIMITS.part), value = parseJson(bytes);
    return isObject(value) && Array.isArray(value.items) && value.items.every(id16) ? { bytes, value } : fail("Malformed", "part");
  };
  summary.commitments = list(() => c.take(32));
  summary.parts = list(() => ({ index: c.u32(), blind: c.take(32), ...part() }));
  summary.declared = list(part);
  c.end();
  let holds = container === hex(header.container) && demo === header.demo && hash === await summaryHash(summary.commitments)
    && (summary.commitments.length === 0 || summary.cms.length > 0);
  for (const [i, { index, blind, bytes }] of summary.parts.entries()) {
    const due = summary.commitments[index], found = await sha256(utf8("coffre1 part\0"), blind, bytes);
    holds &&= due !== undefined && equal(found, due) && (i === 0 || summary.parts[i - 1].index < index);
  }
  return holds ? summary : fail("SummaryDamaged");
}

