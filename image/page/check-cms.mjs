// Judges signatures: a list of { outer, cms, demonstration } (base64) on standard input, the verdicts on standard output.
// Arguments: the SHA-256 of the demonstration card's certificate and of the official authority's, in hex.
import { readFileSync } from "node:fs";
import { judgeSignature } from "./cms.mjs";

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const verdicts = [], [, , card, authority] = process.argv;
for (const { outer, cms, demonstration } of JSON.parse(readFileSync(0, "utf8"))) {
  const { verdict, holds, holder } = await judgeSignature(bytes(outer), bytes(cms), demonstration, { demonstration: card, authority });
  verdicts.push([verdict, holds, verdict === "passed-offline" ? holder : ""]);
}
console.log(JSON.stringify(verdicts));
