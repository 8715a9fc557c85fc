package dev.assay.worker.bundle;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.NoteSignatureException.Reason;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.bundle.BundleIssue.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a bundle without a server: the checkpoint's signature, each entry's place in its tree,
 * each document's digest, and that verdicts and outcome follow from the documents. The order of
 * checks and what each answer means: docs/formats/bundle.md, which {@code tools/verify_bundle.py}
 * follows, too.
 */
public final class BundleVerifier implements AutoCloseable {
  private final BundleFiles files;
  private final List<BundleIssue> issues = new ArrayList<>();

  private BundleVerifier(BundleFiles files) {
    this.files = files;
  }

  /**
   * Opens a bundle and reads its manifest.
   *
   * @throws BundleException if the file is no bundle
   */
  public static BundleVerifier open(Path bundle) throws IOException {
    return new BundleVerifier(BundleFiles.open(bundle));
  }

  /** Opens and checks a bundle: see {@link #verify}. */
  public static BundleReport verify(Path bundle, Optional<VerifierKey> key) throws IOException {
    try (BundleVerifier verifier = open(bundle)) {
      return verifier.verify(key);
    }
  }

  /** The origin that the bundle claims, to look for its key. */
  public String origin() {
    return files.manifest().checkpoint().origin();
  }

  /**
   * Checks the bundle, once.
   *
   * @param key what must have signed the checkpoint, from outside the bundle; without one the
   *     answer is never INTACT
   * @throws BundleException if the key isn't the ledger's Ed25519 key by its name and type
   */
  public BundleReport verify(Optional<VerifierKey> key) throws IOException {
    if (key.isPresent()
        && (!key.get().name().equals(origin()) || key.get().type() != KeyType.ED25519)) {
      throw new BundleException(
          "the key is %s's, of type %s; a bundle of %s is checked with that ledger's ed25519 key, which 'assay ledger key' prints"
              .formatted(key.get().name(), key.get().type().written(), origin()));
    }
    files.check(this::report);
    checkpoint(key);
    BundleEvidence evidence = new BundleEvidence(files, this::report);
    long entries = entries(evidence);
    if (entries != files.manifest().entries()) {
      report(
          BundleIssue.of(
              Kind.BUNDLE_DAMAGED,
              BundlePaths.ENTRIES,
              "it has %d lines, the manifest says %d"
                  .formatted(entries, files.manifest().entries())));
    }
    evidence.finish(files.manifest().subject(), origin());
    return new BundleReport(
        files.manifest().subject(),
        files.manifest().checkpoint(),
        key.isPresent(),
        entries,
        evidence.documents(),
        issues,
        evidence.missing());
  }

  private void checkpoint(Optional<VerifierKey> key) throws IOException {
    if (!files.good().containsKey(BundlePaths.CHECKPOINT)) {
      forged(Kind.CHECKPOINT_FORGED, "there is none to trust");
      return;
    }
    try {
      SignedNote note = SignedNote.parse(files.bytes(BundlePaths.CHECKPOINT));
      if (!Checkpoint.parse(note.text()).equals(files.manifest().checkpoint())) {
        forged(Kind.CHECKPOINT_FORGED, "origin, size or root aren't those of bundle.json");
      } else if (key.isPresent()) {
        note.verify(key.get());
      }
    } catch (NoteSignatureException e) {
      forged(
          e.reason() == Reason.OTHER_KEY ? Kind.KEY_SUBSTITUTED : Kind.CHECKPOINT_FORGED,
          String.valueOf(e.getMessage()));
    } catch (NoteException e) {
      forged(Kind.CHECKPOINT_FORGED, String.valueOf(e.getMessage()));
    }
  }

  private void forged(Kind kind, String detail) {
    report(BundleIssue.of(kind, BundlePaths.CHECKPOINT, detail));
  }

  /** How many lines there are; what is proven becomes evidence. */
  private long entries(BundleEvidence evidence) throws IOException {
    if (!files.good().containsKey(BundlePaths.ENTRIES)) {
      return 0;
    }
    long number = 0;
    long previous = -1;
    try (BoundedLines lines = new BoundedLines(files.stream(BundlePaths.ENTRIES))) {
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        number++;
        switch (EntryLine.read(line.get(), files.manifest(), previous)) {
          case EntryLine.Proven(var entry) -> {
            previous = entry.index();
            evidence.add(entry);
          }
          case EntryLine.Refused(long index, String why) ->
              report(
                  new BundleIssue(
                      Kind.ENTRY_EDITED,
                      "%s:%d".formatted(BundlePaths.ENTRIES, number),
                      index,
                      why));
        }
      }
    }
    return number;
  }

  private void report(BundleIssue issue) {
    if (issues.size() < BundleReport.MAX_LISTED) {
      issues.add(issue);
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
