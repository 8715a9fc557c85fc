#!/usr/bin/env python3
"""Compares the two verifiers of bundles: FOLDER has bundles and expected.tsv, what Assay's own found; NAME.vkey is the key
given with a bundle NAME, else it is ledger.vkey.

Usage: bundles_agree.py FOLDER. Each line of expected.tsv: file, exit status, kinds joined by commas.
"""
import pathlib
import subprocess
import sys

TOOL = pathlib.Path(__file__).resolve().parent.parent / "tools" / "verify_bundle.py"


def main(folder):
    lines = (folder / "expected.tsv").read_text().splitlines()
    wrong = 0
    for line in lines:
        name, status, kinds = (line.split("\t") + [""])[:3]
        given = folder / (name + ".vkey")
        key = given if given.exists() else folder / "ledger.vkey"
        run = subprocess.run(
            # optimized: no check may be an assert, which Python then leaves out
            [sys.executable, "-O", TOOL, folder / name, key], capture_output=True, text=True, timeout=60
        )
        found = {word for word in run.stdout.split() if word.isupper() and "_" in word}
        agrees = run.returncode == int(status) and found == set(filter(None, kinds.split(",")))
        wrong += not agrees
        print("%-28s exit %s %s%s" % (name, status, kinds, "" if agrees else "   BUT the second verifier: exit %d %s %s" % (
            run.returncode, ",".join(sorted(found)), run.stderr)))
    print("%d bundles, %d disagree" % (len(lines), wrong))
    return 1 if wrong or len(lines) < 350 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
