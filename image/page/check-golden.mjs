// Lays out emergency pages: a list of { parts, declared, context } as JSON on standard input, the lines on standard output.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { layOut, lineText } from "./emergency.mjs";

const table = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "..", "..", "schemas", "emergency-words.json"), "utf8"));
const told = (line) => ({ block: line.block, level: line.level, doubt: line.doubt, text: lineText(line) });

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(({ parts, declared, context }) => {
  const { first, banner, areas } = layOut(table, parts, declared, context);
  return { first: first.map(told), banner: [banner.pieces.join("   "), banner.second.join(" · ")], more: banner.more.map(told),
    areas: areas.map(({ title, lines }) => ({ title, lines: lines.map(told) })) };
})));
