"""Reads what a bundle is made of: zip file, JSON, base64 and lines, each in the one form that Assay writes.

Written from docs/formats/bundle.md for verify_bundle.py, which says what it all proves. A lenient reader would let a
forger make files that two programs read in two ways; this one raises, or gives what can't be right.
"""
import base64
import decimal
import json
import struct
import zlib

LIMITS = {"bundle.json": 256 << 20, "documents": 64 << 20}  # bytes, unpacked; of others 1 GiB



def need(fact, what="not what the format says"):
    if not fact: raise ValueError(what)  # never assert: python -O would leave it out


def encode(value, depth=64):
    """Canonical JSON, RFC 8785: members in the order of UTF-16, no spaces, doubles as ECMAScript writes them."""
    need(depth or not isinstance(value, (dict, list)))
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{%s}" % ",".join(encode(name) + ":" + encode(value[name], depth - 1) for name in names)
    if isinstance(value, list): return "[%s]" % ",".join(encode(item, depth - 1) for item in value)
    if not isinstance(value, float): return json.dumps(value, ensure_ascii=False)
    form = "f" if not value or 1e-6 <= abs(value) < 1e21 else "e"
    return format(decimal.Decimal(repr(value or 0.0)).normalize(), form)


def read_json(content):
    """Canonical JSON, which has but one reading; numbers are doubles."""
    value = json.loads(content.decode(), parse_int=float)
    need(encode(value).encode() == content)
    return value


def only(value, members):
    need(isinstance(value, dict) and set(value) == set(members.split()))
    return value


def whole(value):
    need(isinstance(value, float) and value.is_integer() and 0 <= value < 1 << 53)
    return int(value)


def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    need(base64.b64encode(raw).decode() == text)
    return raw


def lines_of(content):
    """What is too long or has no newline is no line: empty, which is never right."""
    *lines, rest = content.split(b"\n")
    return [line if len(line) <= 200_000 else b"" for line in lines] + [b""] * bool(rest)


def directory(zip):
    """docs/formats/bundle.md, "The zip file": what is read of it, written again, must give its very bytes."""
    count, length, start = struct.unpack("<10xH2I2x", zip[-22:])
    if count == 0xFFFF or 0xFFFFFFFF in (length, start): count, length, start = struct.unpack("<32x3Q42x", zip[-98:])
    files, *places = min(count, 0xFFFF), min(length, 0xFFFFFFFF), min(start, 0xFFFFFFFF)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, files, files, *places, 0)
    if files == 0xFFFF or 0xFFFFFFFF in places:
        end = (struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, start)
               + struct.pack("<4sIQI", b"PK\6\7", 0, start + length, 1) + end)
    need(count <= 500_000 and length <= 128 << 20 and zip[start + length:] == end, "no zip file as Assay writes it")
    here, at, total = start, 0, 0
    for _ in range(count):
        dated, crc, packed, size, names, extras = struct.unpack_from("<12x4I2H", zip, here)
        name, far = zip[here + 46:here + 46 + names], struct.pack("<2HQ", 1, 8, at) if at >= 0xFFFFFFFF else b""
        stamp = zip[here + 46 + names + len(far):here + 46 + names + extras]
        record = struct.pack("<4s4H4I5H2I", b"PK\1\2", *[45 if far else 20] * 2, 0x808, 8, dated, crc, packed, size,
                             names, extras, 0, 0, 0, 0, min(at, 0xFFFFFFFF)) + name + far + stamp
        before = struct.pack("<4s3H4I2H", b"PK\3\4", 20, 0x808, 8, dated, 0, 0, 0, names, len(stamp)) + name + stamp
        path, total = name.decode("latin-1"), total + size
        need(zip[here:here + len(record)] == record and (not stamp or len(stamp) == 9 and stamp[:5] == b"UT\5\0\1"))
        need(size <= LIMITS.get(path.split("/")[0], 1 << 30) and total <= 16 << 30, "larger than a bundle may be")
        yield path, (at, before, packed, size, crc)
        here, at = here + len(record), at + len(before) + packed + 16
    need(here == start + length and at == start, "no zip file as Assay writes it")


def unpack(zip, at, before, packed, size, crc):
    data, end, inflate = at + len(before), at + len(before) + packed, zlib.decompressobj(-15)
    need(zip[at:data] == before and zip[end:end + 16] == struct.pack("<4s3I", b"PK\7\b", crc, packed, size))
    content = inflate.decompress(zip[data:end], size + 1)
    need(inflate.eof and not inflate.unused_data and len(content) == size and zlib.crc32(content) == crc)
    return content
