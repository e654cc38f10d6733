// The reader, away from the page: keys stay here, and the page does not freeze. One more of these computes Argon2id and ends.
import { argon2id } from "hash-wasm";
import { useArgon2 } from "./coffre.mjs";
import { hasSubtle, withoutSubtle } from "./crypto.mjs";
import { errorName, historyOf, openAll, signatureOf } from "./opening.mjs";
import { release } from "./primitives.mjs";

/* global CARDS */ // put in by build.mjs

let opened = [], questions = 0;
const waiting = new Map();

/** Asks the page for something: a slice of a file, or an Argon2id run in a worker of its own, whose memory goes with it. */
function askPage(question) {
  const number = ++questions;
  self.postMessage({ ...question, number });
  return new Promise((done, failed) => waiting.set(number, { done, failed }));
}

useArgon2((options) => askPage({ derive: { ...options, password: Uint8Array.from(options.password), salt: Uint8Array.from(options.salt) } }));

/** A picked file, read in slices by the page: WebKit does not let a worker of a page from file:// read it. */
const fileOf = ({ name, size }, file) => ({ name, size, read: (offset, length) => askPage({ slice: { file, offset, length } }), release });

/** A failure of the page's part, under its own name. */
const failure = (name) => Object.assign(new Error(name), { name });

const publicRow = ({ id, status, visibility, seq, size, meta }) => ({ id, status, visibility, seq, size, meta });
const rowOf = ({ record, id }) => opened[record].dossier.items.find((row) => row.id === id);

/** What the page may ask for; the answer is plain values. */
const TASKS = {
  async open({ files, typed, words, script, mode }) {
    if (script) withoutSubtle();
    const found = await openAll(files.map(fileOf), typed, words, (at) => self.postMessage({ progress: at }), mode);
    opened = found.opened;
    const records = [];
    for (const [record, one] of opened.entries()) {
      const { summary, dossier } = one, page = summary && { signature: await signatureOf(one, CARDS),
        withdrawn: summary.commitments.length - summary.parts.length,
        parts: summary.parts.map(({ value }) => value), declared: summary.declared.map(({ value }) => value) };
      records.push({ record, name: one.name, demo: one.header.demo, findings: [...one.findings], page, summaryError: one.summaryError ?? null,
        whole: dossier !== null, number: dossier ? dossier.seq - dossier.firstSeq : null, seq: dossier?.seq, head: dossier?.head,
        tray: dossier?.items.filter((row) => row.status === 0 && row.meta.type === "tray").length ?? null });
    }
    return { records, older: found.older, failed: found.failed, subtle: hasSubtle() };
  },
  items: ({ record }) => opened[record].dossier.items.filter((row) => row.status !== 3).map(publicRow),
  item: ({ record, id }) => opened[record].dossier.readItem(rowOf({ record, id })),
  async check({ record, id }) { await opened[record].dossier.readItem(rowOf({ record, id })); return true; },
  history: ({ record }) => historyOf(opened[record].dossier, CARDS),
};

self.onmessage = async ({ data }) => {
  if (data.argon2) {
    const key = await argon2id({ ...data.argon2, outputType: "binary" });
    return self.postMessage({ key }, [key.buffer]);
  }
  if (data.number) {
    const { done, failed } = waiting.get(data.number);
    waiting.delete(data.number);
    return data.bytes ? done(data.bytes) : failed(failure(data.failed));
  }
  try {
    const answer = await TASKS[data.task](data);
    self.postMessage({ call: data.call, answer }, answer instanceof Uint8Array ? [answer.buffer] : []); // handed over, not copied
  } catch (error) { self.postMessage({ call: data.call, error: errorName(error) }); }
};
