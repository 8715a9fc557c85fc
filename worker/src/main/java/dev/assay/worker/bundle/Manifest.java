package dev.assay.worker.bundle;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import java.util.List;

/**
 * What a bundle says of itself.
 *
 * @param checkpoint what its checkpoint should be; no more than a claim
 * @param entries how many lines the entries should have
 */
record Manifest(
    String ledger, Checkpoint checkpoint, BundleSubject subject, long entries, List<Listed> files) {
  Manifest {
    files = List.copyOf(files);
  }

  /** What a file should be. */
  record Listed(String path, String sha256, long size) {
    static Listed of(JsonValue json) {
      StrictJson file = new StrictJson(json, "path", "sha256", "size");
      return new Listed(file.text("path"), file.digest("sha256").hex(), file.number("size"));
    }
  }

  /**
   * Reads {@code bundle.json}.
   *
   * @throws BundleException for anything but canonical JSON of the one form
   */
  static Manifest read(byte[] utf8) {
    try {
      StrictJson json =
          new StrictJson(
              StrictJson.read(utf8),
              "entries",
              "files",
              "format",
              "key",
              "ledger",
              "origin",
              "root",
              "size",
              "subject");
      if (!json.text("format").equals(BundlePaths.FORMAT)) {
        throw new JsonException("it isn't of the format " + BundlePaths.FORMAT);
      }
      List<Listed> files = json.items("files").stream().map(Listed::of).toList();
      if (files.stream().map(Listed::path).distinct().count() != files.size()) {
        throw new JsonException("it lists a file twice");
      }
      json.text("key"); // a claim, which nothing is checked with
      return new Manifest(
          json.text("ledger"),
          new Checkpoint(json.text("origin"), json.number("size"), json.digest("root")),
          BundleSubject.fromJson(json.member("subject")),
          json.number("entries"),
          files);
    } catch (JsonException | NoteException e) {
      throw new BundleException(
          "bundle.json: %s; ask for the bundle again".formatted(e.getMessage()));
    }
  }
}
