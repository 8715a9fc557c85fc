"""Makes decision.json and change.json: python3 make.py (cryptography 48.0.0). Assay isn't asked."""
import base64, hashlib, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def signer(seed):
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return private, "ed25519:" + base64.b64encode(raw).decode()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def pae(kind, body):
    kind = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


def envelope(statement, seeds):
    kind = "application/vnd.in-toto+json"
    body = canonical(statement)
    signatures = []
    for private, key in map(signer, seeds):
        sig = base64.b64encode(private.sign(pae(kind, body))).decode()
        signatures.append({"keyid": key, "sig": sig})
    return canonical({"payload": base64.b64encode(body).decode(), "payloadType": kind, "signatures": signatures})


def statement(name, digest, kind, predicate):
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": digest}}],
        "predicateType": kind,
        "predicate": predicate,
    }


LEDGER = "assay/main/6f1c2b60-0000-4000-8000-000000000001"
DECISION = statement("case/c-0123456789ab", "a" * 64, "urn:assay:decision:v1", {
    "ledger": LEDGER, "ordinal": 3, "action": "waive", "decision": "approve",
    "until": "2026-02-28T00:00:00Z", "expires": "2026-02-01T12:00:00Z"})
CHANGE = statement("trust", "c" * 64, "urn:assay:trust-change:v1", {
    "ledger": LEDGER, "ordinal": 1, "previous": "b" * 64})
for name, content, seeds in (("decision", DECISION, [1]), ("change", CHANGE, [1, 2])):
    made = envelope(content, seeds)
    open(name + ".json", "wb").write(made)
    print(name, hashlib.sha256(made).hexdigest())
print(signer(1)[1], signer(2)[1])
