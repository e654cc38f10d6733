// Who issued a real card, as far as a browser can tell: the one official authority, known by the hash of its certificate.
// No path is built and no revocation is known. Whatever is not exactly so is not judged here.
import { SEQUENCE } from "./der.mjs";
import { equal, hex, sha256 } from "./primitives.mjs";

const KEY_USAGE = "2.5.29.15", CARD = "1.2.250.1.71.1.2."; // IGC-Santé: 2 type of card, 5 product, 7 profession
const DOCTOR = "02010a", CPS = "020100", PRODUCT = "040100", BINDS = "03020640"; // nonRepudiation and nothing else

/** A time of a certificate or attribute as 14 digits, or nothing. */
function digits({ tag, content }) {
  const found = /^(\d{2}|\d{4})(\d{10})Z$/.exec(String.fromCharCode(...content)), [, year, rest] = found ?? [];
  if (!found || year.length !== (tag === 0x17 ? 2 : 4)) return "";
  return (year.length === 4 ? year : (year < "50" ? "20" : "19") + year) + rest;
}

/** The values of all extensions in hex, by identifier; one that is there twice has none. */
function extensionsOf({ extensions }) {
  const found = new Map();
  for (const { parts } of extensions?.parts[0].is(SEQUENCE, "no extensions").parts ?? [])
    found.set(parts[0].oid, found.has(parts[0].oid) ? "" : hex(parts.at(-1).content));
  return found;
}

/** Whether a moment is within the dates of a certificate. */
const valid = ({ validity: { parts: [from, to] } }, moment) => digits(from) !== "" && digits(from) <= moment && moment <= digits(to);

/**
 * The holder's name in words, if the signer's certificate is that of a CPS issued by the authority (SHA-256 of its certificate),
 * valid when it says that it signed; else an empty string. `signedBy` checks the issuer's signature.
 */
export async function issuedOfficially(certificate, others, { authority, moment, names, signedBy }) {
  const hashes = await Promise.all(others.map(({ der }) => sha256(der))), issuer = others[hashes.findIndex((hash) => hex(hash) === authority)];
  const when = digits(moment), says = extensionsOf(certificate), { title = "", given = "", surname, common } = names;
  if (!issuer || !equal(issuer.subject.whole, certificate.issuer) || !when || !valid(certificate, when) || !valid(issuer, when)) return "";
  if (says.get(`${CARD}2`) !== CPS || says.get(`${CARD}5`) !== PRODUCT || says.get(KEY_USAGE) !== BINDS || !surname || !common) return "";
  if (!await signedBy(certificate, issuer)) return "";
  const name = `${given} ${surname}`.trim();
  if (says.get(`${CARD}7`) === DOCTOR) return `Dr ${name}`;
  return title ? `${name}, ${title.toLowerCase()}` : name;
}
