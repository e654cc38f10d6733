// What was checked, and how far, in words: history, signatures, entries.
import { make, region } from "./dom.mjs";
import { tame } from "./emergency.mjs";

/** What is known of an entry of the record once the history was checked: words. */
export function stateWords(row, history, texts) {
  const commit = history.bySeq.get(history.broughtBy.get(row.id));
  const status = { 1: "status-replaced", 2: "status-withdrawn" }[row.status], words = [];
  if (!commit) words.push(texts.say("state-unknown"));
  else if (commit.verdict !== "ok") words.push(texts.say(`verdict-${commit.verdict}`));
  else if (commit.role === "holder") words.push(texts.say(row.meta.type === "tray" ? "tray" : "state-declared"));
  else words.push(texts.say(`state-${commit.signature?.verdict ?? "failed"}`, tame(commit.signature?.holder ?? "")));
  const newest = history.entries.at(-1)?.subject;
  if (commit?.role === "professional" && commit.subject !== newest) words.push(texts.say("for-other"));
  if (status) words.push(texts.say(status));
  return words.join(", ");
}

/** The operations of a commit in words. */
function operations(ops, texts) {
  const counts = new Map();
  for (const op of ops) {
    const name = op?.op === "secrets" ? `op-secrets:${op.what}` : `op-${op?.op}`, words = texts.say(name);
    const known = words === name ? texts.say("op-other") : words;
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...counts].map(([words, n]) => (n > 1 ? `${words} ×${n}` : words)).join(", ");
}

/** One commit of the history as a list item. */
function commitItem(entry, firstSeq, texts) {
  const { verdict = "failed", holder = "" } = entry.signature ?? {}; // the words of a verdict without a trusted name have no place for one
  const who = entry.role === "holder" ? texts.say("by-holder") : texts.say(`state-${verdict}`, tame(holder));
  return make("li", {}, [texts.say("version", entry.seq - firstSeq), tame(entry.utc), who, operations(entry.ops, texts),
    texts.say(`verdict-${entry.verdict}`)].filter(Boolean).join(" · "));
}

/** The counts of signatures in words. */
function signatureWords(entries, texts) {
  const judged = entries.map((entry) => entry.signature).filter(Boolean);
  const count = (test) => judged.filter(test).length;
  return texts.say("check-signatures", judged.length, count((s) => s.verdict === "demonstration"),
    count((s) => s.verdict === "passed-offline"), count((s) => s.verdict === "not-checked" && s.holds),
    count((s) => s.verdict === "failed"), count((s) => s.verdict === "not-checked" && s.holds === null));
}

/** A button that reads every entry back and says how many are damaged. */
function rereadButton(view) {
  const { rows, check, texts, announce } = view, said = make("p", {});
  const run = async () => {
    button.disabled = true;
    let bad = 0;
    for (const [at, row] of rows.entries()) {
      if (at % 20 === 0) { announce(texts.say("checking-entries", at, rows.length)); await new Promise((next) => setTimeout(next)); }
      await check(row).catch(() => { bad++; });
    }
    said.textContent = texts.say("checked-entries", rows.length, bad);
    announce(said.textContent);
    button.disabled = false;
  };
  const button = make("button", { type: "button", onclick: run }, texts.say("check-entries"));
  return make("div", {}, button, said);
}

/** The part of the page about the checks of a record. */
export function checksElement(view, history) {
  const { texts } = view, [{ seq: firstSeq }] = history.entries, sound = history.entries.filter((entry) => entry.verdict === "ok").length;
  const commits = make("details", { class: "group" }, make("summary", {}, make("h3", {}, `${texts.say("history")} (${history.entries.length})`)),
    make("ol", { class: "history" }, ...history.entries.slice(-1000).reverse().map((entry) => commitItem(entry, firstSeq, texts))));
  return region(2, texts.say("checks"), { class: "checks" }, make("ul", {},
    make("li", {}, texts.say("check-file")), make("li", {}, texts.say("check-emergency")),
    make("li", {}, texts.say("check-history", history.entries.length, sound)),
    make("li", {}, signatureWords(history.entries, texts)),
    view.subtle ? null : make("li", {}, texts.say("check-script")), make("li", {}, texts.say("check-limit"))),
  rereadButton(view), commits);
}
