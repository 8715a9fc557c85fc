package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import java.util.regex.Pattern;

/** What lies where in a bundle. Source: docs/formats/bundle.md. */
final class BundlePaths {
  static final String FORMAT = "assay/bundle/v1";
  static final String MANIFEST = "bundle.json";
  static final String PAGE = "index.html";
  static final String CHECKPOINT = "checkpoint";
  static final String ENTRIES = "entries.jsonl";

  /** Most files: two documents a run of the largest validation, and room. */
  static final int MAX_FILES = 500_000;

  /** Largest directory of the zip file: 128 MiB. */
  static final long MAX_DIRECTORY_BYTES = 128L << 20;

  /** Largest file, unpacked: 1 GiB. */
  static final long MAX_FILE_BYTES = 1L << 30;

  /** Largest manifest, 256 MiB: it is read whole. */
  static final long MAX_MANIFEST_BYTES = 256L << 20;

  /** Largest document, 64 MiB: the registry's largest, and room; they are read whole. */
  static final long MAX_DOCUMENT_BYTES = 64L << 20;

  /** All files, unpacked: 16 GiB. */
  static final long MAX_BYTES = 16L << 30;

  private static final Pattern DOCUMENT = Pattern.compile("documents/[0-9a-f]{64}\\.json");
  private static final Pattern PLAN = Pattern.compile("plans/[0-9a-f]{64}\\.jsonl");

  private BundlePaths() {}

  /** A document, by the SHA-256 of its bytes. */
  static String document(Sha256 digest) {
    return "documents/" + digest.hex() + ".json";
  }

  /** The runs of a plan, by the plan digest: the leaf of each, a line a run. */
  static String plan(Sha256 planDigest) {
    return "plans/" + planDigest.hex() + ".jsonl";
  }

  /** Whether a bundle may have such a file. */
  static boolean isKnown(String path) {
    return path.equals(MANIFEST)
        || path.equals(PAGE)
        || path.equals(CHECKPOINT)
        || path.equals(ENTRIES)
        || isDocument(path)
        || PLAN.matcher(path).matches();
  }

  static boolean isDocument(String path) {
    return DOCUMENT.matcher(path).matches();
  }
}
