package dev.assay.activities.observing;

import dev.assay.connectors.RunFiles;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.observation.Seen;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.RunEvidence;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files of a run that a program is given: those whose digest was taken when the run was
 * imported, and nothing else, whatever the record says of its files.
 *
 * @param byPath by their path in the run
 * @param bytes of all of them
 */
record GivenFiles(SortedMap<String, GivenFile> byPath, long bytes) {
  /** They are copied into memory. */
  static final long MOST_BYTES = 4L << 30;

  private static final int MOST_FILES = 900;

  GivenFiles {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }

  /** Files that aren't there, or can't be told to be the run's. */
  static final class UngivenException extends Exception {
    private static final long serialVersionUID = 1L;

    UngivenException(String message) {
      super(message);
    }
  }

  /**
   * Finds them.
   *
   * @param wanted by the path in the run
   * @throws UngivenException if one can't be given
   */
  static GivenFiles of(RunEvidence evidence, Predicate<String> wanted) throws UngivenException {
    SortedMap<String, Sha256> taken =
        evidence.artifactsNow().map(ArtifactDigests::byPath).orElseGet(TreeMap::new);
    for (Artifact artifact : evidence.run().artifacts()) {
      if (wanted.test(artifact.path()) && !taken.containsKey(artifact.path())) {
        throw new UngivenException(
            "the bytes of %s weren't read when the run was imported; import it from where its files are"
                .formatted(artifact.path()));
      }
    }
    SortedMap<String, Sha256> given = new TreeMap<>(taken);
    given.keySet().removeIf(path -> !wanted.test(path));
    Map<String, Path> here =
        given.isEmpty()
            ? Map.of()
            : RunFiles.of(evidence.run().source(), evidence.run().identity());
    SortedMap<String, GivenFile> files = new TreeMap<>();
    long bytes = 0;
    for (var file : given.entrySet()) {
      Path at = at(evidence, here, file.getKey());
      bytes += size(file.getKey(), at);
      files.put(file.getKey(), new GivenFile(file.getKey(), at, file.getValue()));
    }
    if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
      throw new UngivenException(
          "the files have %d bytes in %d files; a program is given up to %d in %d"
              .formatted(bytes, files.size(), MOST_BYTES, MOST_FILES));
    }
    return new GivenFiles(files, bytes);
  }

  private static Path at(RunEvidence evidence, Map<String, Path> here, String path)
      throws UngivenException {
    Path at = here.get(path);
    if (at == null) {
      throw new UngivenException(
          "%s isn't at %s, or that isn't this machine's; restore it, and import the run again"
              .formatted(path, evidence.run().source()));
    }
    return at;
  }

  private static long size(String path, Path at) throws UngivenException {
    try {
      return Folder.size(at);
    } catch (RecordException e) {
      throw new UngivenException(
          "%s can't be given: %s; restore it, and import the run again"
              .formatted(path, e.getMessage()));
    }
  }

  SortedMap<String, Sha256> digests() {
    SortedMap<String, Sha256> digests = new TreeMap<>();
    byPath.forEach((path, file) -> digests.put(path, file.expected()));
    return digests;
  }

  /** What was seen, unless the program got a file that was changed since it was imported. */
  Seen ofTheseFiles(Seen seen) {
    if (seen instanceof Seen.Nothing) {
      return seen; // perhaps because they couldn't be copied
    }
    return byPath.values().stream()
        .flatMap(file -> file.changed().stream())
        .findFirst()
        .<Seen>map(Seen.Nothing::new)
        .orElse(seen);
  }
}
