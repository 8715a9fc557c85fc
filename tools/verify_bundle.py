#!/usr/bin/env python3
"""Checks an Assay evidence bundle without Assay: python3 verify_bundle.py BUNDLE.zip [LEDGER.vkey]

Written from docs/formats/bundle.md; shares no code with Assay. LEDGER.vkey: the ledger's verifier key or a file with
it, from its owner, not from the bundle. Exit: 0 intact, 4 tampered, 3 evidence or key missing, 2 no bundle or no key.
Beside it must lie bundle_forms.py, which reads zip and JSON strictly.
"""
import base64, collections, hashlib, mmap, os, re, struct, sys
from bundle_forms import directory, encode, lines_of, need, only, read_json, unbase64, unpack, whole
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KNOWN = re.compile(r"bundle\.json|index\.html|checkpoint|entries\.jsonl|documents/[0-9a-f]{64}\.json|plans/[0-9a-f]{64}\.jsonl")
HEX, NAME = re.compile("[0-9a-f]{64}"), re.compile(r"[^\s+\x00-\x1f\x7f-\x9f]{1,256}")
SIGNATURE = re.compile("\u2014 (%s) ([A-Za-z0-9+/]+={0,2})" % NAME.pattern)
FIELDS = "ledger index key kind actor subject outcome occurred recorded workflow run activity payload".split()
REFERS = {"run.imported": ["runDigest"], "run.changed": ["runDigest"], "run.verdict": ["runDigest", "findingsDigest"],
          "validation.planned": ["policyDigest", "planDigest"]}
PARTS = {"run": [("run.imported", "run.changed", "run.verdict")],
         "workflow": [("validation.planned",), ("validation.sealed", "validation.abandoned")]}

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def tree_hash(leaves):
    """RFC 6962 section 2.1."""
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

def decode(entry):
    """docs/formats/ledger.md, "Entry"."""
    need(entry.startswith(b"assay/entry/v1\0") and len(entry) <= 65535)
    at, fields = 15, {}
    for name in FIELDS:
        (length,) = struct.unpack_from(">H", entry, at)
        value, at = entry[at + 2:at + 2 + length], at + 2 + length
        fields[name] = struct.unpack(">q", value)[0] if name in ("index", "occurred", "recorded") else value.decode()
    fields["payload"] = read_json(value)
    need(at == len(entry) and isinstance(fields["payload"], dict))
    return fields

def check_note(note, text, name, vkey):
    """c2sp.org/signed-note, of just this text: what is wrong."""
    key_id, key = vkey.split("+", 2)[1:] if vkey else ("", "")
    typed = unbase64(key)
    need(not vkey or vkey.startswith(name + "+") and typed[0] == 1 and len(typed) == 33
         and sha(name.encode(), b"\n", typed)[:4].hex() == key_id, "no key of %s, type 01: name+id+base64" % name)
    try:
        start, lines = note.decode().rsplit("\n\n", 1)
        need(start + "\n" == text and lines.endswith("\n") and len(note) <= 1 << 20 and lines.count("\n") <= 100)
        pairs = [SIGNATURE.fullmatch(line).groups() for line in lines[:-1].split("\n")]
        signatures = [(signer, unbase64(signature)) for signer, signature in pairs]
        need(all(len(signature) > 4 for _, signature in signatures))
        ours = [signature[4:] for signer, signature in signatures if (signer, signature[:4].hex()) == (name, key_id)]
        for signature in ours:
            Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signature, text.encode())
        return ["KEY_SUBSTITUTED"] if vkey and not ours else []
    except (InvalidSignature, ValueError, AttributeError):  # AttributeError: a line of another form
        return ["CHECKPOINT_FORGED"]

def decide(findings):
    """docs/formats/validation.md, "Findings digest"."""
    seen = {(f["severity"], f["verdict"]) for f in findings if only(f, "check limit observed severity stage verdict")}
    need(isinstance(findings, list) and all(isinstance(text, str) for f in findings for text in f.values()))
    if ("block", "FAIL") in seen or ("block", "INDETERMINATE") in seen:
        return "FAIL" if ("block", "FAIL") in seen else "INDETERMINATE"
    return "WARN" if seen & {("warn", "FAIL"), ("warn", "INDETERMINATE")} else "PASS" if seen else "UNSELECTED"

def open_bundle(path):
    """The places of its files, and its manifest; raises if it is no bundle."""
    with open(path, "rb") as file:
        archive = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    files = list(directory(archive))
    need([name for name, _ in files].count("bundle.json") == 1, "there is no bundle.json, or more than one")
    manifest = read_json(unpack(archive, *dict(files)["bundle.json"]))
    only(manifest, "entries files format key ledger origin root size subject")
    subject, listed = only(manifest["subject"], "id kind"), [only(item, "path sha256 size") for item in manifest["files"]]
    texts = [manifest["key"], manifest["ledger"], subject["id"]] + [item["path"] for item in listed]
    need(manifest["format"] == "assay/bundle/v1" and subject["kind"] in PARTS and isinstance(manifest["files"], list))
    need(NAME.fullmatch(manifest["origin"]) and all(isinstance(text, str) for text in texts))
    need(all(HEX.fullmatch(digest) for digest in [manifest["root"]] + [item["sha256"] for item in listed]))
    for sized, name in [(item, "size") for item in listed + [manifest]] + [(manifest, "entries")]:
        sized[name] = whole(sized[name])
    return archive, files, manifest

def read_files(archive, files, manifest, issues):
    """What the manifest vouches for, by path, to be read; documents also by the digest in their name."""
    there, listed = (collections.Counter(names) for names in ([n for n, _ in files], [i["path"] for i in manifest["files"]]))
    strange = [n for n in there if not KNOWN.fullmatch(n) or there[n] > 1 or n not in listed and n != "bundle.json"]
    issues += [("BUNDLE_DAMAGED", name) for name in strange]
    places, good = dict(files), {}
    for path, digest, size in ((item["path"], item["sha256"], item["size"]) for item in manifest["files"]):
        try:
            need(KNOWN.fullmatch(path) and there[path] == listed[path] == 1)
            content = unpack(archive, *places[path])
            need(len(content) == size and sha(content).hex() == digest)
        except Exception:  # not there once, or it can't be unpacked
            issues.append(("BUNDLE_DAMAGED", path))
            continue
        if path.startswith("documents/") and path != "documents/%s.json" % digest:
            issues.append(("EVIDENCE_EDITED", path))
        else:
            good[path] = lambda path=path: unpack(archive, *places[path])
    return good

def check_evidence(entry, good, issues, missing):
    """What an entry refers to is there, and says the same."""
    kind, payload = entry["kind"], entry["payload"]
    pinned = [name for name in ("artifacts", "artifactsFirst") if name in payload and kind in ("run.imported", "run.changed")]
    for name in REFERS.get(kind, []) + pinned:
        path = "documents/%s.json" % payload.get(name)
        if path not in good:
            missing.add("%s (%s of entry %d)" % (path, name, entry["index"]))
            continue
        try:
            if name == "findingsDigest": need(decide(read_json(good[path]())) == entry["outcome"])
            header = read_json(good[path]()) if name == "planDigest" else {}
            need(all(encode(value) == encode(payload[member]) for member, value in header.items()))
        except Exception:
            issues.append(("VERDICT_FORGED" if name == "findingsDigest" else "EVIDENCE_EDITED", "entry %d" % entry["index"]))

def check_outcome(seal, verdicts, good, issues, missing):
    """docs/formats/validation.md, "Plan" and "Outcome root"."""
    plan = seal["payload"].get("planDigest")
    path, header = "plans/%s.jsonl" % plan, "documents/%s.json" % plan
    if not {path, header} <= set(good):
        missing.add("%s, %s (runs of entry %d)" % (path, header, seal["index"]))
        return
    try:
        runs = lines_of(good[path]())
        digests = [read_json(run)["digest"] for run in runs]
        need(all(map(HEX.fullmatch, digests)) and read_json(good[header]())["runsRoot"] == tree_hash(runs).hex())
    except Exception:  # no plan, or another one
        issues.append(("EVIDENCE_EDITED", path))
        return
    judged = [verdicts.get("%s/verdict/%d" % (seal["subject"], ordinal), ("", "")) for ordinal in range(len(runs))]
    root = tree_hash([bytes.fromhex(leaf) for leaf in [plan] + [run + findings for run, findings in judged]]).hex()
    if digests != [run for run, _ in judged] or root != seal["payload"].get("outcomeRoot"):
        issues.append(("OUTCOME_FORGED", "entry %d" % seal["index"]))

def verify(path, vkey):
    archive, files, manifest = open_bundle(path)
    origin, size, root, subject = (manifest[name] for name in ("origin", "size", "root", "subject"))
    issues, missing, verdicts, seals, seen, last = [], set(), {}, [], set(), -1
    good = read_files(archive, files, manifest, issues)
    text = "%s\n%d\n%s\n" % (origin, size, base64.b64encode(bytes.fromhex(root)).decode())
    issues += [(wrong, "checkpoint") for wrong in check_note(good.get("checkpoint", bytes)(), text, origin, vkey)]
    missing |= set() if vkey else {"the ledger's key, from its owner, as second argument"}
    lines = lines_of(good.get("entries.jsonl", bytes)())
    for count, line in enumerate(lines, 1):
        try:
            item = only(read_json(line), "entry index proof")
            raw, index, proof = unbase64(item["entry"]), whole(item["index"]), [unbase64(h) for h in item["proof"]]
            entry = decode(raw)
            need(last < entry["index"] == index < size and entry["ledger"] == manifest["ledger"])
            need(isinstance(item["proof"], list) and all(len(hash) == 32 for hash in proof))
            need(root_of(index, size, sha(b"\0", raw), proof).hex() == root)
        except Exception:
            issues.append(("ENTRY_EDITED", "entries.jsonl:%d" % count))
            continue
        last, kind, payload = index, entry["kind"], entry["payload"]
        check_evidence(entry, good, issues, missing)
        seen.add((kind, entry["subject"]))
        digests = [str(payload.get(name)) for name in ("runDigest", "findingsDigest")]
        if kind == "run.verdict" and all(map(HEX.fullmatch, digests)): verdicts[entry["key"]] = digests
        if (kind, entry["subject"], "workflow") == ("validation.sealed", subject["id"], subject["kind"]): seals.append(entry)
    issues += [("BUNDLE_DAMAGED", "entries.jsonl")] if len(lines) != manifest["entries"] else []
    for kinds, about in [(kinds, subject["id"]) for kinds in PARTS[subject["kind"]]] + [(("ledger.created",), origin)]:
        missing |= set() if any((kind, about) in seen for kind in kinds) else {" or ".join(kinds) + " of " + about}
    for seal in seals:
        check_outcome(seal, verdicts, good, issues, missing)
    return issues, sorted(missing)

def main(arguments):
    try:
        need(len(arguments) in (1, 2), __doc__)
        vkey = None
        if len(arguments) == 2:
            vkey = open(arguments[1], encoding="utf-8").read().strip() if os.path.isfile(arguments[1]) else arguments[1]
            need(vkey, "the key is empty")
        issues, missing = verify(arguments[0], vkey)
    except Exception as e:  # nothing that can be read is an answer
        print("%s is no bundle, or the key is none: %r" % (arguments[:1], e), file=sys.stderr)
        return 2
    answer, status = ("tampered", 4) if issues else ("indeterminate", 3) if missing else ("intact", 0)
    for line in ["%s %s" % issue for issue in issues] + ["missing: " + what for what in missing] + [answer]:
        print("".join(c if c.isprintable() else "?" for c in line))
    return status

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
