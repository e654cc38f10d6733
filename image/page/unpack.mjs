// What build.mjs packs: deflated and written in 85 characters, five for four bytes, so that the page stays small.

/** The characters, none of which HTML or a string in quotes takes amiss. */
export const DIGITS = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter((char) => !"$&'<\\`~".includes(char)).join("");

/** The bytes that 85 characters stand for: the last n + 1 characters are n bytes. */
export function decode85(packed) {
  const values = new Uint8Array(128).fill(84), bytes = new Uint8Array(Math.floor(packed.length * 4 / 5));
  for (let i = 0; i < 85; i++) values[DIGITS.charCodeAt(i)] = i;
  for (let at = 0, to = 0; at < packed.length; at += 5, to += 4) {
    let value = 0;
    for (let i = 0; i < 5; i++) value = value * 85 + (at + i < packed.length ? values[packed.charCodeAt(at + i)] : 84);
    for (let i = 0; i < 4 && to + i < bytes.length; i++) bytes[to + i] = value / 256 ** (3 - i) & 255;
  }
  return bytes;
}

/** The bytes of a packed text. */
export async function unpack(packed) {
  const stream = new Blob([decode85(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
