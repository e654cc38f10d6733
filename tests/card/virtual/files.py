"""What a PKCS#11 module reads on a card that is shaped like a CPS3: a PKCS#15 file tree (ISO/IEC 7816-15).

Labels, key references, the application's name and the endings of CKA_ID are those of a CPS3; nothing is copied off one.
"""

AID = bytes.fromhex("E828BD080F8025000001FF0010")
PIN_REFERENCE = 1
SIGN_REFERENCE, AUTH_REFERENCE = 0x81, 0x82
ROOT, HOME = "3F00", "3F000001"


def tlv(tag: int, *parts: bytes) -> bytes:
    """One BER element."""
    body = b"".join(parts)
    head = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    if len(body) < 128:
        return head + bytes([len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return head + bytes([0x80 | len(size)]) + size + body


def first(data: bytes) -> tuple[int, bytes, bytes]:
    """Tag and value of the first element, and what follows it."""
    at = 1
    if data[0] & 0x1F == 0x1F:
        while data[at] & 0x80:
            at += 1
        at += 1
    tag, length = int.from_bytes(data[:at], "big"), data[at]
    at += 1
    if length & 0x80:
        more = length & 0x7F
        length, at = int.from_bytes(data[at : at + more], "big"), at + more
    return tag, data[at : at + length], data[at + length :]


def every(data: bytes) -> dict[int, bytes]:
    """All elements of a list, by tag."""
    found = {}
    while data:
        tag, value, data = first(data)
        found[tag] = value
    return found


def seq(*parts: bytes) -> bytes:
    """SEQUENCE."""
    return tlv(0x30, *parts)


def number(value: int) -> bytes:
    """INTEGER."""
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def text(value: str) -> bytes:
    """UTF8String."""
    return tlv(12, value.encode())


def bits(*positions: int) -> bytes:
    """BIT STRING with these bits set, bit 0 first."""
    width = max(positions) + 1
    unused = -width % 8
    value = sum(1 << (width - 1 - position) for position in positions) << unused
    return tlv(3, bytes([unused]), value.to_bytes((width + unused) // 8, "big"))


def path(where: str) -> bytes:
    """A PKCS#15 path."""
    return seq(tlv(4, bytes.fromhex(where)))


def named(label: str, *flags: int, protected: bool = False) -> bytes:
    """CommonObjectAttributes."""
    return seq(text(label), bits(*flags) if flags else b"", tlv(4, bytes([PIN_REFERENCE])) if protected else b"")


def tree(serial: str, signature: bytes, authentication: bytes) -> dict[str, bytes | None]:
    """The files by path; None is a folder. The arguments are the card's number and its two certificates, DER."""
    pairs = (
        ("CPS_PRIV_SIG", "Certificat de Signature CPS", 1, (9,), SIGN_REFERENCE, "A001"),
        ("CPS_PRIV_AUT", "Certificat d'Authentification CPS", 2, (1, 2), AUTH_REFERENCE, "A002"),
    )
    keys = b"".join(
        seq(
            named(key, 0, protected=True),
            seq(tlv(4, AID, bytes([end])), bits(*use), tlv(1, b"\xff"), bits(0, 2, 3), number(reference)),
            tlv(0xA1, seq(path(""), number(2048))),
        )
        for key, _, end, use, reference, _ in pairs
    )
    certificates = b"".join(
        seq(named(label), seq(tlv(4, AID, bytes([end]))), tlv(0xA1, seq(path(HOME + file))))
        for _, label, end, _, _, file in pairs
    )
    pin = seq(
        named("Code porteur", 0),
        seq(tlv(4, bytes([PIN_REFERENCE]))),
        tlv(0xA1, seq(bits(1, 4), tlv(10, b"\x01"), *(number(4),) * 3, tlv(0x80, bytes([PIN_REFERENCE])))),
    )
    objects = {0xA0: "7001", 0xA4: "7004", 0xA8: "7005"}
    algorithms = ((0x220, 6, 0x10), (0x250, 6, 0x40), (6, 1, 0x12), (0x40, 1, 0x42), (1, 1, 0x02), (1, 5, 0x1A))
    supported = b"".join(
        seq(number(at), number(mechanism), tlv(5), bits(use), number(reference))
        for at, (mechanism, use, reference) in enumerate(algorithms, 1)
    )
    return {
        ROOT: None,
        HOME: None,
        "3F002F00": tlv(0x61, tlv(0x4F, AID), tlv(0x50, b"CPS"), tlv(0x51, bytes.fromhex(HOME))),
        "3F002F01": bytes.fromhex(
            "8043 01B8 4604 04B00101 4703 940180 E010 020200FF 020200FF 02020100 02020100 82029000"
        ),
        "3F00D003": bytes.fromhex("5A0A8025000001" + serial[:8] + "0F"),
        HOME + "5031": b"".join(tlv(tag, path(HOME + file)) for tag, file in objects.items()),
        HOME + "5032": seq(
            number(0), tlv(4), text("TEST"), tlv(0x80, b"CPS3-" + serial.encode()), bits(1, 2), tlv(0xA2, supported)
        ),
        HOME + "7001": keys,
        HOME + "7004": certificates,
        HOME + "7005": pin,
        HOME + "A001": signature,
        HOME + "A002": authentication,
    }
