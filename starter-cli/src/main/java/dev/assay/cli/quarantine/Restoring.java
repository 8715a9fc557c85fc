package dev.assay.cli.quarantine;

import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.connectors.mlflow.RunFilePlace;
import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.RunEvidence;
import dev.assay.worker.cases.RestoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a file of a run back where the run's files are. */
final class Restoring implements Remedying {
  private static final String KIND = "ArtifactRestoration";

  private final Session session;
  private final String path;
  private final Path from;

  Restoring(Session session, String path, Path from) {
    this.session = session;
    this.path = path;
    this.from = from;
  }

  @Override
  public Remedy.Kind kind() {
    return Remedy.Kind.RESTORE_ARTIFACT;
  }

  @Override
  public Worked work(HeldCase held) throws IOException {
    RunFilePlace place = place(held.evidence().run());
    Sha256 digest = RestoredFile.digest(from);
    requireKnown(held.evidence(), digest);
    Path target = place.root().resolve(place.path());
    Optional<Sha256> there =
        Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
            ? Optional.of(RestoredFile.digest(target))
            : Optional.empty();
    RunEvidence now = new SourceReading(held, session.environment()).read(Optional.empty());
    if (there.equals(Optional.of(digest))
        && RunDiff.between(held.evidence(), now).changes().isEmpty()) {
      return Worked.already(now);
    }
    List<RunDiff.Change> written =
        there.equals(Optional.of(digest))
            ? List.of()
            : List.of(
                new RunDiff.Change(
                    "file " + target, there.map(Sha256::hex), Optional.of(digest.hex())));
    return new Worked(with(now, digest), written, Optional.empty(), Optional.empty(), true)
        .with(new Paper(KIND, document(held, digest), Optional.empty()));
  }

  @Override
  public Worked carryOut(HeldCase held, Worked worked) throws IOException {
    if (!worked.changes().isEmpty()) {
      Sha256 digest = RestoredFile.digest(from);
      requireKnown(held.evidence(), digest);
      RunFilePlace place = place(held.evidence().run());
      RestoredFile.restore(place.root(), place.path(), from, digest);
    }
    RunEvidence now = new SourceReading(held, session.environment()).read(Optional.empty());
    return new Worked(now, worked.changes(), worked.document(), worked.refusal(), true);
  }

  private RunFilePlace place(Run run) {
    if (!RestoredFile.within(path)) {
      throw new UsageException(
          "PATH %s leaves the run's folder; write it as the run names it".formatted(path));
    }
    Path at = Path.of(run.source().location());
    Optional<RunFilePlace> place =
        switch (Files.isDirectory(at) ? run.source().system() : "") {
          case "mlflow" -> Optional.of(RunFilePlace.of(at, path));
          case "rustorch" -> Optional.of(new RunFilePlace(at, path));
          default -> Optional.empty();
        };
    return place.orElseThrow(
        () ->
            new UsageException(
                "the files of %s aren't in a local folder, but at %s; put the file back there, then 'reimport'"
                    .formatted(run.identity(), run.source())));
  }

  private void requireKnown(RunEvidence evidence, Sha256 digest) {
    if (!known(evidence).contains(digest)) {
      throw new UsageException(
          "--from: %s has SHA-256 %s; of %s the run has %s. Give a copy of that"
              .formatted(
                  from,
                  digest,
                  path,
                  known(evidence).isEmpty() ? "no digest on record" : known(evidence)));
    }
  }

  /** The digests that the file may have. */
  private List<Sha256> known(RunEvidence evidence) {
    List<Sha256> known = new ArrayList<>();
    evidence.run().artifacts().stream()
        .filter(file -> file.path().equals(path))
        .flatMap(file -> file.sha256().stream())
        .forEach(known::add);
    evidence
        .artifactsFirst()
        .flatMap(first -> Optional.ofNullable(first.byPath().get(path)))
        .ifPresent(known::add);
    return known;
  }

  /** The run as it is read now, with this file's bytes. */
  private RunEvidence with(RunEvidence now, Sha256 digest) {
    SortedMap<String, Sha256> byPath =
        new TreeMap<>(now.artifactsNow().map(ArtifactDigests::byPath).orElse(new TreeMap<>()));
    byPath.put(path, digest);
    return new RunEvidence(
        now.run(), now.artifactsNow().map(_ -> new ArtifactDigests(byPath)), now.artifactsFirst());
  }

  private byte[] document(HeldCase held, Sha256 digest) {
    return CanonicalJson.encode(
        JsonObject.EMPTY
            .with("kind", KIND)
            .with("runDigest", held.file().runDigest().hex())
            .with("path", path)
            .with("sha256", digest.hex()));
  }
}
