// DER, taken apart by @lapo/asn1js and held to its rules: what is not DER is refused.
import { ASN1 } from "@lapo/asn1js";
import { CoffreError } from "./primitives.mjs";

export const [INTEGER, BITS, OCTETS, OBJECT, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x06, 0x30, 0x31];

export const refuse = (why) => { throw new CoffreError("CmsMalformed", why); };
export const need = (holds, why) => holds || refuse(why);

/** One DER value: its tag byte, its bytes with and without their head, and what stands in it. */
class Value {
  constructor(bytes, node) {
    const from = node.posStart(), content = node.posContent(), end = node.posEnd();
    Object.assign(this, { node, source: bytes, tag: bytes[from], whole: bytes.subarray(from, end), content: bytes.subarray(content, end) });
    const { length } = this.content, wide = length < 128 ? 0 : Math.ceil(length.toString(16).length / 2);
    need(content - from === 2 + wide && bytes[from + 1] === (wide ? 0x80 | wide : length), "not DER");
  }
  is(tag, why) { return need(this.tag === tag, why) && this; }
  get parts() { return (this.node.sub ?? []).map((node) => new Value(this.source, node)); }
  get oid() { return this.is(OBJECT, "no object identifier").node.content().split("\n")[0]; }
}

/** The one DER value that bytes are. */
export function decode(bytes) {
  let node;
  try { node = ASN1.decode(bytes); } catch { refuse("not ASN.1"); }
  return node.posEnd() === bytes.length ? new Value(bytes, node) : refuse("bytes after the end");
}
