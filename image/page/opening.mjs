// From files and words to open records: each file is tried, older copies of the same record give way. Runs in the worker.
import { judgeSignature } from "./cms.mjs";
import { CoffreError, hex, openDossier, openEmergency, readSecret } from "./coffre.mjs";

/** Opens one file: { name, dossier (null by the emergency code), header, findings, summary, summaryError }. */
async function openOne(file, typed, words, emergencyOnly) {
  if (file.size) await file.read(0, 1); // a key that was pulled out fails here: that is no damage
  if (emergencyOnly) return { name: file.name, dossier: null, ...await openEmergency(file, typed, words) };
  const dossier = await openDossier(file, typed, words), { header, findings } = dossier;
  try {
    return { name: file.name, dossier, header, findings, summary: await dossier.readSummary() };
  } catch (error) {
    if (!(error instanceof CoffreError)) throw error;
    findings.add("summary-damaged");
    return { name: file.name, dossier, header, findings, summary: null, summaryError: error.code };
  }
}

/** The heads of all commits of a dossier. */
const headsOf = async ({ dossier }) => new Set((await dossier.replay()).entries.map((entry) => entry.head));

/** Of the files of one record keeps the one whose history holds the others' heads; a fork keeps both, and says so (section 15). */
async function withoutOlderCopies(opened, older) {
  const kept = [];
  for (const one of opened) {
    const same = one.dossier && kept.find((other) => other.dossier && hex(other.header.container) === hex(one.header.container));
    if (!same) kept.push(one);
    else if ((await headsOf(same)).has(one.dossier.head)) older.push(one.name);
    else if ((await headsOf(one)).has(same.dossier.head)) {
      older.push(same.name);
      kept[kept.indexOf(same)] = one;
    } else {
      for (const { findings } of [one, same]) findings.add("fork");
      kept.push(one);
    }
  }
  return kept;
}

/** How an error is named outside the worker. */
export const errorName = (error) => (error instanceof CoffreError ? error.code : error?.name ?? "Error");

/**
 * Opens files with typed words: { opened, older (names), failed: [{ name, error }] }. `progress` is told which file.
 * `mode` is `dossier` or `emergency`; without one, six words are the emergency code.
 */
export async function openAll(files, typed, words, progress, mode) {
  const secret = await readSecret(typed, words), found = [], failed = [], older = [];
  const emergency = mode ? mode === "emergency" : secret.slots[0] === 2;
  for (const [at, file] of files.entries()) {
    progress(at + 1);
    try {
      found.push(await openOne(file, typed, words, emergency));
    } catch (error) { failed.push({ name: file.name, error: errorName(error) }); }
  }
  return { opened: await withoutOlderCopies(found, older), older, failed };
}

/** What the signature of a summary is worth, as emergency.mjs wants it; null if nobody signed it. */
export async function signatureOf({ header, summary }, cards) {
  if (!summary || summary.cms.length === 0) return null;
  // A name stands only where its certificate is known: any other is whatever a forger wrote.
  const { verdict, holder } = await judgeSignature(summary.outerBytes, summary.cms, header.demo, cards);
  const { utc, clock } = summary.outer;
  return { verdict, signer: ["demonstration", "passed-offline"].includes(verdict) ? holder : "", day: typeof utc === "string" ? utc.slice(0, 10) : "", clock };
}

/** Replays the history and judges every signature, in plain values. */
export async function historyOf(dossier, cards) {
  const { entries, items } = await dossier.replay(), told = [];
  for (const { seq, role, verdict, outer, outerBytes, inner, cms } of entries) {
    const signature = role === "professional" ? cms?.length
      ? await judgeSignature(outerBytes, cms, dossier.header.demo, cards) : { verdict: "failed", holder: "", holds: false } : null;
    told.push({ seq, role, verdict, signature, utc: String(outer?.utc ?? ""), subject: String(inner?.subject ?? ""), ops: Array.isArray(inner?.ops) ? inner.ops : [] });
  }
  return { entries: told, broughtBy: new Map([...items].map(([id, item]) => [id, item.seq])), findings: [...dossier.findings] };
}
