#!/usr/bin/env python3
"""Makes ledger.json: a ledger of five entries, computed from docs/formats/ledger.md with hashlib and
the package cryptography alone. The key is a test key, seed 32 x 0x11. Usage: make_ledger.py > ledger.json
"""
import base64, hashlib, json, struct
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "assay/vector/00000000-0000-4000-8000-000000000000"
TIME = 1_767_323_045_678_901  # 2026-01-02T03:04:05.678901Z


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def entry(index, key, kind, actor, subject, outcome, payload, correlation=("", "", "")):
    fields = [b"vector", struct.pack(">q", index), key, kind, actor, subject, outcome,
              struct.pack(">q", TIME + index), struct.pack(">q", TIME + 1_000_000 * (index + 1)), *correlation,
              json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)]
    encoded = [field if isinstance(field, bytes) else field.encode() for field in fields]
    return b"assay/entry/v1\0" + b"".join(struct.pack(">H", len(field)) + field for field in encoded)


def root(leaves):
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha()
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:middle]), root(leaves[middle:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return path(index, leaves[:middle]) + [root(leaves[middle:])]
    return path(index - middle, leaves[middle:]) + [root(leaves[:middle])]


def growth(size, leaves, known=True):
    if size == len(leaves):
        return [] if known else [root(leaves)]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= middle:
        return growth(size, leaves[:middle], known) + [root(leaves[middle:])]
    return growth(size - middle, leaves[middle:], False) + [root(leaves[:middle])]


def checkpoint(size, leaves):
    key = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
    public = b"\1" + key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = sha(ORIGIN.encode(), b"\n", public)[:4]
    text = "%s\n%d\n%s\n" % (ORIGIN, size, base64.b64encode(root(leaves[:size])).decode())
    line = base64.b64encode(key_id + key.sign(text.encode())).decode()
    return "%s+%s+%s" % (ORIGIN, key_id.hex(), base64.b64encode(public).decode()), "%s\n\u2014 %s %s\n" % (text, ORIGIN, line)


entries = [
    entry(0, "ledger/created", "ledger.created", "assay", ORIGIN, "created", {"entry": "assay/entry/v1", "origin": ORIGIN}),
    entry(1, "import/a", "run.imported", "assay/importer", "mlflow/e/a", "", {"runDigest": "00" * 32}, ("validate/v#1", "r", "plan")),
    entry(2, "validate/v#1/verdict/0", "run.verdict", "worker", "mlflow/e/a", "FAIL", {"findings": "\u00e4 \U0001f600"}, ("validate/v#1", "r", "record")),
    entry(3, "external", "external.note", "ci", "s", "", {}),
    entry(4, "big", "external.note", "ci", "s", "ok", {"text": "x" * 300}),
]
leaves = [sha(b"\0", e) for e in entries]
chain, chains = bytes(32), []
for leaf in leaves:
    chain = sha(b"assay/chain/v1\0", chain, leaf)
    chains.append(chain)
vkey, _ = checkpoint(5, leaves)
print(json.dumps({
    "comment": "docs/formats/vectors/make_ledger.py made this without Assay; test key, seed 32 x 0x11",
    "entries": [{"chainHash": c.hex(), "encoded": base64.b64encode(e).decode(), "leafHash": l.hex()} for e, l, c in zip(entries, leaves, chains)],
    "trees": [{"checkpoint": checkpoint(size, leaves)[1], "root": root(leaves[:size]).hex(), "size": size} for size in range(6)],
    "inclusion": [{"index": i, "path": [h.hex() for h in path(i, leaves)], "size": 5} for i in range(5)],
    "consistency": [{"from": size, "path": [h.hex() for h in growth(size, leaves)], "to": 5} for size in range(1, 6)],
    "vkey": vkey,
}, indent=1, ensure_ascii=False))
