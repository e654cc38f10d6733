// Judges signatures: a list of { outer, cms, demonstration } (base64) on standard input, the verdicts on standard output.
// The first argument is the SHA-256 of the demonstration card's certificate, in hex.
import { readFileSync } from "node:fs";
import { judgeSignature } from "./cms.mjs";

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const verdicts = [];
for (const { outer, cms, demonstration } of JSON.parse(readFileSync(0, "utf8"))) {
  const { verdict, holds } = await judgeSignature(bytes(outer), bytes(cms), demonstration, process.argv[2]);
  verdicts.push([verdict, holds]);
}
console.log(JSON.stringify(verdicts));
