// The signature of a statement: CMS, CAdES B-B (schemas/container.md section 10). DER is taken apart by @lapo/asn1js.
import { issuedOfficially } from "./authority.mjs";
import { verifySignature } from "./crypto.mjs";
import { BITS, decode, INTEGER, need, OBJECT, OCTETS, refuse, SEQUENCE, SET } from "./der.mjs";
import { CoffreError, equal, hex, sha256, utf8 } from "./primitives.mjs";

const OID = {
  data: "1.2.840.113549.1.7.1", signedData: "1.2.840.113549.1.7.2", sha256: "2.16.840.1.101.3.4.2.1",
  contentType: "1.2.840.113549.1.9.3", messageDigest: "1.2.840.113549.1.9.4", signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.47", rsa: "1.2.840.113549.1.1.1", rsaSha256: "1.2.840.113549.1.1.11",
  ec: "1.2.840.10045.2.1", p256: "1.2.840.10045.3.1.7", ecdsaSha256: "1.2.840.10045.4.3.2",
};
const NAMES = { "2.5.4.3": "common", "2.5.4.4": "surname", "2.5.4.42": "given", "2.5.4.12": "title" };
const MAX_CERTIFICATES = 5;
/** The algorithm named by an AlgorithmIdentifier. */
const algorithm = (value) => value.is(SEQUENCE, "no algorithm").parts[0].oid;

/** What is wanted of a certificate (RFC 5280). */
function certificateOf(value) {
  const fields = value.is(SEQUENCE, "no certificate").parts[0].is(SEQUENCE, "no certificate").parts;
  const [serial, , issuer, validity, subject, key, ...more] = fields[0].tag === 0xa0 ? fields.slice(1) : fields;
  return { der: value.whole, parts: value.parts, serial: serial.is(INTEGER, "no serial").whole, issuer: issuer.whole, validity, subject,
    key: key.is(SEQUENCE, "no key"), extensions: more.find((one) => one.tag === 0xa3) };
}

/** The names in a subject, by kind. */
function namesOf(subject) {
  const names = {};
  for (const relative of subject.parts) for (const pair of relative.parts) {
    const [kind, value] = pair.parts;
    if (kind && value && NAMES[kind.oid]) names[NAMES[kind.oid]] ??= new TextDecoder().decode(value.content);
  }
  return names;
}

/** Who a certificate says that its holder is. */
function holderOf({ title, given, surname, common }) {
  const name = [given, surname].filter(Boolean).join(" ") || common || "";
  return title === "Médecin" && name ? `Dr ${name}` : name;
}

/** The signed attributes that must be there, each once, by their identifier. */
function attributesOf(value) {
  const found = new Map();
  for (const attribute of value.parts) {
    const [kind, values] = attribute.is(SEQUENCE, "no attribute").parts;
    need(!found.has(kind.oid) || !Object.values(OID).includes(kind.oid), "an attribute twice");
    found.set(kind.oid, values.is(SET, "no values").parts);
  }
  return (oid) => (found.get(oid)?.length === 1 ? found.get(oid)[0] : refuse("an attribute is missing"));
}

/** Whether signing-certificate-v2 names the certificate. */
async function namesCertificate(value, certificate) {
  const id = value.parts[0]?.parts[0], parts = id?.parts ?? [];
  if (parts[0]?.tag === SEQUENCE && parts[0].parts[0]?.tag === OBJECT) need(algorithm(parts.shift()) === OID.sha256, "another hash");
  const [hash, issuerSerial] = parts;
  need(hash?.tag === OCTETS && equal(hash.content, await sha256(certificate.der)), "another certificate");
  if (!issuerSerial) return;
  const [names, serial] = issuerSerial.parts, general = names?.parts ?? [];
  need(general.length === 1 && general[0].tag === 0xa4 && equal(general[0].content, certificate.issuer)
    && serial && equal(serial.whole, certificate.serial), "another issuer or serial");
}

/** `rsa` or `ecdsa`, if the key is one of those that section 10 allows. */
function kindOfKey(key) {
  const [{ parts: [name, curve] }, bits] = key.parts;
  if (name.oid === OID.ec) return need(curve?.oid === OID.p256, "another curve") && "ecdsa";
  need(name.oid === OID.rsa && bits.tag === BITS, "another kind of key");
  const [modulus, exponent] = decode(bits.content.subarray(1)).parts, digits = hex(modulus.content).replace(/^0+/, "");
  const length = digits.length * 4 - (Math.clz32(parseInt(digits[0], 16)) - 28);
  return need(length >= 2048 && length <= 4096 && hex(exponent.content) === "010001", "another size of key") && "rsa";
}

/** An ECDSA signature as WebCrypto wants it: r ‖ s, 32 bytes each. */
function plainEcdsa(der) {
  const out = new Uint8Array(64);
  decode(der).is(SEQUENCE, "no signature").parts.forEach((value, i) => {
    const digits = value.is(INTEGER, "no signature").content, from = digits.length > 32 && digits[0] === 0 ? 1 : 0;
    need(i < 2 && digits.length - from <= 32, "a signature of another length");
    out.set(digits.subarray(from), 32 * (i + 1) - (digits.length - from));
  });
  return out;
}

/** The SignerInfo and the certificates of a CMS, its frame checked. */
function openCms(bytes) {
  const [type, wrapped] = decode(bytes).is(SEQUENCE, "no CMS").parts;
  need(type?.oid === OID.signedData && wrapped?.tag === 0xa0, "no signed data");
  const fields = wrapped.parts[0].is(SEQUENCE, "no signed data").parts, encapsulated = fields[2].parts;
  const [version, digests] = fields;
  need(version.tag === INTEGER && hex(version.content) === "01" && digests.tag === SET, "another version");
  need(digests.parts.length === 1 && algorithm(digests.parts[0]) === OID.sha256, "another hash");
  need(encapsulated.length === 1 && encapsulated[0].oid === OID.data, "content inside");
  const certificates = fields.slice(3).find((value) => value.tag === 0xa0)?.parts ?? [];
  const signers = fields.at(-1).is(SET, "no signers").parts;
  need(signers.length === 1, "not one signer");
  need(certificates.length <= MAX_CERTIFICATES, "too many certificates");
  return { signer: signers[0].is(SEQUENCE, "no signer").parts, certificates: certificates.map(certificateOf) };
}

/** Whether a key of a certificate made a signature over bytes; null: the browser cannot tell. */
const verify = (kind, key, value, bytes) => verifySignature(kind, key.whole, kind === "rsa" ? value : plainEcdsa(value), bytes);

/** Whether one certificate was signed with the key of another. */
async function signedBy({ parts: [content, signing, { content: bits }] }, { key }) {
  const kind = kindOfKey(key), wanted = kind === "rsa" ? OID.rsaSha256 : OID.ecdsaSha256;
  return algorithm(signing) === wanted && bits[0] === 0 && await verify(kind, key, bits.subarray(1), content.whole) === true;
}

/** What a CMS says over an outer: { holds (null: the browser cannot tell), holder, fingerprint, official }. */
async function readCms(outerBytes, bytes, authority) {
  const { signer: [version, identifier, digest, attributes, signing, signature], certificates } = openCms(bytes);
  need(version.tag === INTEGER && hex(version.content) === "01" && algorithm(digest) === OID.sha256, "another version or hash");
  const [issuer, serial] = identifier.is(SEQUENCE, "no issuer").parts;
  const certificate = certificates.find((one) => equal(one.issuer, issuer.whole) && equal(one.serial, serial.whole));
  need(certificate, "the certificate is not there");
  need(attributes?.tag === 0xa0, "no signed attributes");
  const attribute = attributesOf(attributes);
  need(attribute(OID.contentType).oid === OID.data && attribute(OID.signingTime), "another content type");
  await namesCertificate(attribute(OID.signingCertificate), certificate);
  const digestOfContent = await sha256(utf8("BALADEUR-STATEMENT-1\n"), outerBytes);
  need(equal(attribute(OID.messageDigest).is(OCTETS, "no digest").content, digestOfContent), "another content");
  const kind = kindOfKey(certificate.key), name = algorithm(signing);
  need(kind === "rsa" ? [OID.rsa, OID.rsaSha256].includes(name) : name === OID.ecdsaSha256, "another algorithm");
  const value = signature.is(OCTETS, "no signature").content;
  const signed = Uint8Array.from(attributes.whole);
  signed[0] = SET; // RFC 5652 section 5.4: the attributes are signed as a SET OF
  const holds = await verify(kind, certificate.key, value, signed), names = namesOf(certificate.subject);
  const official = holds && await issuedOfficially(certificate, certificates, { authority, moment: attribute(OID.signingTime), names, signedBy }).catch(() => "");
  return { holds, holder: holderOf(names), official, fingerprint: hex(await sha256(certificate.der)) };
}

/**
 * Judges the signature of a statement: { verdict, holder }. `cards`: { demonstration, authority }, the SHA-256 of the demonstration
 * card's certificate and of the official authority that issues real cards. With a card of that authority the verdict is
 * `passed-offline`: no list of revoked cards is here. Any other real signature is at best `not-checked`, and `holds` says
 * whether its arithmetic is right.
 */
export async function judgeSignature(outerBytes, cms, demonstration, cards) {
  let found;
  try { found = await readCms(outerBytes, cms, cards.authority); } catch (error) {
    if (error instanceof CoffreError || error instanceof TypeError) return { verdict: "failed", holder: "", holds: false };
    throw error;
  }
  const known = found.fingerprint === cards.demonstration;
  if (found.holds === false || known !== demonstration) return { ...found, verdict: "failed" };
  if (found.official) return { ...found, verdict: "passed-offline", holder: found.official };
  return { ...found, verdict: known && found.holds ? "demonstration" : "not-checked" };
}
