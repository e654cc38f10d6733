// The page: a file and words in, the record on the screen. Nothing is stored and nothing leaves.
import { checksElement, stateWords } from "./checks.mjs";
import { dayOf } from "./dates.mjs";
import { byId, make, region } from "./dom.mjs";
import { layOut, tame } from "./emergency.mjs";
import { recordElements, searchElement } from "./entries.mjs";
import { LANGUAGES } from "./languages.mjs";
import { Reader } from "./reader.mjs";
import { sheetElement } from "./sheet.mjs";
import { loadTexts } from "./texts.mjs";

/* global PACKED_TEXTS, PACKED_WORKER */ // put in by build.mjs

const reader = new Reader(PACKED_WORKER);
globalThis.baladeurReader = reader; // for whoever checks this reader against the vectors of the format
let texts = null;
let shown = null; // what the reader opened: { records, older }

const announce = (words) => { byId("status").textContent = words; };
function complain(words) {
  byId("alert").textContent = words;
  byId("alert").hidden = !words;
}

/** Puts the fixed words of the page in the language chosen. */
function translate() {
  document.documentElement.lang = texts.lang;
  document.title = texts.say("title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = texts.say(element.dataset.say);
  byId("labels-only").hidden = ["fr", "en"].includes(texts.lang);
}

/** The emergency page of an open file. */
function emergencyElement(one) {
  const { page, whole } = one, has = (name) => one.findings.includes(name), day = dayOf(new Date());
  if (!page) {
    const words = one.summaryError ? texts.error(one.summaryError) : texts.say("e-absent");
    return region(2, texts.say("emergency"), { class: "sheet" }, make("p", { class: one.summaryError ? "warning" : "" }, words));
  }
  const laid = layOut(texts.emergency, page.parts, page.declared, { lang: texts.lang, day, signature: page.signature, fictional: one.demo,
    older: has("older-summary") || has("older-commit-shown"), withdrawn: page.withdrawn, pending: one.tray });
  const notes = [texts.say(whole ? "not-compared" : "e-newer"), one.demo && texts.say("demonstration")].filter(Boolean);
  return sheetElement(laid, texts, { title: texts.say("emergency"), notes,
    stamp: whole ? texts.say("sheet", one.number, day) : texts.say("sheet-emergency", day) });
}

/** The findings of an open file. */
function findingsElement(one) {
  const found = texts.findings(one.findings);
  if (found.length === 0) return null;
  const grave = found.some(({ weight }) => weight === "missing" || weight === "tampered");
  return region(2, texts.say("findings"), { class: `findings${grave ? " grave" : ""}` },
    make("ul", {}, ...found.map(({ text, weight }) => make("li", { class: `w-${weight}` }, text))));
}

/** The history with its signatures, asked for once. */
async function loadHistory(one) {
  if (one.history) return;
  const history = await reader.ask("history", { record: one.record });
  one.findings = history.findings;
  one.history = Object.assign(history, { bySeq: new Map(history.entries.map((entry) => [entry.seq, entry])) });
}

/** The entries, the search and the checks of an open record, as they come in. */
async function fill(one, contents, checks, findings) {
  const { record } = one, ask = (task) => ({ id }) => reader.ask(task, { record, id });
  const stateOf = (row) => (one.history ? stateWords(row, one.history, texts) : "");
  try {
    one.rows ??= await reader.ask("items", { record });
    const view = { rows: one.rows, read: ask("item"), check: ask("check"), texts, announce, stateOf, number: record, subtle: shown?.subtle };
    contents.replaceChildren(region(2, texts.say("contents"), { class: "contents" }, searchElement(view), ...recordElements(view)));
    await loadHistory(one);
    checks.replaceChildren(checksElement(view, one.history));
    findings.replaceChildren(...[findingsElement(one)].filter(Boolean));
    const rows = new Map(one.rows.map((row) => [row.id, row]));
    for (const state of contents.querySelectorAll(".state")) state.textContent = stateOf(rows.get(state.dataset.id));
    document.documentElement.dataset.checked = record; // tests wait for it
  } catch (error) {
    if (error.code !== "closed") checks.replaceChildren(make("p", { class: "warning" }, texts.error(error.code)));
  }
}

/** All of one open file. */
function recordElement(one, many) {
  const box = make("div", { class: "record" });
  if (many) box.append(make("p", { class: "which" }, `${texts.say("record")} ${one.record + 1} : ${texts.say("file-named", tame(one.name))}`));
  const findings = make("div", {}, findingsElement(one)), contents = make("div", {}), checks = make("div", {});
  box.append(findings, emergencyElement(one));
  if (!one.whole) return box;
  checks.append(make("p", {}, texts.say("checking")));
  box.append(contents, checks);
  fill(one, contents, checks, findings);
  return box;
}

/** Shows what is open, in the language chosen. */
function render() {
  translate();
  const result = byId("result");
  result.replaceChildren();
  byId("tools").hidden = !shown;
  byId("lead").hidden = Boolean(shown);
  byId("open").hidden = Boolean(shown); // what can kill belongs on the first screen
  if (!shown) return;
  const { records, older } = shown;
  for (const name of older) result.append(make("p", { class: "note" }, texts.say("older-copy", tame(name))));
  for (const one of records) result.append(recordElement(one, records.length > 1));
}

/** Forgets what is open, and with the worker all keys. */
function close() {
  reader.close();
  shown = null;
  byId("form").reset();
  complain("");
  render();
}

/** What is said when nothing opened. */
function failure(failed) {
  if (failed.length === 1) return texts.error(failed[0].error);
  return failed.map(({ name, error }) => texts.say("not-opened", tame(name), texts.error(error))).join("\n");
}

/** The form: opens what was picked with what was typed. */
async function open(event) {
  event.preventDefault();
  const files = [...byId("file").files], typed = byId("secret").value;
  complain("");
  if (files.length === 0 || !typed.trim()) return complain(texts.say(files.length ? "need-secret" : "need-file"));
  byId("go").disabled = true;
  announce(texts.say("deriving"));
  try {
    const progress = (at) => { if (files.length > 1) announce(texts.say("deriving-n", at, files.length)); };
    const found = await reader.open(files, { typed, words: texts.words.split(" "), script: location.hash === "#sans-subtle" }, progress);
    const [first] = found.records;
    shown = first ? found : null;
    render();
    if (!first) {
      announce(texts.say("ready"));
      return complain(failure(found.failed));
    }
    byId("secret").value = "";
    announce(first.whole ? texts.say("opened", first.number) : texts.say("opened-emergency"));
    const heading = byId("result").querySelector("h2");
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  } catch (error) {
    if (error.code === "closed") return;
    announce(texts.say("ready"));
    complain(texts.error(error.code));
  } finally { byId("go").disabled = false; }
}

/** Starts the page. */
async function start() {
  if (typeof DecompressionStream === "undefined") return complain(byId("too-old").textContent);
  texts = await loadTexts(PACKED_TEXTS);
  const asked = (navigator.language ?? "fr").slice(0, 2).toLowerCase(), choice = byId("lang");
  texts.lang = asked in LANGUAGES ? asked : /^[a-z]{2}$/.test(asked) ? "en" : "fr"; // as the command line does
  for (const [code, name] of Object.entries(LANGUAGES)) choice.append(make("option", { value: code, lang: code, selected: code === texts.lang }, name));
  choice.addEventListener("change", () => { texts.lang = choice.value; render(); announce(texts.say(shown ? "emergency" : "ready")); });
  byId("visible").addEventListener("change", (event) => { byId("secret").type = event.target.checked ? "text" : "password"; });
  byId("form").addEventListener("submit", open);
  byId("close").addEventListener("click", () => { close(); announce(texts.say("closed")); byId("file").focus(); });
  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("pagehide", close);
  translate();
  announce(texts.say("ready"));
  document.documentElement.dataset.ready = "yes"; // tests wait for it
  globalThis.baladeurReady = performance.now();
}

start();
