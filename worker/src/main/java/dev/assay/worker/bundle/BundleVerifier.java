package dev.assay.worker.bundle;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.entry.EntryFormatException;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.proof.InclusionProof;
import dev.assay.ledger.proof.ProofException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.BundleIssue.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks a bundle without a server: the checkpoint's signature, each entry's place in its tree,
 * each document's digest, and that verdicts and outcome follow from the documents. The order of
 * checks and what each answer means: docs/formats/bundle.md, which {@code tools/verify_bundle.py}
 * follows, too.
 */
public final class BundleVerifier {
  private final BundleFiles files;
  private final List<BundleIssue> issues = new ArrayList<>();

  private BundleVerifier(BundleFiles files) {
    this.files = files;
  }

  /**
   * Checks a bundle.
   *
   * @param key what must have signed the checkpoint, from outside the bundle; without one the
   *     answer is never INTACT
   * @throws BundleException if the file is no bundle
   */
  public static BundleReport verify(Path bundle, Optional<VerifierKey> key) throws IOException {
    try (BundleFiles files = BundleFiles.open(bundle)) {
      return new BundleVerifier(files).run(key);
    }
  }

  /**
   * The origin that a bundle claims, to look for its key.
   *
   * @throws BundleException if the file is no bundle
   */
  public static String origin(Path bundle) throws IOException {
    try (BundleFiles files = BundleFiles.open(bundle)) {
      return text(files.manifest(), "origin");
    }
  }

  private BundleReport run(Optional<VerifierKey> key) throws IOException {
    files.check(this::report);
    Checkpoint claimed =
        new Checkpoint(
            text(files.manifest(), "origin"),
            number(files.manifest(), "size"),
            digest(files.manifest(), "root"));
    BundleSubject subject =
        files.manifest().members().get("subject") instanceof JsonObject json
            ? BundleSubject.fromJson(json)
            : BundleSubject.fromJson(JsonObject.EMPTY);
    checkpoint(claimed, key);
    BundleEvidence evidence = new BundleEvidence(files, this::report);
    long entries = entries(claimed, evidence);
    if (entries != number(files.manifest(), "entries")) {
      report(
          BundleIssue.of(
              Kind.BUNDLE_DAMAGED,
              BundlePaths.ENTRIES,
              "it has %d lines, the manifest says %d"
                  .formatted(entries, number(files.manifest(), "entries"))));
    }
    evidence.finish(subject, claimed.origin());
    return new BundleReport(
        subject,
        claimed,
        key.isPresent(),
        entries,
        evidence.documents(),
        issues,
        evidence.missing());
  }

  private void checkpoint(Checkpoint claimed, Optional<VerifierKey> key) throws IOException {
    if (!files.good().containsKey(BundlePaths.CHECKPOINT)) {
      report(
          BundleIssue.of(Kind.CHECKPOINT_FORGED, BundlePaths.CHECKPOINT, "there is none to trust"));
      return;
    }
    try {
      SignedNote note = SignedNote.parse(files.bytes(BundlePaths.CHECKPOINT));
      if (!Checkpoint.parse(note.text()).equals(claimed)) {
        report(
            BundleIssue.of(
                Kind.CHECKPOINT_FORGED,
                BundlePaths.CHECKPOINT,
                "origin, size or root aren't those of bundle.json"));
      }
      if (key.isPresent()) {
        note.verify(key.get());
      }
    } catch (NoteSignatureException e) {
      Kind kind = e.reason() == Reason.OTHER_KEY ? Kind.KEY_SUBSTITUTED : Kind.CHECKPOINT_FORGED;
      report(BundleIssue.of(kind, BundlePaths.CHECKPOINT, String.valueOf(e.getMessage())));
    } catch (NoteException e) {
      report(
          BundleIssue.of(
              Kind.CHECKPOINT_FORGED, BundlePaths.CHECKPOINT, String.valueOf(e.getMessage())));
    }
  }

  private long entries(Checkpoint checkpoint, BundleEvidence evidence) throws IOException {
    if (!files.good().containsKey(BundlePaths.ENTRIES)) {
      return 0;
    }
    long line = 0;
    long previous = -1;
    try (BoundedLines lines =
        new BoundedLines(files.stream(BundlePaths.ENTRIES), BundlePaths.ENTRIES)) {
      for (Optional<byte[]> json = lines.next(); json.isPresent(); json = lines.next()) {
        line++;
        Optional<PlainEntry> entry = proven(json.get(), line, previous, checkpoint);
        if (entry.isPresent()) {
          previous = entry.get().index();
          evidence.add(entry.get());
        }
      }
    }
    return line;
  }

  /** The entry of a line, if it is in the tree where it says. */
  private Optional<PlainEntry> proven(
      byte[] text, long line, long previous, Checkpoint checkpoint) {
    try {
      if (!(JsonReader.read(text) instanceof JsonObject json)) {
        return refuse(line, -1, "the line is no entry with its proof");
      }
      long index = number(json, "index");
      byte[] bytes = Base64.getDecoder().decode(text(json, "entry"));
      InclusionProof proof = new InclusionProof(index, checkpoint.size(), path(json));
      PlainEntry entry = PlainEntry.decode(bytes);
      if (!proof.proves(PlainEntry.leafHash(bytes), checkpoint.root())) {
        return refuse(line, index, "the entry and its proof don't give the checkpoint's root");
      }
      if (entry.index() != index || index <= previous) {
        return refuse(
            line,
            index,
            "the entry says it is entry %d, after %d".formatted(entry.index(), previous));
      }
      if (!entry.ledger().equals(text(files.manifest(), "ledger"))) {
        return refuse(line, index, "the entry is of ledger %s".formatted(entry.ledger()));
      }
      return Optional.of(entry);
    } catch (EntryFormatException
        | ProofException
        | JsonException
        | BundleException
        | IllegalArgumentException e) {
      return refuse(line, -1, String.valueOf(e.getMessage()));
    }
  }

  private Optional<PlainEntry> refuse(long line, long index, String detail) {
    report(
        new BundleIssue(
            Kind.ENTRY_EDITED, "%s:%d".formatted(BundlePaths.ENTRIES, line), index, detail));
    return Optional.empty();
  }

  private void report(BundleIssue issue) {
    if (issues.size() < BundleReport.MAX_LISTED) {
      issues.add(issue);
    }
  }

  private static List<Sha256> path(JsonObject json) {
    if (!(json.members().get("proof") instanceof JsonArray(List<JsonValue> items))
        || items.size() > 64) {
      throw new BundleException("its proof isn't a list of at most 64 hashes");
    }
    List<Sha256> path = new ArrayList<>();
    for (JsonValue item : items) {
      if (!(item instanceof JsonString(String base64))) {
        throw new BundleException("its proof isn't a list of hashes");
      }
      path.add(Sha256.ofBytes(Base64.getDecoder().decode(base64)));
    }
    return path;
  }

  static String text(JsonObject json, String member) {
    if (json.members().get(member) instanceof JsonString(String value)) {
      return value;
    }
    throw new BundleException("bundle: member '%s' isn't text".formatted(member));
  }

  private static Sha256 digest(JsonObject json, String member) {
    try {
      return new Sha256(text(json, member));
    } catch (IllegalArgumentException e) {
      throw new BundleException("bundle: member '%s': %s".formatted(member, e.getMessage()));
    }
  }

  static long number(JsonObject json, String member) {
    if (json.members().get(member) instanceof JsonNumber(double value)
        && value == Math.rint(value)
        && value >= 0
        && value <= JsonValue.MAX_SAFE_INTEGER) {
      return (long) value;
    }
    throw new BundleException("bundle: member '%s' isn't a whole number from 0".formatted(member));
  }
}
