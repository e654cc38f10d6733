"""Virtual cards on the vpcd reader of pcscd: no hardware, no kernel module. For tests: the keys lie in clear files.

    python -m tests.card.virtual.card KIND FOLDER [--pin 2468] [--tries 3] [--serial N] [--delay S] [--log FILE]

KIND: `iso`, a CPS3's files behind the IsoApplet identity, which stock OpenSC drives whole; `cps`, with a CPS3's answer
to reset and IAS-ECC commands, whose signature key OpenSC cannot use; `vitale` and `other`, an answer to reset and no
more. FOLDER holds sign.der, sign.key, auth.der, auth.key. To connect is to insert the card; to be killed, to be pulled.
Sources: ISO/IEC 7816-4 and -8; the vpcd protocol (2 bytes of length, then the message; one byte is a command).
"""

import argparse
import socket
import struct
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from tests.card.virtual.files import (
    AID,
    AUTH_REFERENCE,
    HOME,
    PIN_REFERENCE,
    ROOT,
    SIGN_REFERENCE,
    every,
    first,
    tlv,
    tree,
)

OK, NO_FILE, NO_DATA, WRONG_DATA, NO_COMMAND = (bytes.fromhex(h) for h in ("9000", "6A82", "6A88", "6A80", "6D00"))
NOT_NOW, NOT_ALLOWED, BLOCKED = (bytes.fromhex(h) for h in ("6986", "6982", "6983"))
SHA1, SHA256 = (bytes.fromhex(h) for h in ("3021300906052B0E03021A05000414", "3031300D060960864801650304020105000420"))
ISO_AID = bytes.fromhex("F276A288BCFBA69D34F31001")
PORT = 0x8C7B


class Key:
    """A private key as a card uses it: the bare RSA operation."""

    def __init__(self, folder: Path, name: str) -> None:
        self.certificate = (folder / f"{name}.der").read_bytes()
        loaded = load_der_private_key((folder / f"{name}.key").read_bytes(), None)
        assert isinstance(loaded, rsa.RSAPrivateKey)
        self._numbers = loaded.private_numbers()
        self.size = loaded.key_size // 8

    def padded(self, message: bytes) -> bytes:
        """PKCS#1 v1.5 block type 1, then the private operation."""
        block = b"\0\1" + b"\xff" * (self.size - 3 - len(message)) + b"\0" + message
        n = self._numbers
        return pow(int.from_bytes(block, "big"), n.d, n.public_numbers.n).to_bytes(self.size, "big")


class Blank:
    """A card that answers to reset and to nothing else."""

    def __init__(self, atr: str) -> None:
        self.atr = bytes.fromhex(atr)

    def reset(self) -> None:
        """Nothing to forget."""

    def apdu(self, command: bytes) -> bytes:
        """No application."""
        return NO_FILE if command[1] == 0xA4 else NO_COMMAND


class Cps(Blank):
    """A CPS3: PIN with three tries, a signature key and an authentication key, IAS-ECC (T=0: data by GET RESPONSE)."""

    ATR = "3BAC00402A001225006480000310009000"

    def __init__(self, folder: Path, pin: str, tries: int, serial: str, delay: float) -> None:
        super().__init__(self.ATR)
        self.sign, self.auth = Key(folder, "sign"), Key(folder, "auth")
        self.files = tree(serial, self.sign.certificate, self.auth.certificate)
        self._pin, self._tries, self._left, self._delay = pin, tries, tries, delay
        self.home = HOME
        self.reset()

    def reset(self) -> None:
        """Power off and on: the PIN is forgotten, the tries are not."""
        self._verified, self._chain, self._rest = False, b"", b""
        self._at, self._environment = ROOT, dict[int, dict[int, bytes]]()

    def apdu(self, command: bytes) -> bytes:
        """One command, with chaining and GET RESPONSE."""
        cla, ins, p1, p2 = command[:4]
        data, expected = _body(command[4:])
        if ins == 0xC0:
            return self._chunk(self._rest, expected)
        if cla & 0x10:
            self._chain += data
            return OK
        data, self._chain = self._chain + data, b""
        answer, status = self._do(ins, p1, p2, data, expected)
        return self._answer(answer, expected, bool(data)) if status == OK else status

    def _answer(self, answer: bytes, expected: int, had_data: bool) -> bytes:
        if had_data and answer:  # T=0: a command that brought data takes none back at once
            self._rest = answer
            return bytes([0x61, min(len(answer), 256) & 0xFF])
        return self._chunk(answer, expected)

    def _chunk(self, data: bytes, expected: int) -> bytes:
        self._rest = data[expected:]
        return data[:expected] + (bytes([0x61, min(len(self._rest), 255)]) if self._rest else OK)

    def _do(self, ins: int, p1: int, p2: int, data: bytes, expected: int) -> tuple[bytes, bytes]:
        """The answer and the status of one command."""
        if ins == 0xA4:
            return self._select(p1, p2, data)
        if ins == 0xB0:
            body, offset = self.files.get(self._at), p1 << 8 | p2
            return (b"", NOT_NOW) if body is None else (body[offset : offset + expected], OK)
        if ins == 0x20:
            return b"", self._verify(data)
        if ins == 0xCB and data[:1] == b"\x4d":
            return self._about(data)
        if ins == 0x22:
            self._environment[p2] = every(data)
            return b"", OK
        if ins == 0x88 or (ins == 0x2A and (p1, p2) == (0x9E, 0x9A)):
            return self._signature(ins, data)
        return b"", NO_COMMAND

    def _find(self, p1: int, data: bytes) -> str | None:
        name = data.hex().upper()
        if p1 == 4:
            return self.home if data and AID.startswith(data) else None
        if name == ROOT:
            return ROOT
        folder = self._at if self.files.get(self._at, b"") is None else self._at[:-4]
        tries = {
            0: [name or ROOT, folder + name, ROOT + name],
            3: [folder[:-4] or ROOT],
            8: [name, ROOT + name],
            9: [name, folder + name],
        }.get(p1, [folder + name, ROOT + name])
        return next((t for t in tries if t in self.files), None)

    def _select(self, p1: int, p2: int, data: bytes) -> tuple[bytes, bytes]:
        found = self._find(p1, data)
        if found is None:
            return b"", NO_FILE
        self._at, body = found, self.files[found]
        if p2 & 0x0C == 0x0C:
            return b"", OK
        size = b"" if body is None else tlv(0x80, len(body).to_bytes(2, "big"))
        kind = tlv(0x82, b"\x38" if body is None else b"\x01")
        name = tlv(0x84, AID) if found == self.home else b""
        readable = tlv(0xA1, tlv(0x8C, b"\x01\x00"))
        return tlv(0x6F, size, kind, tlv(0x83, bytes.fromhex(found[-4:])), name, tlv(0x8A, b"\x05"), readable), OK

    def _verify(self, data: bytes) -> bytes:
        tries = bytes([0x63, 0xC0 | self._left])
        if not data:
            return OK if self._verified else tries if self._left else BLOCKED
        if not self._left:
            return BLOCKED
        if data.rstrip(b"\xff\x00").decode("latin-1") == self._pin:
            self._verified, self._left = True, self._tries
            return OK
        self._verified, self._left = False, self._left - 1
        return bytes([0x63, 0xC0 | self._left]) if self._left else BLOCKED

    def _about(self, data: bytes) -> tuple[bytes, bytes]:
        """GET DATA of the PIN or of a key, as an IAS-ECC driver asks for it."""
        tag, wanted, _ = first(first(first(data)[1])[1])
        kind, reference, part = tag >> 8 & 0x7F, tag & 0x3F, first(wanted)[0]
        if kind == 0x01 and reference == PIN_REFERENCE:
            rules = tlv(0xA1, tlv(0x8C, bytes.fromhex("F3000013FF00")))
            state = tlv(0xA0, tlv(0x9A, bytes([self._tries])), tlv(0x9B, bytes([self._left])), rules)
            found = state if part == 0xA0 else tlv(0x7F41, tlv(0x80, b"\4"), tlv(0x81, b"\4"))
        elif kind == 0x10 and reference in (1, 2):
            rule = bytes.fromhex("4300FF00" if reference == 1 else "330000FF00")
            size = tlv(0x80, b"\1\0")
            found = tlv(0xA0, tlv(0xA1, tlv(0x8C, rule)), size) if part == 0xA0 else tlv(0x7F48, tlv(0x80, b"\0"))
        else:
            return b"", NO_DATA
        return tlv(0x70, tlv(tag, found)), OK

    def _signature(self, ins: int, data: bytes) -> tuple[bytes, bytes]:
        """INTERNAL AUTHENTICATE; a signature by this card's signature key takes a PSO HASH that OpenSC cannot send."""
        if not self._verified:
            return b"", NOT_ALLOWED
        return (self.auth.padded(data), OK) if ins == 0x88 and data else (b"", WRONG_DATA)


class Iso(Cps):
    """The same files behind the IsoApplet identity: one application under 3F00/5015, both keys sign, T=1."""

    ATR = "3B8D80014350532D544553542D49534F0F"

    def __init__(self, folder: Path, pin: str, tries: int, serial: str, delay: float) -> None:
        super().__init__(folder, pin, tries, serial, delay)
        home, old = "3F005015", bytes.fromhex(HOME)
        moved = {(home + where[8:] if where.startswith(HOME) else where): body for where, body in self.files.items()}
        self.files = {where: body and body.replace(old, bytes.fromhex(home)) for where, body in moved.items()}
        self.files["3F002F00"] = tlv(0x61, tlv(0x4F, b"\xa0\0\0\0\x63PKCS-15"), tlv(0x51, bytes.fromhex(home)))
        info = bytes.fromhex("020100") + tlv(4, bytes.fromhex(serial)) + tlv(12, b"TEST")
        label = tlv(0x80, b"CPS3-" + serial.encode())
        self.files[home + "5032"] = tlv(0x30, info, label, bytes.fromhex("03020560"))
        self.home = home

    def _answer(self, answer: bytes, expected: int, had_data: bool) -> bytes:
        return self._chunk(answer, expected)

    def _select(self, p1: int, p2: int, data: bytes) -> tuple[bytes, bytes]:
        if p1 == 4:
            return (bytes.fromhex("000600"), OK) if data == ISO_AID else (b"", NO_FILE)
        return super()._select(p1, p2, data)

    def _signature(self, ins: int, data: bytes) -> tuple[bytes, bytes]:
        reference = self._environment.get(0xB6, {}).get(0x84, b"\0")[-1]
        key = {SIGN_REFERENCE: self.sign, AUTH_REFERENCE: self.auth}.get(reference)
        if not self._verified or key is None:
            return b"", NOT_ALLOWED
        if key is self.sign and data[:-20] != SHA1 and data[:-32] != SHA256:
            return b"", WRONG_DATA  # a CPS3 signs these two digests and nothing else
        time.sleep(self._delay)
        return key.padded(data), OK


def _body(rest: bytes) -> tuple[bytes, int]:
    """Data and expected length of a command after its four bytes (ISO/IEC 7816-3 §12.1), short or extended."""
    if not rest:
        return b"", 256
    if len(rest) == 1:
        return b"", rest[0] or 256
    if rest[0]:
        data, tail = rest[1 : 1 + rest[0]], rest[1 + rest[0] :]
        return data, (tail[0] or 256) if tail else 256
    length = int.from_bytes(rest[1:3], "big")
    if len(rest) == 3:
        return b"", length or 65536
    tail = rest[3 + length :]
    return rest[3 : 3 + length], (int.from_bytes(tail, "big") or 65536) if tail else 65536


def serve(card: Blank, port: int, log: Path | None) -> None:
    """Insert the card and answer until the reader goes away."""
    reader = socket.create_connection(("127.0.0.1", port), timeout=10)
    reader.settimeout(None)
    reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(count: int) -> bytes:
        got = b""
        while len(got) < count:
            # vpcd writes the length and the body apart: without this each command waits 40 ms for an acknowledgement
            reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = reader.recv(count - len(got))
            if not piece:
                raise EOFError
            got += piece
        return got

    print("inserted", flush=True)
    while True:
        try:
            message = read(struct.unpack(">H", read(2))[0])
        except (EOFError, OSError):
            return
        if message == b"\x04":
            reply = card.atr
        elif len(message) == 1:
            card.reset()
            continue
        else:
            if log:
                with log.open("a") as file:  # instruction only: the PIN stands in the data
                    file.write(f"{message[1]:02X}\n")
            reply = card.apdu(message)
        reader.sendall(struct.pack(">H", len(reply)) + reply)


def main() -> int:
    """Be a card."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("iso", "cps", "vitale", "other"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pin", default="2468")
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--serial", default="2800000001")
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--log", type=Path)
    chosen = parser.parse_args()
    made: Blank
    if chosen.kind in ("vitale", "other"):
        made = Blank("3B751300004709EA9000" if chosen.kind == "vitale" else "3B021450")
    else:
        kind = Iso if chosen.kind == "iso" else Cps
        made = kind(chosen.folder, chosen.pin, chosen.tries, chosen.serial, chosen.delay)
    serve(made, PORT, chosen.log)
    return 0


if __name__ == "__main__":
    sys.exit(main())
