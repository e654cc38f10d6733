// The emergency page as elements; the same for the screen and for paper.
import { make, region, spoken } from "./dom.mjs";

/** The mark of a line: sign, word for the ear, never colour alone. */
function marks(line, texts) {
  const level = ["critical", "caution"][line.level];
  return [
    line.doubt && make("span", { class: "doubt" }, make("span", { "aria-hidden": "true" }, "? "), spoken(`${texts.say("doubt")} : `)),
    line.mark && make("span", { class: "mark" }, make("span", { "aria-hidden": "true" }, `${line.mark} `), spoken(`${texts.say(level)} : `)),
  ].filter(Boolean);
}

const TOGETHER = /(?:\S{1,20} )?\S*\d\S*(?: \S{1,20})?/g;

/** Text whose numbers are never folded from what stands beside them: "5 mg", "stade 3b", "1 comprimé" (section 3). */
function unfolded(text) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(TOGETHER)) {
    pieces.push(text.slice(from, found.index), make("span", { class: "whole" }, found[0]));
    from = found.index + found[0].length;
  }
  return [...pieces, text.slice(from)];
}

/** One line as a list item; what a test and a person copy is the class `said`. */
function lineItem(line, texts) {
  const said = make("span", { class: "said" });
  const pieces = [line.label && make("strong", { class: "label" }, line.label), line.name && make("span", { class: "name" }, ...unfolded(line.name)), line.confirm].filter(Boolean);
  pieces.forEach((piece, at) => said.append(...(at ? [" ", piece] : [piece])));
  if (line.detail) said.append(line.separator, make("span", { class: "detail" }, ...unfolded(line.detail)));
  return make("li", { class: `level${line.level}${line.doubt ? " doubtful" : ""}` }, ...marks(line, texts), said);
}

const list = (lines, texts) => make("ul", { class: "lines" }, ...lines.map((line) => lineItem(line, texts)));

/**
 * The page laid out by emergency.mjs. `notes` are sentences about the page: under it, in small.
 */
export function sheetElement(page, texts, { title, stamp, notes }) {
  const { banner, first, areas } = page, bannerDoubt = banner.doubt || banner.declared;
  const header = make("div", { class: `banner${bannerDoubt ? " doubtful" : ""}` },
    make("h3", { class: "who" }, ...(bannerDoubt ? marks({ doubt: true }, texts) : []), make("span", { class: "said" }, banner.pieces.join("   "))),
    banner.more.length ? list(banner.more, texts) : null,
    make("p", { class: "fresh" }, ...(banner.doubt ? marks({ doubt: true }, texts) : []), make("span", { class: "said" }, banner.second.join(" · "))));
  const blocks = areas.map((area) => (area.block === "loud"
    ? region(4, texts.say("alerts"), { class: "loud", "data-block": "loud" }, list(area.lines, texts))
    : region(4, area.title, { class: `block ${area.block}`, "data-block": area.block }, list(area.lines, texts))));
  return region(2, title, { class: "sheet", lang: texts.lang },
    first.length ? make("div", { class: "first", "data-block": "first" }, list(first, texts)) : null,
    header, make("div", { class: "blocks" }, ...blocks),
    make("p", { class: "stamp" }, stamp),
    make("p", { class: "paper" }, texts.say("destroy")), ...notes.map((note) => make("p", { class: "note" }, note)));
}
