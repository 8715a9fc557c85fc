#!/usr/bin/env python3
"""Checks an Assay evidence bundle without Assay: python3 verify_bundle.py BUNDLE.zip [LEDGER.vkey]

Written from docs/formats/bundle.md; shares no code with Assay. LEDGER.vkey: the ledger's verifier key or a file with
it, from its owner, not from the bundle. Exit: 0 intact, 4 tampered, 3 evidence or key missing, 2 no bundle.
"""
import base64, collections, hashlib, json, os, re, struct, sys, zipfile
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KNOWN = re.compile(r"bundle\.json|index\.html|checkpoint|entries\.jsonl|documents/[0-9a-f]{64}\.json|plans/[0-9a-f]{64}\.jsonl")
FIELDS = "ledger index key kind actor subject outcome occurred recorded workflow run activity payload".split()
REFERS = {"run.imported": ["runDigest"], "run.changed": ["runDigest"], "run.verdict": ["runDigest", "findingsDigest"],
          "validation.planned": ["policyDigest", "planDigest"]}


def need(fact, what="not what the format says"):
    if not fact: raise ValueError(what)  # never assert: python -O would leave it out


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def tree_hash(leaves):
    """RFC 6962 section 2.1; peaks of perfect subtrees, merged as in binary addition."""
    peaks = []  # (height, hash)
    for leaf in leaves:
        peaks.append((0, sha(b"\0", leaf)))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (_, right), (height, left) = peaks.pop(), peaks.pop()
            peaks.append((height + 1, sha(b"\1", left, right)))
    root = peaks.pop()[1]
    for _, left in reversed(peaks):
        root = sha(b"\1", left, root)
    return root.hex()


def root_of(index, size, leaf, path):
    """RFC 9162 section 2.1.3.2; a path of another length than index and size give it has no root."""
    node, last, value = index, size - 1, leaf
    for sibling in path:
        need(last > 0)
        if node & 1 or node == last:
            value = sha(b"\1", sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = sha(b"\1", value, sibling)
        node, last = node >> 1, last >> 1
    return None if last else value


def decode(entry):
    """docs/formats/ledger.md, "Entry"."""
    need(entry.startswith(b"assay/entry/v1\0") and len(entry) <= 65535)
    at, fields = 15, {}
    for name in FIELDS:
        (length,) = struct.unpack_from(">H", entry, at)
        value = entry[at + 2:at + 2 + length]
        fields[name] = struct.unpack(">q", value)[0] if name in ("index", "occurred", "recorded") else value.decode()
        at += 2 + length
    need(at == len(entry))
    fields["payload"] = json.loads(fields["payload"])
    return fields


def check_note(note, vkey):
    """c2sp.org/signed-note: None, or what is wrong."""
    text, _, lines = note.rpartition("\n\n")
    try:
        name, key_id, encoded = vkey.split("+", 2)
        key = base64.b64decode(encoded, validate=True)
        need(key[0] == 1 and len(key) == 33 and sha(name.encode(), b"\n", key)[:4].hex() == key_id)
    except (IndexError, ValueError):
        raise ValueError("the key isn't a verifier key of type 01, name+id+base64")
    try:
        signatures = [base64.b64decode(line.split(" ")[2]) for line in lines.splitlines() if line.split(" ")[1] == name]
        signatures = [signature[4:] for signature in signatures if signature[:4].hex() == key_id]
        for signature in signatures:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, (text + "\n").encode())
    except (InvalidSignature, IndexError, ValueError):
        return "CHECKPOINT_FORGED"
    return None if signatures else "KEY_SUBSTITUTED" if text and lines else "CHECKPOINT_FORGED"


def decide(findings):
    """docs/formats/validation.md, "Findings digest"."""
    seen = {(f["severity"], f["verdict"]) for f in findings}
    if ("block", "FAIL") in seen or ("block", "INDETERMINATE") in seen:
        return "FAIL" if ("block", "FAIL") in seen else "INDETERMINATE"
    return "WARN" if seen & {("warn", "FAIL"), ("warn", "INDETERMINATE")} else "PASS" if seen else "UNSELECTED"


def read_files(archive, manifest, issues):
    """The paths that the manifest vouches for; documents also by the digest in their name."""
    names = collections.Counter(item.filename for item in archive.infolist())
    good, listed = set(), {item["path"] for item in manifest["files"]} | {"bundle.json"}
    issues += [("BUNDLE_DAMAGED", n) for n in names if not KNOWN.fullmatch(n) or names[n] > 1 or n not in listed]
    for path, digest, size in ((item["path"], item["sha256"], item["size"]) for item in manifest["files"]):
        try:
            content = archive.open(path).read(min(size, 1 << 30) + 1)
            need(len(content) == size and sha(content).hex() == digest)
        except Exception:  # not there, or it can't be unpacked
            issues.append(("BUNDLE_DAMAGED", path))
            continue
        if path.startswith("documents/") and path != "documents/%s.json" % digest:
            issues.append(("EVIDENCE_EDITED", path))
        else:
            good.add(path)
    return good


def check_evidence(entry, good, read, issues, missing):
    """What an entry refers to is there, and says the same."""
    kind, payload = entry["kind"], entry["payload"]
    pinned = [name for name in ("artifacts", "artifactsFirst") if name in payload and kind != "run.verdict"]
    for name in REFERS.get(kind, []) + (pinned if kind in REFERS else []):
        path = "documents/%s.json" % payload.get(name)
        if path not in good:
            missing.add("%s (%s of entry %d)" % (path, name, entry["index"]))
        elif name == "findingsDigest" and decide(json.loads(read(path))) != entry["outcome"]:
            issues.append(("VERDICT_FORGED", "entry %d" % entry["index"]))
        elif name == "planDigest" and not json.loads(read(path)).items() <= payload.items():
            issues.append(("EVIDENCE_EDITED", path))


def check_outcome(seal, verdicts, good, read, issues, missing):
    """docs/formats/validation.md, "Plan" and "Outcome root"."""
    plan = seal["payload"]["planDigest"]
    path, header = "plans/%s.jsonl" % plan, "documents/%s.json" % plan
    if not {path, header} <= good:
        missing.add("%s, %s (runs of entry %d)" % (path, header, seal["index"]))
        return
    runs = read(path).splitlines()
    judged = [verdicts.get("%s/verdict/%d" % (seal["subject"], ordinal), {}) for ordinal in range(len(runs))]
    leaves = [bytes.fromhex(plan)] + [bytes.fromhex(verdict["runDigest"] + verdict["findingsDigest"])
              for verdict, run in zip(judged, runs) if verdict.get("runDigest") == json.loads(run)["digest"]]
    if tree_hash(runs) != json.loads(read(header))["runsRoot"]:
        issues.append(("EVIDENCE_EDITED", path))
    elif len(leaves) != len(runs) + 1 or tree_hash(leaves) != seal["payload"]["outcomeRoot"]:
        issues.append(("OUTCOME_FORGED", "entry %d" % seal["index"]))


def verify(path, vkey):
    try:
        archive = zipfile.ZipFile(path)
        manifest = json.loads(archive.read("bundle.json"))
        origin, size, root, subject = (manifest[name] for name in ("origin", "size", "root", "subject"))
        need(manifest["format"] == "assay/bundle/v1")
    except Exception as e:
        raise ValueError("%s is no bundle: %s" % (path, e))
    issues, missing, verdicts, seals, seen, last = [], set(), {}, [], set(), -1
    good, read = read_files(archive, manifest, issues), archive.read
    note = read("checkpoint").decode() if "checkpoint" in good else "\n\n"
    if note.rpartition("\n\n")[0] != "%s\n%d\n%s" % (origin, size, base64.b64encode(bytes.fromhex(root)).decode()):
        issues.append(("CHECKPOINT_FORGED", "checkpoint"))
    wrong = check_note(note, vkey) if vkey else missing.add("the ledger's key, from its owner, as second argument")
    issues += [(wrong, "checkpoint")] if wrong else []
    lines = read("entries.jsonl").splitlines() if "entries.jsonl" in good else []
    for number, line in enumerate(lines, 1):
        try:
            item = json.loads(line)
            raw, proof = base64.b64decode(item["entry"], validate=True), [base64.b64decode(h) for h in item["proof"]]
            entry = decode(raw)
            need(last < entry["index"] == item["index"] < size and entry["ledger"] == manifest["ledger"])
            need(root_of(entry["index"], size, sha(b"\0", raw), proof).hex() == root)
        except Exception:
            issues.append(("ENTRY_EDITED", "entries.jsonl:%d" % number))
            continue
        last, kind = entry["index"], entry["kind"]
        check_evidence(entry, good, read, issues, missing)
        seen.add((kind, entry["subject"]))
        verdicts.update({entry["key"]: entry["payload"]} if kind == "run.verdict" else {})
        seals += [entry] if kind == "validation.sealed" and entry["subject"] == subject["id"] else []
    issues += [("BUNDLE_DAMAGED", "entries.jsonl")] if len(lines) != manifest["entries"] else []
    parts = {"run": [("run.imported", "run.changed", "run.verdict")],
             "workflow": [("validation.planned",), ("validation.sealed", "validation.abandoned")]}[subject["kind"]]
    for kinds, about in [(kinds, subject["id"]) for kinds in parts] + [(("ledger.created",), origin)]:
        missing |= set() if any((kind, about) in seen for kind in kinds) else {" or ".join(kinds) + " of " + about}
    for seal in seals:
        check_outcome(seal, verdicts, good, read, issues, missing)
    return issues, sorted(missing)


def main(arguments):
    try:
        need(len(arguments) in (1, 2), __doc__.strip())
        vkey = (arguments + [""])[1]
        issues, missing = verify(arguments[0], open(vkey).read().strip() if os.path.isfile(vkey) else vkey)
    except Exception as e:  # nothing that can be read is an answer
        print(e, file=sys.stderr)
        return 2
    answer, status = ("tampered", 4) if issues else ("indeterminate", 3) if missing else ("intact", 0)
    print(*["%s %s" % issue for issue in issues], *["missing: " + what for what in missing], answer, sep="\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
