// All words of the page, in the language chosen; what has no translation is said in English.
import { unpack } from "./unpack.mjs";

const WEIGHTS = ["note", "damage", "tampered", "missing"];

/** The tables that build.mjs packs into the page. */
export async function loadTexts(packed) {
  return new Texts(JSON.parse(new TextDecoder().decode(await unpack(packed))));
}

/** The words of the page in one language. */
export class Texts {
  lang = "fr";
  constructor({ words, emergency, sentences, phrases }) { Object.assign(this, { words, emergency, sentences, phrases }); }

  get #column() { return this.lang === "fr" ? 0 : 1; }

  /** A phrase of the page, of the command line, or its name if it has none. */
  say(name, ...values) {
    let at = 0;
    const found = (this.phrases[name] ?? this.sentences.phrases[name])?.[this.#column] ?? name;
    return found.replace(/\{\}/g, () => String(values[at++] ?? ""));
  }

  has(name) { return name in this.phrases; }

  /** The sentence of an error, as the command line says it. */
  error(code) {
    const lost = ["NotReadableError", "NotFoundError"].includes(code);
    return this.sentences.errors[code]?.[this.#column] ?? this.say(lost ? "unreadable" : "unexpected");
  }

  /** A finding as { text, weight }, as the command line says it. */
  finding(name) {
    const row = this.sentences.findings[name] ?? ["anomalie", "oddity", "1"];
    return { text: `${row[this.#column]} (${name})`, weight: WEIGHTS[row[2]], order: name === "older-commit-shown" ? 9 : Number(row[2]) };
  }

  /** Findings, the gravest first. */
  findings(names) {
    return [...names].map((name) => this.finding(name)).sort((a, b) => b.order - a.order);
  }

  /** A section of the record, or null if it is none. */
  section(name) { return this.sentences.sections[name]?.[this.#column] ?? null; }

  get sections() { return Object.keys(this.sentences.sections); }
}
