package dev.assay.connectors.record;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.ArtifactDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the digests of a run's artifacts from their bytes. */
public final class ArtifactDigester {
  private static final int BUFFER_BYTES = 1 << 16;

  private ArtifactDigester() {}

  /** Digests by artifact path; a file that can't be read is a problem of the draft. */
  public static Optional<ArtifactDigests> digest(RunDraft draft, Map<String, Path> files) {
    SortedMap<String, Sha256> digests = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          try {
            digests.put(Texts.name(path), digest(file));
          } catch (IOException e) { // its message has the whole path, and a moved run is the same
            draft.problem(path, "its digest can't be taken: " + Folder.reason(e));
          } catch (RecordException e) {
            draft.problem(path, "its digest can't be taken: " + e.getMessage());
          }
        });
    return Optional.of(new ArtifactDigests(digests));
  }

  private static Sha256 digest(Path file) throws IOException, RecordException {
    MessageDigest sha256 = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Folder.stream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return Sha256.ofBytes(sha256.digest());
  }
}
