package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.rest.ServerFiles.ServerFile;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Problem;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Takes the digests of a run's files from the bytes that the server hands out. */
final class FileDigests {
  /** Time for a file of no size; a line of 1 MiB/s is fast enough for the rest. */
  private static final Duration LEAST = Duration.ofMinutes(2);

  private static final long BYTES_PER_SECOND = 1 << 20;

  private FileDigests() {}

  /** Digests by path; of a file that the server doesn't hand out, a problem. */
  static Optional<ArtifactDigests> take(Api api, RunDraft draft, List<ServerFile> files) {
    SortedMap<String, Sha256> digests = new TreeMap<>();
    boolean told = false;
    for (ServerFile file : files) {
      try {
        Optional<String> path = file.root().served(file.pathInRoot(), api.http().server());
        if (path.isPresent()) {
          digests.put(Texts.name(file.path()), digest(api, path.get(), file.size()));
        } else if (!told) {
          told = true;
          draft.problem(
              Problem.ARTIFACTS,
              "digests can't be taken of the artifacts at %s: the server doesn't hand them out"
                  .formatted(Texts.shown(file.root().shown())));
        }
      } catch (ReplyException e) {
        draft.problem(file.path(), "its digest can't be taken: " + e.lasting());
      } catch (RecordException e) {
        draft.problem(file.path(), "its digest can't be taken: " + e.getMessage());
      }
    }
    return Optional.of(new ArtifactDigests(digests));
  }

  private static Sha256 digest(Api api, String path, long size)
      throws ReplyException, RecordException {
    Digested read =
        api.http()
            .download(
                api.artifact(path),
                LEAST.plusSeconds(size / BYTES_PER_SECOND),
                () -> BoundedBody.refusing(digesting(), size));
    if (read.bytes() != size) {
      throw new RecordException(
          "the server lists %d bytes, and gives %d".formatted(size, read.bytes()));
    }
    return read.digest();
  }

  private record Digested(Sha256 digest, long bytes) {}

  private static BodySubscriber<Digested> digesting() {
    MessageDigest sha256 = Sha256.newDigest();
    AtomicLong bytes = new AtomicLong();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(
            piece ->
                piece.ifPresent(
                    some -> {
                      sha256.update(some);
                      bytes.addAndGet(some.length);
                    })),
        _ -> new Digested(Sha256.ofBytes(sha256.digest()), bytes.get()));
  }
}
