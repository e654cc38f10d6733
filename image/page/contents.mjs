// What an entry says, without any knowledge of medicine: plain text, a list of fields, or the text of a CDA document.
// Nothing of it ever becomes markup: parsers are used only to take the text out.
import { tame, visible } from "./emergency.mjs";

export const MAX_SHOWN = 4 * 1024 * 1024;
const MAX_FIELDS = 4000, MAX_DEPTH = 40, MAX_LINES = 20000;
const NUMBER_OR_STRING = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export const isTextual = (media) => /^text\/|[/+]json\b|[/+]xml\b/.test(media) && !/^text\/html/.test(media);
export const isOpenable = (media) => ["application/pdf", "image/png", "image/jpeg"].includes(media);

/** Lines of a text, each harmless. */
const linesOf = (text) => text.replace(/\r\n?/g, "\n").split("\n").slice(0, MAX_LINES).map((line) => visible(line.replace(/\t/g, "    ")));

const decode = (bytes) => new TextDecoder("utf-8").decode(bytes);

/** JSON with every number as it is written: 1.50 stays 1.50. */
const parseJsonAsWritten = (text) => JSON.parse(text.replace(NUMBER_OR_STRING, (token) => (token[0] === '"' ? token : `"${token}"`)));

/** The text of an XHTML or XML fragment, by lines; the parser's document is never shown and loads nothing. */
function markupLines(text, kind) {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  const parsed = new DOMParser().parseFromString(text, kind);
  if (parsed.querySelector("parsererror")) return null;
  return parsed;
}

const BREAKS = new Set(["p", "div", "br", "tr", "li", "item", "paragraph", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "list",
  "thead", "tbody", "ul", "ol"]);
const HIDDEN = new Set(["script", "style", "template", "head"]);

/** The lines of text in an element. */
export function elementLines(element) {
  let lines = [""];
  const push = () => { if (lines.at(-1)) lines.push(""); };
  const walk = (node, depth) => {
    if (node.nodeType === 3 || node.nodeType === 4) lines[lines.length - 1] += node.data.replace(/\s+/g, " ");
    if (node.nodeType !== 1 || depth > 200) return;
    const name = node.localName.toLowerCase();
    if (HIDDEN.has(name)) return;
    if (BREAKS.has(name)) push();
    for (const child of node.childNodes) walk(child, depth + 1);
    if (name === "td" || name === "th") lines[lines.length - 1] += " | ";
    if (BREAKS.has(name)) push();
  };
  walk(element, 0);
  lines = lines.map((line) => tame(line.replace(/(\s*\|\s*)+$/, ""))).filter(Boolean);
  return lines.slice(0, MAX_LINES);
}

/** A JSON value as rows { depth, name, value }; value is "" where others follow beneath it. */
function fieldRows(value) {
  const rows = [];
  const walk = (name, one, depth) => {
    if (rows.length >= MAX_FIELDS || depth > MAX_DEPTH) return;
    if (one === null || typeof one !== "object") return void rows.push({ depth, name, value: tame(String(one)) });
    if (Array.isArray(one)) return one.forEach((item, at) => walk(one.length > 1 ? `${name} ${at + 1}` : name, item, depth));
    if (name) rows.push({ depth, name, value: "" });
    for (const [key, item] of Object.entries(one)) {
      const narrative = key === "text" && item && typeof item === "object" && "div" in item;
      if (!narrative) walk(tame(key), item, name ? depth + 1 : depth);
    }
  };
  walk("", value, 0);
  return rows;
}

/** A JSON entry: its narrative as text, then its fields. */
function jsonContent(text) {
  const value = parseJsonAsWritten(text), found = [];
  const div = value?.text?.div, parsed = typeof div === "string" ? markupLines(div, "application/xhtml+xml") : null;
  const lines = parsed ? elementLines(parsed.documentElement) : [];
  if (lines.length) found.push({ heading: "own-text", lines });
  const rows = fieldRows(value);
  found.push({ heading: "fields", rows, cut: rows.length >= MAX_FIELDS });
  return found;
}

/** A CDA document as text, section by section; another XML document as its text. */
function xmlContent(text) {
  const parsed = markupLines(text, "application/xml");
  if (!parsed) return null;
  const root = parsed.documentElement;
  const child = (element, name) => [...element.children].find((one) => one.localName === name);
  if (root.localName !== "ClinicalDocument") return [{ heading: "own-text", lines: elementLines(root) }];
  const found = [{ title: tame(child(root, "title")?.textContent ?? ""), lines: [] }];
  for (const section of root.getElementsByTagNameNS("*", "section")) {
    const words = child(section, "text");
    found.push({ title: tame(child(section, "title")?.textContent ?? ""), lines: words ? elementLines(words) : [] });
  }
  return found.filter((block) => block.title || block.lines.length);
}

/**
 * What can be shown of an entry: a list of { heading or title, lines or rows, cut }, or null if it is no text.
 * What does not parse is shown as the text that it is.
 */
export function contentOf(bytes, media) {
  if (!isTextual(media) || bytes.length > MAX_SHOWN) return null;
  const text = decode(bytes);
  try {
    const found = /json/.test(media) ? jsonContent(text) : /xml/.test(media) ? xmlContent(text) : null;
    if (found?.length) return found;
  } catch { /* not what its media type says: shown as it is */ }
  return [{ heading: "own-text", lines: linesOf(text), cut: text.split("\n").length > MAX_LINES }];
}

/** Folded text to search in. */
export const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();

/** The text of an entry to search in; "" if it is none. */
export function searchable(bytes, media) {
  return (contentOf(bytes, media) ?? []).flatMap((block) => [block.title ?? "", ...(block.lines ?? []), ...(block.rows ?? []).map((row) => row.value)]).join("\n");
}
