package dev.assay.cli.ledger;

import dev.assay.cli.base.UsageException;
import dev.assay.evidence.AnchorException;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.anchors.AnchorReading;
import dev.assay.worker.anchors.Anchors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The checkpoints of one ledger that lie in anchors. The ledger is the one that the trusted key
 * signs for, whatever the database says its origin is.
 */
final class AnchoredCheckpoints {
  /** By note: one that several anchors have is compared once. */
  private final Map<SignedNote, PinnedCheckpoint> pins = new LinkedHashMap<>();

  private final List<Issue> issues = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();

  private AnchoredCheckpoints() {}

  /**
   * Those in folders that the user names.
   *
   * @throws UsageException if one can't be read
   */
  static AnchoredCheckpoints in(List<Path> folders, VerifierKey key) {
    AnchoredCheckpoints all = new AnchoredCheckpoints();
    for (Path folder : folders) {
      try {
        AnchoredNotes found = AnchorFolder.read(folder, key.name());
        if (found.notes().isEmpty()) {
          all.hints.add("--anchor: %s has no checkpoint of %s".formatted(folder, key.name()));
        }
        all.add(found, key);
      } catch (AnchorException e) {
        throw new UsageException("--anchor: " + e.getMessage(), e);
      }
    }
    return all;
  }

  /** Those in the home's anchors; what can't be read becomes a hint. */
  static AnchoredCheckpoints of(Anchors anchors, VerifierKey key) {
    AnchoredCheckpoints all = new AnchoredCheckpoints();
    try {
      for (AnchorReading each : anchors.read(key.name())) {
        each.notes().ifPresent(notes -> all.add(notes, key));
        if (each.notes().isEmpty()) {
          all.hints.add("not compared: " + each.problem());
        }
      }
    } catch (AnchorException e) {
      all.hints.add("the home's anchors weren't compared: " + e.getMessage());
    }
    return all;
  }

  /** None, which is said if the home has anchors: without a key nothing in them counts. */
  static AnchoredCheckpoints withoutKey(Anchors anchors) {
    AnchoredCheckpoints all = new AnchoredCheckpoints();
    try {
      List<Path> folders = anchors.folders();
      if (!folders.isEmpty()) {
        all.hints.add(
            "the home's anchors (%s) weren't compared: this home has no key of the ledger to check their checkpoints with, or the database doesn't say which ledger it signs. If its folder keys isn't whole, restore it from a backup; or give the key with --key"
                .formatted(folders.stream().map(Path::toString).collect(Collectors.joining(", "))));
      }
    } catch (AnchorException e) {
      all.hints.add("the home's anchors weren't compared: " + e.getMessage());
    }
    return all;
  }

  /** Says if there is none although the home's key has signed: the name is the database's only. */
  AnchoredCheckpoints wanted(VerifierKey key) {
    if (pins.isEmpty()) {
      hints.add(
          "the home's last checkpoint is gone, and no anchor has one of %s, which the ledger is as the database says: nothing from outside it was compared"
              .formatted(key.name()));
    }
    return this;
  }

  /** To compare with the ledger. */
  List<PinnedCheckpoint> pins() {
    return List.copyOf(pins.values());
  }

  /** Files that are no notes although nothing but notes is ever written there. */
  List<Issue> issues() {
    return List.copyOf(issues);
  }

  /** What wasn't compared, a sentence each. */
  List<String> hints() {
    return List.copyOf(hints);
  }

  private void add(AnchoredNotes found, VerifierKey key) {
    for (AnchoredNotes.Anchored each : found.notes()) {
      pins.putIfAbsent(
          each.note(), new PinnedCheckpoint(each.note(), key, each.source().toString()));
    }
    for (AnchoredNotes.Issue each : found.issues()) {
      String what = "%s %s".formatted(each.file(), each.problem());
      if (each.forged()) {
        issues.add(new Issue(IssueKind.CHECKPOINT_FORGED, -1, -1, what, advice(each.file())));
      } else {
        hints.add(what);
      }
    }
    hints.addAll(found.leftOut());
  }

  private static String advice(Path file) {
    return "don't trust %s: an anchor gets nothing but this ledger's signed checkpoints. Find out who wrote the file; if it was put there by mistake, move it elsewhere"
        .formatted(file);
  }
}
