// Makes the one self-contained page: the same sources and the same locked packages give the same bytes.
// Usage: node build.mjs [OUT] | node build.mjs --check FILE
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { deflateSync } from "fflate";
import { PHRASES } from "./phrases.mjs";
import { decode85, DIGITS } from "./unpack.mjs";

const HERE = dirname(fileURLToPath(import.meta.url)), ROOT = join(HERE, "..", "..");
const OUT = join(HERE, "..", "..", "baladeur", "cli", "lire.html"), LIMIT = 120 * 1024;
const source = (...path) => readFileSync(join(...path), "utf8");
const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);

/** A text as unpack.mjs takes it. Not zlib: its bytes differ between builds of Node. */
function pack(text) {
  const bytes = deflateSync(Buffer.from(text), { level: 9 });
  let packed = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const group = [...bytes.subarray(at, at + 4)], value = [0, 1, 2, 3].reduce((sum, i) => sum * 256 + (group[i] ?? 0), 0);
    packed += [4, 3, 2, 1, 0].map((i) => DIGITS[Math.floor(value / 85 ** i) % 85]).join("").slice(0, group.length + 1);
  }
  if (Buffer.compare(Buffer.from(decode85(packed)), Buffer.from(bytes))) throw new Error("packed wrong");
  return packed;
}

/** asn1js without its table of 200 KB that names every object identifier. */
const withoutNames = { name: "no-oid-names", setup(plan) {
  plan.onResolve({ filter: /\/oids\.js$/ }, () => ({ path: "oids", namespace: "none" }));
  plan.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export const oids = {};" }));
} };

/** A script with all that it imports. */
async function bundle(entry, define = {}) {
  const made = await build({ entryPoints: [join(HERE, entry)], absWorkingDir: HERE, bundle: true, minify: true, write: false, format: "iife",
    target: ["es2022"], charset: "ascii", legalComments: "none", define, plugins: [withoutNames], logLevel: "warning" });
  return made.outputFiles[0].text.trim();
}

/** The page's tables, as small as they go. */
function tables() {
  const words = source(ROOT, "schemas", "words-fr.txt").split("\n").filter((line) => /^\d/.test(line)).map((line) => line.split(" ")[1]);
  const emergency = JSON.parse(source(ROOT, "schemas", "emergency-words.json")), sentences = JSON.parse(source(HERE, "sentences.json"));
  for (const row of emergency.words) delete row.use;
  return JSON.stringify({ words: words.join(" "), emergency, sentences, phrases: PHRASES });
}

/** The cards that the page knows, by SHA-256: the published demonstration card, and the authority that issues real ones. */
function cards() {
  const pem = source(ROOT, "baladeur", "card", "demo_card", "card.pem");
  const [, authority] = /^OFFICIAL_AUTHORITY: Final = "([0-9a-f]{64})"$/m.exec(source(ROOT, "baladeur", "card", "trust.py"));
  return { demonstration: sha256(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64"), "hex"), authority };
}

/** The whole page. */
async function page() {
  const worker = await bundle("worker.mjs", { CARDS: JSON.stringify(cards()) });
  const script = await bundle("main.mjs", { PACKED_TEXTS: JSON.stringify(pack(tables())), PACKED_WORKER: JSON.stringify(pack(worker)) });
  const style = source(HERE, "page.css").replace(/\s*\n\s*/g, "");
  if (/<\/script/i.test(script) || /<\/style/i.test(style)) throw new Error("a text ends its element");
  const by = (text) => `'sha256-${sha256(text, "base64")}'`;
  const csp = [`default-src 'none'`, `script-src ${by(script)} 'wasm-unsafe-eval'`, `worker-src blob:`, `style-src ${by(style)}`,
    `form-action 'none'`, `base-uri 'none'`].join("; ");
  const parts = { csp, style, script };
  return source(HERE, "page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

const made = await page(), bytes = Buffer.byteLength(made);
if (bytes > LIMIT) throw new Error(`${bytes} bytes: over the limit of ${LIMIT}`);
const [first, second] = process.argv.slice(2);
if (first === "--check") {
  const same = source(second ?? OUT) === made;
  console.log(same ? "the page is what its sources make" : "the page is NOT what its sources make: run node build.mjs");
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(first ?? OUT, made);
  console.log(`${bytes} bytes, sha256 ${sha256(made, "hex")}`);
}
