// The primitives under the format: WebCrypto where it is offered, else the audited @noble packages in JavaScript.
// A browser withholds `crypto.subtle` where it does not trust the place that a page came from.
import { gcm } from "@noble/ciphers/aes.js";
import { hmac as hmacOf } from "@noble/hashes/hmac.js";
import { sha256 as sha256Of, sha512 } from "@noble/hashes/sha2.js";

const SMALL = 16384; // below this a call into the browser's own code costs more than it saves
const HASHES = { "SHA-256": sha256Of, "SHA-512": sha512 };
let subtle = globalThis.crypto?.subtle;

/** Whether the browser's own cryptography is used. */
export const hasSubtle = () => subtle !== undefined;

/** Goes on without WebCrypto, as where a browser has none; for the tests. */
export function withoutSubtle() { subtle = undefined; }

/** SHA-256 of bytes. */
export async function sha256Bytes(bytes) {
  return subtle && bytes.length > SMALL ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : sha256Of(bytes);
}

/** HMAC with the named hash. */
export const hmacBytes = (hash, key, bytes) => hmacOf(HASHES[hash], key, bytes);

/** What opens AES-256-GCM: (iv, bytes with tag) -> bytes, or null if they are not authentic. */
export async function gcmOpener(key) {
  if (!subtle) {
    return async (iv, sealed) => {
      try { return gcm(key, iv).decrypt(sealed); } catch { return null; }
    };
  }
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return (iv, sealed) => subtle.decrypt({ name: "AES-GCM", iv }, imported, sealed).then((plain) => new Uint8Array(plain), () => null);
}

const VERIFIERS = {
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  ecdsa: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
};

/** Whether a signature over bytes holds; null where the browser cannot tell. `spki` is DER, an ECDSA signature r ‖ s. */
export async function verifySignature(kind, spki, signature, bytes) {
  if (!subtle) return null;
  const algorithm = VERIFIERS[kind];
  try {
    return await subtle.verify(algorithm, await subtle.importKey("spki", spki, algorithm, false, ["verify"]), signature, bytes);
  } catch { return false; }
}
