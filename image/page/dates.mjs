// FHIR dates, partial dates and ages in words (schemas/emergency-page.md section 4). A day is "YYYY-MM-DD".
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}.*)?)?)?$/;

const two = (number) => String(number).padStart(2, "0");
const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const instant = (day) => Date.parse(`${day}T00:00:00Z`);

/** The day of a Date in this computer's own time. */
export const dayOf = (now) => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

/** The day so many days after a day. */
export const daysAfter = (day, days) => new Date(instant(day) + days * 86400000).toISOString().slice(0, 10);

/** Year, month and day of a date as written, what is left out undefined; null if it is no date. */
function fieldsOf(text) {
  const [, ...parts] = DATE.exec(typeof text === "string" ? text : "") ?? [];
  const [year, month, day] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  if (!year || (month !== undefined && (month < 1 || month > 12))) return null;
  return day !== undefined && (day < 1 || day > lastDay(year, month)) ? null : { year, month, day };
}

/** The first and the last day that a date can mean, and whether it names a day; null if it is no date. */
export function spanOf(text) {
  const fields = fieldsOf(text);
  if (!fields) return null;
  const { year, month, day } = fields, start = String(year).padStart(4, "0");
  return { first: `${start}-${two(month ?? 1)}-${two(day ?? 1)}`, whole: day !== undefined,
    last: `${start}-${two(month ?? 12)}-${two(day ?? lastDay(year, month ?? 12))}` };
}

/** A date in words; what is no date stays as it is written. */
export function dateWords(text, lang, table) {
  const fields = fieldsOf(text);
  if (!fields) return String(text);
  const { year, month, day } = fields;
  const words = [day && two(day) + (lang === "de" ? "." : ""), month && table.months[lang][month - 1], text.slice(0, 4)];
  return words.filter(Boolean).join(" ");
}

/** Whole months from one day to a later one. */
function monthsBetween(from, to) {
  const [y1, m1, d1] = from.split("-").map(Number), [y2, m2, d2] = to.split("-").map(Number);
  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0);
}

/** An age as { unit, count }. */
function ageOf(birth, today) {
  const months = monthsBetween(birth, today);
  if (months >= 24) return { unit: "years", count: Math.floor(months / 12) };
  return months >= 1 ? { unit: "months", count: months } : { unit: "days", count: Math.round((instant(today) - instant(birth)) / 86400000) };
}

/** The age of what began at a date, in words; "" if it is no date or not yet. */
export function ageWords(text, today, lang, table) {
  const span = spanOf(text), units = table.ages[lang];
  if (!span || span.first > today) return "";
  const unit = ({ unit: name, count }) => units[name][count === 1 || (lang === "fr" && count < 2) ? 0 : 1];
  const young = ageOf(span.last > today ? today : span.last, today), old = ageOf(span.first, today);
  if (young.unit === old.unit && young.count === old.count) return `${old.count} ${unit(old)}`;
  const low = young.unit === old.unit ? String(young.count) : `${young.count} ${unit(young)}`;
  return units.range.replace("{}", low).replace("{}", `${old.count} ${unit(old)}`);
}

/** Whether somebody born at a date is not surely of age; false where nothing is known. */
export function isMinor(birth, today) {
  const span = spanOf(birth);
  if (!span) return false;
  const [year, rest] = [Number(span.last.slice(0, 4)) + 18, span.last.slice(4)];
  const birthday = rest === "-02-29" && lastDay(year, 2) === 28 ? `${year}-03-01` : year + rest;
  return today < birthday;
}
