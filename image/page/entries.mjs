// The entries of a record: by section, read only when they are opened.
import { contentOf, folded, isOpenable, isTextual, MAX_SHOWN, searchable } from "./contents.mjs";
import { make, region } from "./dom.mjs";
import { tame } from "./emergency.mjs";

const AT_ONCE = 100, SEARCHED = 1024 * 1024;
const FIRST_TYPES = ["identity", "contact", "trusted-person", "directive", "language", "document"];

/** The words of a type, or the type itself: it is what was signed. */
const typeWords = (type, texts) => (texts.has(`type-${type}`) ? texts.say(`type-${type}`) : type);

/** The group that an entry stands in, and its place. */
function groupOf(row, texts) {
  const { section, type } = row.meta, known = typeof section === "string" ? texts.section(section) : null;
  if (known) return { name: known, order: texts.sections.indexOf(section) };
  const at = FIRST_TYPES.indexOf(type);
  return { name: typeWords(type, texts), order: at >= 0 ? 100 + at : 200 };
}

/** A button that becomes the links to the document itself, after the warning. */
function fileButton(bytes, row, texts) {
  const holder = make("div", { class: "file" }), { media, title } = row.meta;
  const show = () => {
    const type = isOpenable(media) ? media : "application/octet-stream";
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const open = isOpenable(media) && make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, texts.say("open-file"));
    const save = make("a", { href: address, download: tame(title).replace(/[^\p{L}\p{N}._ -]/gu, "_") || "document" }, texts.say("save-file"));
    holder.replaceChildren(make("p", { class: "warning" }, texts.say("trace")), make("p", {}, ...(open ? [open, " · "] : []), save));
    (open || save).focus();
  };
  holder.append(make("button", { type: "button", onclick: show }, texts.say("make-file")));
  return holder;
}

/** Rows of fields as a list: name and value. */
const fieldList = (rows) => make("dl", { class: "fields" }, ...rows.map(({ depth, name, value }) =>
  make("div", { class: `d${Math.min(depth, 8)}` }, make("dt", {}, name), make("dd", {}, value))));

/** What an entry says. */
function contentElements(bytes, row, texts) {
  const blocks = contentOf(bytes, row.meta.media);
  if (!blocks) return [make("p", {}, texts.say("not-text", tame(row.meta.media), bytes.length)), fileButton(bytes, row, texts)];
  const shown = blocks.flatMap((block) => [
    block.title === undefined ? make("h5", {}, texts.say(block.heading)) : block.title && make("h5", {}, block.title),
    block.rows ? fieldList(block.rows) : make("div", { class: "text" }, ...block.lines.map((line) => make("p", {}, line))),
    block.cut ? make("p", { class: "note" }, texts.say("cut-short")) : null,
  ]);
  return [...shown.filter(Boolean), fileButton(bytes, row, texts)];
}

/** One entry, closed. `view` is { rows, read, texts, stateOf, announce, number }. */
function entryElement(row, view) {
  const { read, texts, stateOf } = view, { title, date, type } = row.meta;
  const state = make("span", { class: "state", "data-id": row.id }, stateOf(row)), body = make("div", { class: "body" });
  const summary = make("summary", {}, make("span", { class: "title" }, tame(title) || "—"), " ",
    make("span", { class: "about" }, [tame(date) || texts.say("no-date"), tame(type)].join(" · "), " · ", state));
  const load = async () => {
    if (!element.open || body.firstChild) return;
    body.append(make("p", { role: "status" }, texts.say("loading")));
    try {
      const bytes = await read(row);
      body.replaceChildren(...contentElements(bytes, row, texts));
    } catch (error) {
      body.replaceChildren(make("p", { class: "warning", role: "alert" }, texts.error(error.code)));
    }
  };
  const element = make("details", { class: "entry", ontoggle: load }, summary, body);
  return element;
}

/** Entries as a list that grows on demand. */
export function entryList(rows, view) {
  const list = make("div", { class: "entries" });
  const more = (from) => {
    list.append(...rows.slice(from, from + AT_ONCE).map((row) => entryElement(row, view)));
    const left = rows.length - from - AT_ONCE;
    if (left <= 0) return;
    const button = make("button", { type: "button", onclick: () => {
      const last = list.lastElementChild.previousElementSibling;
      button.remove();
      more(from + AT_ONCE);
      last.nextElementSibling.querySelector("summary").focus();
    } }, view.texts.say("more-entries", Math.min(left, AT_ONCE)));
    list.append(button);
  };
  more(0);
  return list;
}

/** The newest first, what has no date last. */
const byDate = (a, b) => (a.meta.date === b.meta.date ? (a.meta.title < b.meta.title ? -1 : 1) : a.meta.date < b.meta.date ? 1 : -1);

/** A group of entries; a large one is filled when it is opened. */
function group(name, rows, view, open, note) {
  const fill = () => { if (box.open && !box.querySelector(".entries")) box.append(entryList(rows, view)); };
  const box = make("details", { class: "group", open, ontoggle: fill }, make("summary", {}, make("h3", {}, `${name} (${rows.length})`)),
    note ? make("p", { class: "note" }, note) : null);
  fill();
  return box;
}

/** The whole record by sections, the tray, and what is no longer in force. */
export function recordElements(view) {
  const { rows, texts } = view, live = rows.filter((row) => row.status === 0), groups = new Map();
  for (const row of live.filter((one) => one.meta.type !== "tray")) {
    const { name, order } = groupOf(row, texts);
    const key = name;
    if (!groups.has(key)) groups.set(key, { name, order, rows: [] });
    groups.get(key).rows.push(row);
  }
  const ordered = [...groups.values()].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const tray = live.filter((row) => row.meta.type === "tray"), former = rows.filter((row) => row.status !== 0);
  return [
    tray.length ? group(texts.say("tray"), tray.sort(byDate), view, true, texts.say("tray-note")) : null,
    ...ordered.map(({ name, rows: found }) => group(name, found.sort(byDate), view, found.length <= AT_ONCE && ordered.length < 40)),
    former.length ? group(texts.say("former"), former.sort(byDate), view, false) : null,
  ].filter(Boolean);
}

/** Searches titles, and texts of a moderate size; `progress` is told how far it is. Gives rows. */
export async function search(typed, { rows, read }, progress) {
  const wanted = folded(typed).split(/\s+/).filter(Boolean), found = [];
  const holds = (text) => { const low = folded(text); return wanted.every((word) => low.includes(word)); };
  for (const [at, row] of rows.entries()) {
    if (at % 50 === 0) await progress(at, rows.length);
    const { title, type, date, media } = row.meta;
    if (holds([title, type, date].join(" "))) found.push(row);
    else if (isTextual(media) && row.size <= Math.min(SEARCHED, MAX_SHOWN)) {
      const bytes = await read(row).catch(() => null);
      if (bytes && holds(`${title}\n${searchable(bytes, media)}`)) found.push(row);
    }
  }
  return found;
}

/** The search form over a record. */
export function searchElement(view) {
  const { texts, announce } = view;
  const field = make("input", { type: "search", id: `q${view.number}`, autocomplete: "off", spellcheck: "false" }), results = make("div", { class: "results" });
  const run = async (event) => {
    event.preventDefault();
    results.replaceChildren();
    if (!field.value.trim()) return;
    const found = await search(field.value, view, (at, of) => { announce(texts.say("searching", at, of)); return new Promise((next) => setTimeout(next)); });
    announce(texts.say("found", found.length));
    results.append(region(3, `${texts.say("results")} (${found.length})`, {}, entryList(found, view)));
  };
  return make("form", { role: "search", onsubmit: run }, make("label", { for: `q${view.number}` }, texts.say("search")), field,
    make("button", {}, texts.say("search-go")), results);
}
