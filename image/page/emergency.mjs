// The emergency page from its parts (schemas/emergency-page.md): what each line says and where it stands. No document is touched.
import { ageWords, dateWords, daysAfter, isMinor, spanOf } from "./dates.mjs";
import { isObject, isText } from "./values.mjs";

const LOUD = ["notices", "alerts", "allergies", "devices"];
const UNCOUNTED = new Set(["contacts", "missing", "foot"]);
const VOUCHED = new Set(["passed", "passed-offline", "expired", "revoked-since", "training", "training-expired", "demonstration"]);
const KINDS = new Set(["line", "identity", "weight", "source", "review", "rules", "guardian", "contact", "language", "pending"]);
const OLD_DAYS = 365;
const MARKS = ["!!", "!", ""];

/** Text without characters that cannot be seen, but for the space and the narrow one that groups digits. */
export const visible = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]|(?![ \u202f])\p{Zs}/gu, "\ufffd");

/** Text made harmless to look at (section 1). */
export const tame = (text) => visible(text.replace(/[^\S\u202f]+/gu, " ").trim());

/** Words and dates in one language on one day. */
export class Speech {
  constructor(table, lang, day) {
    Object.assign(this, { table, lang, day });
    this.rows = new Map(table.words.map((row) => [row.key, row]));
  }

  /** A row of the table with its places filled; the form for one where the number is 1. */
  row(key, ...args) {
    const row = (args[0] === "1" && this.rows.get(`${key}_1`)) || this.rows.get(key), single = row !== this.rows.get(key);
    return fill(row?.[this.lang] ?? row?.en ?? key, single ? args.slice(1) : args);
  }

  /** Words of a part. */
  words(value) {
    if (!isObject(value)) return "";
    const row = isText(value.key) && this.rows.get(value.key), args = Array.isArray(value.args) ? value.args.filter(isText) : [];
    const known = row?.[this.lang] ? fill(row[this.lang], args) : "";
    return tame([value[this.lang], known, value.en, value.fr].find((words) => isText(words) && words) ?? "");
  }

  date(text) { return tame(dateWords(text, this.lang, this.table)); }
  age(text) { return ageWords(text, this.day, this.lang, this.table); }

  /** A row of a date, in its form for a date without a day where there is one. */
  dated(key, text, ...more) {
    const partial = spanOf(text)?.whole === false && this.rows.has(`${key}_partial`);
    return this.row(partial ? `${key}_partial` : key, this.date(text), ...more);
  }
}

/** Puts values into the places `{}`, in order. */
const fill = (row, args) => { let at = 0; return row.replace(/\{\}/g, () => args[at++] ?? ""); };

/** One piece of a detail: its words, and whether it makes the line doubtful. */
function piece(value, speech) {
  const [kind] = ["date", "until", "due", "start", "end", "course"].filter((name) => isObject(value) && isText(value[name]));
  if (!kind) return { text: speech.words(value) };
  const text = value[kind], span = spanOf(text), past = span && span.last < speech.day;
  if (kind === "date" || !span) return { text: speech.date(text) };
  if (kind === "until") return { text: speech.dated("until", text) };
  if (kind === "due") return { text: speech.row(past ? "due_past" : "due", speech.date(text)) };
  if (kind === "start") return { text: span.first > speech.day ? speech.dated("from", text) : speech.row("begun", speech.date(text)) };
  if (kind === "end") return past ? { text: speech.row("ended", speech.date(text)), over: true } : { text: speech.dated("until", text) };
  return past ? { text: speech.row("course_over"), over: true } : { text: "" };
}

/** What a line says that has no name: nothing that was signed goes without words. */
const nameless = ({ text }, speech) => (isText(text) && tame(text)) || speech.row("unnamed");

/** A part read leniently (section 1): what it lacks has its default, what is of another type is left out. */
function readPart(value, declared, speech) {
  const turn = isObject(value.turn) && isText(value.turn.after) && speech.day > value.turn.after ? value.turn : {};
  const level = [turn.level, value.level, 2].find((one) => [0, 1, 2].includes(one));
  const pieces = (Array.isArray(value.detail) ? value.detail : []).map((one) => piece(one, speech));
  const facts = Object.fromEntries(Object.entries(isObject(value.facts) ? value.facts : {}).filter(([, fact]) => isText(fact)));
  return { block: isText(value.block) ? value.block : "foot", kind: KINDS.has(value.kind) ? value.kind : "line", level, declared, facts,
    name: speech.words(value.name) || (value.kind === "identity" ? "" : nameless(value, speech)), label: speech.words(value.label), counted: value.counted !== false, source: value,
    detail: pieces.map((one) => one.text).filter(Boolean).join(", "),
    confirm: value.to_confirm === true || turn.to_confirm === true || pieces.some((one) => one.over) };
}

/** A line that the reader makes itself. */
const own = (block, level, label, name, more = {}) =>
  ({ block, level, label, name, detail: "", confirm: false, declared: false, counted: false, kind: "line", facts: {}, own: true, ...more });

/** The first line of the banner (section 5, kind `identity`). */
function identityLine(identity, fictional, speech) {
  if (!identity) return [speech.row("no_name"), ...(fictional ? [speech.row("fictional")] : [])];
  const { birth = "", birth_name: maiden = "", sex = "" } = identity.facts, form = ["female", "male"].includes(sex) ? `_${sex}` : "";
  const name = [identity.name || speech.row("no_name"), maiden && speech.row(`maiden${form}`, tame(maiden))].filter(Boolean).join(" ");
  const age = speech.age(birth);
  const pieces = [name, speech.row(["male", "female", "other", "unknown"].includes(sex) ? sex : "no_sex"),
    birth ? speech.row(`born${form}`, speech.date(birth)) + (age && ` (${age})`) : speech.row("no_birth")];
  if (identity.declared) pieces.push(speech.row("declared"));
  if (fictional) pieces.push(speech.row("fictional"));
  return pieces;
}

/** The newest signed review of a section. */
function newestReview(lines, section) {
  const dated = lines.filter((line) => line.kind === "review" && !line.declared && line.facts.section === section && spanOf(line.facts.day));
  return dated.sort((a, b) => (spanOf(a.facts.day).last < spanOf(b.facts.day).last ? 1 : -1))[0]?.facts;
}

/** The signature in the banner (section 7). */
function signatureWords(signature, speech) {
  const verdict = speech.row(`verdict.${signature.verdict}`);
  if (signature.verdict === "failed") return verdict;
  const day = speech.date(signature.day) + (signature.clock === "declared" ? `, ${speech.row("declared_day")}` : "");
  const signer = tame(signature.signer);
  return signer ? speech.row("signed", signer, day, verdict) : speech.row("signed_on", day, verdict);
}

/** The second line of the banner (section 6), and the day that makes the page old, if it is. */
function freshness(lines, signature, minor, speech) {
  const pieces = [], weights = minor ? lines.filter((line) => line.kind === "weight" && !line.declared) : [];
  for (const { name, detail, source } of weights) {
    const date = source.detail?.find?.((one) => isText(one?.date))?.date, ago = spanOf(date)?.whole && !date.startsWith(speech.day) && speech.age(date);
    pieces.push([name, detail].filter(Boolean).join(" ") + (ago ? ` (${speech.row("ago", ago)})` : ""));
  }
  if (minor && weights.length === 0) pieces.push(speech.row("no_weight"));
  const source = lines.find((line) => line.kind === "source" && !line.declared)?.facts;
  if (signature) pieces.push(signatureWords(signature, speech));
  else if (source) {
    const document = spanOf(source.day) ? speech.dated("document", source.day) : speech.row("no_document_date");
    pieces.push([document, source.who && speech.row("by", tame(source.who))].filter(Boolean).join(" "));
  }
  const reviews = ["medications", "allergies"].map((section) => [section, newestReview(lines, section)]);
  if (reviews.every(([, review]) => !review)) pieces.push(speech.row("never_both"));
  else for (const [section, review] of reviews) {
    const named = signature && signature.verdict !== "failed" ? signature.signer : null; // said once
    const who = review?.who && review.who !== named && ` (${tame(review.who)})`;
    pieces.push(review ? speech.dated(`reviewed_${section}`, review.day) + (who || "") : speech.row(`never_${section}`));
  }
  const days = reviews.map(([, review]) => review?.day).filter(Boolean);
  if (days.length < 2) days.push(signature ? signature.day : source?.day);
  const known = days.map((day) => spanOf(day) && { day, last: spanOf(day).last }).filter(Boolean).sort((a, b) => (a.last < b.last ? -1 : 1));
  const old = known[0] && daysAfter(known[0].last, OLD_DAYS) < speech.day ? known[0].day : null;
  return { pieces, old };
}

/** The lines above everything (section 7). */
function firstLines(context, pending, inDoubt, speech) {
  const { signature, older, withdrawn = 0 } = context, found = [];
  const add = (level, key, name) => found.push(own("first", level, speech.row(`label.${key}`), name ?? speech.row(key)));
  if (signature?.verdict === "failed") add(0, "wrong");
  else if (signature === null) add(0, "unsigned");
  else if (inDoubt) add(0, "unverified");
  if (older) add(1, "older");
  if (withdrawn > 0) {
    const day = signature && spanOf(signature.day) ? [speech.date(signature.day)] : [];
    add(1, "withdrawn", speech.row(day.length ? "withdrawn" : "withdrawn_undated", String(withdrawn), ...day));
  }
  if (pending > 0) add(1, "pending", speech.row("pending", String(pending)));
  return found;
}

/** What the reader adds to the lines (section 5): "nothing left" is not "none". */
function addedLines(lines, minor, speech) {
  const added = [];
  for (const block of ["allergies", "problems", "treatments"]) {
    if (lines.some((line) => line.block === block && !line.declared)) continue;
    if (block === "allergies") added.push(own(block, 1, speech.row("label.allergy"), speech.row("no_line_allergy")));
    else added.push(own(block, 2, "", speech.row("no_line")));
  }
  if (minor && !lines.some((line) => line.kind === "guardian"))
    added.push(own("contacts", 2, "", speech.row("guardian", speech.row("not_recorded")), { declared: true }));
  return added;
}

/** Where a line stands, or null if it is not a line of a block. */
function placed(line, minor, speech) {
  if (["identity", "review", "source", "pending"].includes(line.kind)) return null;
  if (line.declared && line.kind === "rules") return null;
  const { key, args } = isObject(line.source.name) ? line.source.name : {};
  if (key === "language" && isText(args?.[0]) && args[0].slice(0, 2).toLowerCase() === speech.lang) return null; // it goes without saying
  if (line.kind === "weight" && !line.declared) return null;
  const name = line.kind === "guardian" ? speech.row(minor ? "guardian" : "to_call", line.name) : line.name;
  if (line.declared) return { ...line, name: [line.label, name].filter(Boolean).join(" "), label: "", block: "contacts", level: 2 };
  return { ...line, name };
}

/**
 * The page. `parts` are the values of the signed parts, `declared` those of the holder's own lines; `context` is
 * { lang, day, signature: { verdict, signer, day, clock }, null (nobody signed) or undefined (a document, no page), older, withdrawn, pending, fictional }.
 * Gives { first, banner: { pieces, second, more, doubt, declared }, areas: [{ block, title, lines }] }, each line with
 * { mark, label, name, confirm, detail, level, doubt, declared, separator }.
 */
export function layOut(table, parts, declared, context) {
  const speech = new Speech(table, context.lang, context.day), { signature } = context;
  const read = [...parts.map((part) => readPart(part, false, speech)), ...declared.map((part) => readPart(part, true, speech))];
  const identity = read.find((line) => line.kind === "identity"), minor = isMinor(identity?.facts.birth, context.day);
  const doubted = Boolean(signature) && !VOUCHED.has(signature.verdict);
  const { pieces: second, old } = freshness(read, signature, minor, speech);
  const waiting = read.find((line) => line.kind === "pending")?.facts.count;
  const lines = read.map((line) => placed(line, minor, speech)).filter(Boolean);
  lines.push(...addedLines(lines, minor, speech));
  if (old) lines.unshift(own("notices", 1, speech.row("label.old"), speech.row("old", speech.date(old))));
  const order = table.orders.emergency, confirm = speech.row("confirm");
  const finished = lines.map((line) => ({ ...line, block: order.includes(line.block, 1) ? line.block : "foot",
    mark: MARKS[line.level], confirm: line.confirm ? confirm : "", doubt: line.declared || doubted }));
  const inBlocks = (blocks) => finished.filter((line) => blocks.includes(line.block))
    .map((line, at) => [line, at]).sort(([a, i], [b, j]) => a.level - b.level || a.declared - b.declared || i - j).map(([line]) => line);
  const areas = [{ block: "loud", title: "", lines: inBlocks(LOUD) }];
  for (const block of order.filter((name) => !["first", "banner", ...LOUD].includes(name))) {
    const found = inBlocks([block]), count = UNCOUNTED.has(block) ? 0 : found.filter((line) => line.counted).length;
    if (found.length) areas.push({ block, title: speech.row(`title.${block}`) + (count ? ` (${count})` : ""), lines: found });
  }
  const dash = ["loud", "treatments"]; // elsewhere a date or a value simply follows its name
  for (const area of areas) for (const line of area.lines)
    Object.assign(line, { separator: dash.includes(area.block) ? " — " : " ", label: area.block === "loud" ? line.label : "" });
  const first = firstLines(context, context.pending ?? Number(waiting ?? 0), doubted, speech).map((line) => ({ ...line, mark: MARKS[line.level], confirm: "", doubt: false, separator: " — " }));
  const more = inBlocks(["banner"]).map((line) => ({ ...line, label: "", separator: " " }));
  return { first, areas, banner: { pieces: identityLine(identity, context.fictional, speech), second, more, doubt: doubted, declared: identity?.declared ?? false } };
}

/** A line as running text, without its mark. */
export const lineText = ({ label, name, confirm, detail, separator }) =>
  [label, name, confirm].filter(Boolean).join(" ") + (detail && separator + detail);
