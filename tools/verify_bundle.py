#!/usr/bin/env python3
"""Checks an Assay evidence bundle without Assay: python3 verify_bundle.py BUNDLE.zip [LEDGER.vkey]

Written from docs/formats/bundle.md, without Assay's code. LEDGER.vkey: the ledger's verifier key or a file with it, from
its owner, not from the bundle. Exit: 0 intact, 4 tampered, 3 evidence or key missing, 2 no bundle or no key.
What no hash pins (zip, manifest, lines, note, key) is written again from what was read, and must give the same bytes.
"""
import base64, functools, hashlib, io, json, mmap, os, re, struct, sys, zlib
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KNOWN = re.compile(r"bundle\.json|index\.html|checkpoint|entries\.jsonl|documents/H\.json|plans/H\.jsonl".replace("H", "[0-9a-f]{64}"))
PUBLIC = re.compile("ed25519:[A-Za-z0-9+/]{43}=")
HEX, NAME = re.compile("[0-9a-f]{64}"), re.compile(r"[^\s+\x00-\x1f\x7f-\x9f]{1,256}")
SIGNATURE = re.compile("\u2014 (%s) (\\S+)\n" % NAME.pattern)
FIELDS = "ledger index key kind actor subject outcome occurred recorded workflow run activity payload".split()
READ = {"index": lambda value: struct.unpack(">q", value)[0], "occurred": bytes, "recorded": bytes, "payload": json.loads}
REFERS = {"run.verdict": ("runDigest", "findingsDigest"), "decision.accepted": ("envelopeDigest",),
          "validation.planned": ("policyDigest", "planDigest", "pins", "pinnedRuns"),
          **dict.fromkeys(("run.imported", "run.changed"), ("runDigest", "artifacts", "artifactsFirst"))}
PARTS = {"run": [("run.imported", "run.changed", "run.verdict")],
         "workflow": [("validation.planned",), ("validation.sealed", "validation.abandoned")]}

def need(fact, what="not what the format says"):
    if not fact: raise ValueError(what)  # never assert: python -O would leave it out
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def base64_of(content): return base64.b64encode(content).decode()
def canonical(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
def strict(content): return need(canonical(value := json.loads(content)) == content) or value  # RFC 8785, without fractions

def tree_hash(leaves):  # RFC 6962 section 2.1
    if len(leaves) < 2: return sha(b"\0", leaves[0]) if leaves else sha()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", tree_hash(leaves[:half]), tree_hash(leaves[half:]))

def root_of(index, size, leaf, path):
    """RFC 6962 section 2.1.1: where an inclusion proof leads; its last hash is the root's other child."""
    need(bool(path) == (size > 1))
    if size == 1: return leaf
    half = 1 << (size - 1).bit_length() - 1
    if index < half: return sha(b"\1", root_of(index, half, leaf, path[:-1]), path[-1])
    return sha(b"\1", path[-1], root_of(index - half, size - half, leaf, path[:-1]))

def directory(zip):
    """The places of the files: docs/formats/bundle.md, "The zip file"."""
    few, length, start = struct.unpack("<10xH2I2x", zip[-22:])
    count = few if few < 0xFFFF else struct.unpack("<Q", zip[-66:-58])[0]
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, few, few, length, start, 0)
    if few == 0xFFFF:  # Zip64, for their number alone
        end = struct.pack("<4sQ2H2I4Q4sIQI", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, start,
                          b"PK\6\7", 0, start + length, 1) + end
    need(min(count, 0xFFFF) == few and count <= 500_000 and length <= 128 << 20 and zip[start + length:] == end)
    here, at, total, places, fixed = start, 0, 0, {}, struct.pack("<5H", 20, 0x808, 8, 1, 33)
    for _ in range(count):
        crc, packed, size, names = struct.unpack_from("<16x3IH", zip, here)
        name = zip[here + 46:here + 46 + names]
        path, total = name.decode("latin-1"), total + size
        record = b"PK\1\2\24\0" + fixed + struct.pack("<3I5H2I", crc, packed, size, names, 0, 0, 0, 0, 0, at) + name
        before = b"PK\3\4" + fixed + struct.pack("<3I2H", 0, 0, 0, names, 0) + name
        need(zip[here:here + len(record)] == record and path not in places and size <= 1 << 30 and total <= 16 << 30)
        places[path] = functools.partial(unpack, zip, at, before, packed, size, crc)
        here, at = here + len(record), at + len(before) + packed + 16
    need(here == start + length and at == start)
    return places

def unpack(zip, at, before, packed, size, crc):
    data, end, inflate = at + len(before), at + len(before) + packed, zlib.decompressobj(-15)
    need(zip[at:data] == before and zip[end:end + 16] == struct.pack("<4s3I", b"PK\7\b", crc, packed, size))
    content = inflate.decompress(zip[data:end], size + 1)
    need(inflate.eof and not inflate.unused_data and len(content) == size and zlib.crc32(content) == crc)
    return content

def read_manifest(content):
    given = json.loads(content)
    m = {n: str(given[n]) for n in "format key ledger origin root".split()} | {n: int(given[n]) for n in ("entries", "size")}
    m["files"] = [{"path": str(f["path"]), "sha256": str(f["sha256"]), "size": int(f["size"])} for f in given["files"]]
    m["subject"] = {n: str(given["subject"][n]) for n in ("id", "kind")}
    need(content == canonical(m) and m["format"] == "assay/bundle/v1" and m["subject"]["kind"] in PARTS)
    need(all(0 <= number < 1 << 53 for number in [m["entries"], m["size"]] + [f["size"] for f in m["files"]]))
    need(NAME.fullmatch(m["origin"]) and all(map(HEX.fullmatch, [m["root"]] + [f["sha256"] for f in m["files"]])))
    need(len({f["path"] for f in m["files"]}) == len(m["files"]))
    return m

def decode(entry):  # docs/formats/ledger.md, "Entry"
    need(entry.startswith(b"assay/entry/v1\0") and len(entry) <= 65535)
    at, fields = 15, {}
    for name in FIELDS:
        (length,) = struct.unpack_from(">H", entry, at)
        value, at = entry[at + 2:at + 2 + length], at + 2 + length
        fields[name] = READ.get(name, bytes.decode)(value)
    need(at == len(entry) and isinstance(fields["payload"], dict))
    return fields

def check_note(note, text, name, typed):
    """c2sp.org/signed-note, of just this text: what is wrong."""
    try:
        signatures = [(signer, base64.b64decode(signature)) for signer, signature in SIGNATURE.findall(note.decode())]
        again = "".join("\u2014 %s %s\n" % (signer, base64_of(signature)) for signer, signature in signatures)
        need(note.decode() == text + "\n" + again and len(note) <= 1 << 20 and 0 < len(signatures) <= 100)
        need(all(len(signature) > 4 for _, signature in signatures))
        signed = name, sha(name.encode(), b"\n", typed)[:4]
        ours = [signature[4:] for signer, signature in signatures if (signer, signature[:4]) == signed]
        for signature in ours:
            Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signature, text.encode())
        return ["KEY_SUBSTITUTED"] if typed and not ours else []
    except Exception:  # no such note, or no such signature
        return ["CHECKPOINT_FORGED"]

def decide(findings):  # docs/formats/validation.md, "Findings digest"
    seen = {"%(severity)s %(verdict)s" % finding for finding in findings + []}  # of nothing but a list
    blocking = [verdict for verdict in ("FAIL", "INDETERMINATE") if "block " + verdict in seen]
    return blocking[0] if blocking else "WARN" if seen & {"warn FAIL", "warn INDETERMINATE"} else "PASS" if seen else "UNSELECTED"

def read_files(places, listed, issues):
    """What the manifest vouches for, by path, to be read; documents also by the digest in their name."""
    good, said = {}, {item["path"]: item for item in listed}
    issues += [("BUNDLE_DAMAGED", n) for n in places if not KNOWN.fullmatch(n) or n not in said and n != "bundle.json"]
    for path, item in said.items():
        try:
            content = places[path]()
            need(KNOWN.fullmatch(path) and len(content) == item["size"] and sha(content).hex() == item["sha256"])
            if not path.startswith("documents/") or path == "documents/%s.json" % item["sha256"]: good[path] = places[path]
            else: issues.append(("EVIDENCE_EDITED", path))
        except Exception:  # not there, or it can't be unpacked
            issues.append(("BUNDLE_DAMAGED", path))
    return good

def check_evidence(entry, good, issues, missing):
    """What an entry refers to is there, and says the same."""
    payload = entry["payload"]
    for name, digest in [(name, digest) for name in REFERS.get(entry["kind"], ()) if name.endswith("Digest") or name in payload
            for digest in (payload[name] if name == "pinnedRuns" and isinstance(payload[name], list) else [payload.get(name)])]:
        path = "documents/%s.json" % (digest,)
        try:
            if path not in good: missing.add("%s (%s of entry %d)" % (path, name, entry["index"]))
            elif name == "findingsDigest": need(decide(strict(good[path]())) == entry["outcome"])
            elif name == "planDigest": need(strict(good[path]()).items() <= payload.items())
        except Exception:
            issues.append(("VERDICT_FORGED" if name == "findingsDigest" else "EVIDENCE_EDITED", "entry %d" % entry["index"]))

def micros(time): return (time[:19], (time[20:].rstrip("Z") + "000000")[:6])

def check_decision(entry, proposals, origin, good, issues, missing):
    """docs/formats/decision.md: the key that the entry names signed this, of the proposal that is on record."""
    payload, index = entry["payload"], entry["index"]
    about, path = "case/%s/%s" % (entry["subject"], payload.get("ordinal")), "documents/%s.json" % payload.get("envelopeDigest")
    if about not in proposals: return missing.add("%s (proposal of entry %d)" % (about, index))
    if path not in good: return  # told as missing
    try:
        envelope, proposal = strict(good[path]()), proposals[about]
        need(payload["key"].startswith("ed25519:") and payload["key"] == entry["actor"])
        type, body, (signature,) = envelope["payloadType"], base64.b64decode(envelope["payload"]), envelope["signatures"]
        signed = b"DSSEv1 %d %s %d %s" % (len(type), type.encode(), len(body), body)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(payload["key"][8:]))
        key.verify(base64.b64decode(signature["sig"]), signed)
        keyid = signature.get("keyid", "")
        need(type == "application/vnd.in-toto+json" and (keyid == payload["key"] or not PUBLIC.fullmatch(keyid)))
        said, (subject,) = json.loads(body), json.loads(body)["subject"]
        it = said["predicate"]
        need((said["predicateType"], it["ledger"], it["decision"]) == ("urn:assay:decision:v1", origin, payload["decision"]))
        need(("%s/%s" % (subject["name"], it["ordinal"]), it["action"]) == (about, proposal["action"]))
        need(subject["digest"] == {"sha256": proposal["runDigest"]} and ("until" in it) == ("until" in proposal))
        need("until" not in it or micros(it["until"]) == micros(proposal["until"]))
    except Exception:
        issues.append(("DECISION_UNSUPPORTED", "entry %d" % index))

def check_outcome(seal, verdicts, good, issues, missing):
    """docs/formats/validation.md, "Plan" and "Outcome root"."""
    plan = seal["payload"].get("planDigest")
    path, header = "plans/%s.jsonl" % plan, "documents/%s.json" % plan
    if not {path, header} <= set(good):
        return missing.add("%s, %s (runs of entry %d)" % (path, header, seal["index"]))
    try:
        *runs, rest = good[path]().split(b"\n")
        digests = [strict(run)["digest"] for run in runs]
        need(not rest and all(map(HEX.fullmatch, digests)) and strict(good[header]())["runsRoot"] == tree_hash(runs).hex())
    except Exception:  # no plan, or another one
        return issues.append(("EVIDENCE_EDITED", path))
    judged = [verdicts.get("%s/verdict/%d" % (seal["subject"], ordinal), ("", "")) for ordinal in range(len(runs))]
    root = tree_hash([bytes.fromhex(leaf) for leaf in [plan] + [run + findings for run, findings in judged]]).hex()
    if digests != [run for run, _ in judged] or root != seal["payload"].get("outcomeRoot"):
        issues.append(("OUTCOME_FORGED", "entry %d" % seal["index"]))

def verify(path, vkeys):
    places = directory(mmap.mmap(os.open(path, os.O_RDONLY), 0, access=mmap.ACCESS_READ))
    manifest = read_manifest(places["bundle.json"]())
    origin, size, root, subject = (manifest[name] for name in ("origin", "size", "root", "subject"))
    typed = base64.b64decode(vkeys[0].split("+", 2)[2]) if vkeys else b""
    need(vkeys in ([], ["%s+%s+%s" % (origin, sha(origin.encode(), b"\n", typed)[:4].hex(), base64_of(typed))])
         and (not vkeys or typed[0] == 1 and len(typed) == 33), "no key of %s, type 01: name+id+base64" % origin)
    issues, verdicts, proposals, seen, last, missing = [], {}, {}, set(), -1, set() if vkeys else {"the ledger's key, from its owner"}
    good, text = read_files(places, manifest["files"], issues), "%s\n%d\n%s\n" % (origin, size, base64_of(bytes.fromhex(root)))
    issues += [(wrong, "checkpoint") for wrong in check_note(good.get("checkpoint", bytes)(), text, origin, typed)]
    lines = list(io.BytesIO(good.get("entries.jsonl", bytes)()))
    for count, line in enumerate(lines, 1):
        try:
            item = json.loads(line)
            raw, proof = base64.b64decode(item["entry"]), [base64.b64decode(hash) for hash in item["proof"]]
            entry = decode(raw)
            index, again = entry["index"], {"entry": base64_of(raw), "proof": [base64_of(hash) for hash in proof]}
            need(line == canonical(again | {"index": index}) + b"\n" and last < index < size and {*map(len, proof)} <= {32})
            need(entry["ledger"] == manifest["ledger"] and root_of(index, size, sha(b"\0", raw), proof).hex() == root)
        except Exception:
            issues.append(("ENTRY_EDITED", "entries.jsonl:%d" % count))
            continue
        last, kind, payload = index, entry["kind"], entry["payload"]
        check_evidence(entry, good, issues, missing)
        seen.add((kind, entry["subject"]))
        if kind == "case.proposed": proposals[entry["key"]] = payload
        if kind == "decision.accepted": check_decision(entry, proposals, origin, good, issues, missing)
        digests = [str(payload.get(name)) for name in ("runDigest", "findingsDigest")]
        if kind == "run.verdict" and all(map(HEX.fullmatch, digests)): verdicts[entry["key"]] = digests
        if (kind, entry["subject"], "workflow") == ("validation.sealed", subject["id"], subject["kind"]):
            check_outcome(entry, verdicts, good, issues, missing)
    issues += [("BUNDLE_DAMAGED", "entries.jsonl")] if len(lines) != manifest["entries"] else []
    for kinds, about in [(kinds, subject["id"]) for kinds in PARTS[subject["kind"]]] + [(("ledger.created",), origin)]:
        missing |= set() if any((kind, about) in seen for kind in kinds) else {" or ".join(kinds) + " of " + about}
    return issues, sorted(missing)

if __name__ == "__main__":
    try:
        need(len(sys.argv) in (2, 3), __doc__)
        keys = [open(key, encoding="utf-8").read().strip(" \t\r\n") if os.path.isfile(key) else key for key in sys.argv[2:]]
        issues, missing = verify(sys.argv[1], keys)
    except Exception as e:  # nothing that can be read is an answer
        print("%s is no bundle, or the key is none: %r" % (sys.argv[1:2], e), file=sys.stderr)
        sys.exit(2)
    answer, status = ("tampered", 4) if issues else ("indeterminate", 3) if missing else ("intact", 0)
    lines = ["%s %s" % issue for issue in issues] + ["missing: " + what for what in missing] + [answer]
    print(*("".join(c if c.isprintable() else "?" for c in line) for line in lines), sep="\n")
    sys.exit(status)
