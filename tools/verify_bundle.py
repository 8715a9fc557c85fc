#!/usr/bin/env python3
"""Checks an Assay evidence bundle without Assay: python3 verify_bundle.py BUNDLE.zip [LEDGER.vkey]

Written from docs/formats/bundle.md and docs/formats/ledger.md; shares no code with Assay. Needs Python
3.9 and the package cryptography. LEDGER.vkey: the ledger's verifier key, or a file that holds it, from
its owner and not from the bundle. Exit: 0 intact, 4 tampered, 3 evidence or key missing, 2 no bundle.
"""
import base64
import hashlib
import json
import os
import re
import struct
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KNOWN = re.compile(r"bundle\.json|index\.html|checkpoint|entries\.jsonl|documents/[0-9a-f]{64}\.json|plans/[0-9a-f]{64}\.jsonl")
FIELDS = ("ledger index key kind actor subject outcome occurred recorded workflow run activity payload").split()
LIMIT = 1 << 30  # bytes of one file, unpacked


class NoBundle(Exception):
    pass


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def tree_hash(leaf_hashes):
    """RFC 6962 section 2.1; peaks of perfect subtrees, merged as in binary addition."""
    peaks = []  # (height, hash)
    for leaf in leaf_hashes:
        peaks.append((0, leaf))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (_, right), (height, left) = peaks.pop(), peaks.pop()
            peaks.append((height + 1, sha(b"\1", left, right)))
    root = peaks.pop()[1] if peaks else sha()
    while peaks:
        root = sha(b"\1", peaks.pop()[1], root)
    return root


def root_of(index, size, leaf, path):
    """RFC 9162 section 2.1.3.2, steps 2 to 5."""
    node, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise ValueError("its proof is too long")
        if node & 1 or node == last:
            value = sha(b"\1", sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = sha(b"\1", value, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ValueError("its proof is too short")
    return value


def decode(entry):
    """docs/formats/ledger.md, "Entry"."""
    if not entry.startswith(b"assay/entry/v1\0") or len(entry) > 65535:
        raise ValueError("no entry")
    at, fields = 15, {}
    for name in FIELDS:
        (length,) = struct.unpack_from(">H", entry, at)
        value = entry[at + 2:at + 2 + length]
        if len(value) != length:
            raise ValueError("it ends within its " + name)
        fields[name] = struct.unpack(">q", value)[0] if name in ("index", "occurred", "recorded") else value.decode()
        at += 2 + length
    if at != len(entry):
        raise ValueError("bytes after its last field")
    fields["payload"] = json.loads(fields["payload"])
    return fields


def check_note(note, vkey):
    """c2sp.org/signed-note: None, or what is wrong."""
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    if key[:1] != b"\1" or len(key) != 33 or sha(name.encode(), b"\n", key)[:4].hex() != key_id:
        raise NoBundle("the key isn't a vkey of type 01: name+id+base64")
    seen = False
    for line in lines.splitlines():
        dash, who, signature = line.split(" ")
        raw = base64.b64decode(signature, validate=True)
        if who == name and raw[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], text.encode())
            except InvalidSignature:
                return "CHECKPOINT_FORGED"
            seen = True
    return None if seen else "KEY_SUBSTITUTED"


def decide(findings):
    """docs/formats/validation.md, "Findings digest"."""
    seen = {(f["severity"], f["verdict"]) for f in findings}
    if not findings:
        return "UNSELECTED"
    for verdict in ("FAIL", "INDETERMINATE"):
        if ("block", verdict) in seen:
            return verdict
    return "WARN" if seen & {("warn", "FAIL"), ("warn", "INDETERMINATE")} else "PASS"


def read_files(archive, manifest, issues):
    """Path to a function that reads the file, of all that the manifest vouches for."""
    names = [i.filename for i in archive.infolist()]
    issues += [("BUNDLE_DAMAGED", n) for n in names if not KNOWN.fullmatch(n)]
    issues += [("BUNDLE_DAMAGED", n) for n in sorted(set(names)) if names.count(n) > 1 and KNOWN.fullmatch(n)]
    good, listed = {}, set()
    for item in manifest["files"]:
        path = item["path"]
        listed.add(path)
        try:
            with archive.open(path) as stream:
                content = stream.read(min(item["size"], LIMIT) + 1)
            if len(content) != item["size"] or sha(content).hex() != item["sha256"]:
                raise ValueError
            good[path] = lambda p=path: archive.read(p)
        except Exception:  # missing, or it can't be unpacked
            issues.append(("BUNDLE_DAMAGED", path))
    issues += [("BUNDLE_DAMAGED", n) for n in names if n != "bundle.json" and n not in listed and KNOWN.fullmatch(n)]
    for path in [p for p in good if p.startswith("documents/")]:
        if sha(good[path]()).hex() != path[10:74]:
            issues.append(("EVIDENCE_EDITED", path))
            del good[path]
    return good


def check_evidence(entry, good, issues, missing):
    """What an entry refers to is there, and says the same."""
    wanted = {"run.imported": ["runDigest"], "run.changed": ["runDigest"], "run.verdict": ["runDigest", "findingsDigest"],
              "validation.planned": ["policyDigest", "planDigest"]}.get(entry["kind"], [])
    payload = entry["payload"]
    if entry["kind"] in ("run.imported", "run.changed"):
        wanted = wanted + [name for name in ("artifacts", "artifactsFirst") if name in payload]
    for name in wanted:
        path = "documents/%s.json" % payload.get(name)
        if path not in good:
            missing.add("%s (%s of entry %d)" % (path, name, entry["index"]))
        elif name == "findingsDigest" and decide(json.loads(good[path]())) != entry["outcome"]:
            issues.append(("VERDICT_FORGED", "entry %d" % entry["index"]))
        elif name == "planDigest" and any(payload.get(k) != v for k, v in json.loads(good[path]()).items()):
            issues.append(("EVIDENCE_EDITED", path))


def check_outcome(seal, verdicts, good, issues, missing):
    """docs/formats/validation.md, "Plan" and "Outcome root"."""
    plan = seal["payload"]["planDigest"]
    path, header = "plans/%s.jsonl" % plan, "documents/%s.json" % plan
    if path not in good or header not in good:
        missing.add("%s (runs of entry %d)" % (path if path not in good else header, seal["index"]))
        return
    runs = good[path]().splitlines()
    if tree_hash(sha(b"\0", run) for run in runs).hex() != json.loads(good[header]())["runsRoot"]:
        issues.append(("EVIDENCE_EDITED", path))
        return
    leaves = [sha(b"\0", bytes.fromhex(plan))]
    for ordinal, run in enumerate(runs):
        payload = verdicts.get("%s/verdict/%d" % (seal["subject"], ordinal), {})
        if payload.get("runDigest") == json.loads(run)["digest"]:
            leaves.append(sha(b"\0", bytes.fromhex(payload["runDigest"]), bytes.fromhex(payload["findingsDigest"])))
    if len(leaves) != len(runs) + 1 or tree_hash(leaves).hex() != seal["payload"]["outcomeRoot"]:
        issues.append(("OUTCOME_FORGED", "entry %d" % seal["index"]))


def verify(path, vkey):
    try:
        archive = zipfile.ZipFile(path)
        manifest = json.loads(archive.read("bundle.json"))
        size, root = manifest["size"], bytes.fromhex(manifest["root"])
        assert manifest["format"] == "assay/bundle/v1"
    except Exception as e:
        raise NoBundle("%s is no bundle: %s" % (path, e))
    issues, missing, verdicts, seals, subjects = [], set(), {}, [], set()
    good = read_files(archive, manifest, issues)
    try:
        note = good["checkpoint"]().decode()
        if note.rpartition("\n\n")[0] != "%s\n%d\n%s" % (manifest["origin"], size, base64.b64encode(root).decode()):
            issues.append(("CHECKPOINT_FORGED", "checkpoint"))
        wrong = vkey and check_note(note, vkey)
        issues += [(wrong, "checkpoint")] if wrong else []
    except (KeyError, ValueError):
        issues.append(("CHECKPOINT_FORGED", "checkpoint"))
    last = -1
    for number, line in enumerate(good.get("entries.jsonl", bytes)().splitlines(), 1):
        try:
            item = json.loads(line)
            raw, proof = base64.b64decode(item["entry"], validate=True), [base64.b64decode(h) for h in item["proof"]]
            entry = decode(raw)
            if root_of(item["index"], size, sha(b"\0", raw), proof) != root or not last < entry["index"] == item["index"] < size:
                raise ValueError("not in the tree")
            if entry["ledger"] != manifest["ledger"]:
                raise ValueError("of another ledger")
        except Exception:
            issues.append(("ENTRY_EDITED", "entries.jsonl:%d" % number))
            continue
        last = entry["index"]
        check_evidence(entry, good, issues, missing)
        if entry["kind"] in ("run.imported", "run.changed", "run.verdict", "validation.planned"):
            subjects.add(entry["subject"])
        if entry["kind"] == "run.verdict":
            verdicts[entry["key"]] = entry["payload"]
        if entry["kind"] == "validation.sealed" and entry["subject"] == manifest["subject"]["id"]:
            seals.append(entry)
    if manifest["subject"]["id"] not in subjects:
        missing.add("any entry about " + manifest["subject"]["id"])
    for seal in seals:
        check_outcome(seal, verdicts, good, issues, missing)
    if not vkey:
        missing.add("the ledger's key: get it from the owner, and give it as second argument")
    return issues, sorted(missing)


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    vkey = arguments[1] if len(arguments) == 2 else None
    if vkey and os.path.isfile(vkey):
        with open(vkey) as file:
            vkey = file.read().strip()
    try:
        issues, missing = verify(arguments[0], vkey)
    except NoBundle as e:
        print(e, file=sys.stderr)
        return 2
    for kind, where in issues:
        print(kind, where)
    for what in missing:
        print("missing:", what)
    print("tampered" if issues else "indeterminate" if missing else "intact")
    return 4 if issues else 3 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
