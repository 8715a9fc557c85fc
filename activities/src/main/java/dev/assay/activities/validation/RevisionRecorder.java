package dev.assay.activities.validation;

import dev.assay.activities.Entries;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.HeadAdvance;
import dev.assay.registry.HeadState;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import dev.assay.registry.RunHeads;
import dev.assay.registry.SetMember;
import dev.assay.registry.SortedMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings what an import found into the ledger: {@code run.imported} for a run that is new, {@code
 * run.changed} for one whose revision or artifacts differ from what was recorded. In batches; heads
 * advance only after their entries are durable, so a crash in between repeats the same keys. Used
 * by one thread, an activity's: the ledger may ask which one calls.
 */
final class RevisionRecorder {
  private static final String ACTOR = "assay/importer";

  private final Ledger ledger;
  private final RunHeads heads;
  private final Instant now;
  private final Correlation activity;
  private final List<NewEntry> entries = new ArrayList<>();
  private final List<RevisionKey> revisions = new ArrayList<>();
  private final List<NewEntry> artifactChanges = new ArrayList<>();
  private final ChangedRuns changed;
  private final List<SetMember> changedRecords = new ArrayList<>();
  private final List<SetMember> changedArtifacts = new ArrayList<>();

  /**
   * @param activity which activity records
   * @param changed told of runs that aren't what they were, after their entries are durable and
   *     before their heads advance, so that a crash in between tells it again
   */
  RevisionRecorder(
      Ledger ledger, RunHeads heads, Instant now, Correlation activity, ChangedRuns changed) {
    this.ledger = ledger;
    this.heads = heads;
    this.now = now;
    this.activity = activity;
    this.changed = changed;
  }

  /** Hears of runs that changed. */
  interface ChangedRuns {
    /** The records are others; at most {@link Registry#BATCH}. */
    void records(List<SetMember> members);

    /** Files of them are others than at first. */
    void artifacts(List<SetMember> members);
  }

  /** Notes one member; appends when a batch is full. */
  void add(SortedMember found) {
    SetMember member = found.member();
    switch (found.head()) {
      case HeadState.New() -> revision(member, EntryKind.RUN_IMPORTED, "first", content(member));
      case HeadState.Changed(Sha256 previous, long entryIndex) -> {
        revision(
            member,
            EntryKind.RUN_CHANGED,
            Long.toString(entryIndex),
            content(member)
                .with("previousDigest", previous.hex())
                .with("previousIndex", entryIndex));
        changedRecords.add(member);
      }
      case HeadState.Same(long _) -> {}
    }
    artifacts(found);
    if (entries.size() + artifactChanges.size() >= Registry.BATCH - 1) {
      flush();
    }
  }

  /** Appends what is left, and returns when all is durable. */
  void flush() {
    List<Receipt> receipts = ledger.appendAll(entries);
    ledger.appendAll(artifactChanges);
    changed.records(List.copyOf(changedRecords));
    changed.artifacts(List.copyOf(changedArtifacts));
    List<HeadAdvance> advances = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      advances.add(new HeadAdvance(revisions.get(i), receipts.get(i).index()));
    }
    if (!advances.isEmpty()) {
      heads.advance(ledger.name(), advances);
    }
    entries.clear();
    revisions.clear();
    artifactChanges.clear();
    changedRecords.clear();
    changedArtifacts.clear();
  }

  /** The key holds the head it follows, so that A, B, A again is three entries. */
  private void revision(SetMember member, String kind, String after, JsonObject payload) {
    String key =
        "run/" + Entries.key(member.identity()) + "/" + member.runDigest() + "/after-" + after;
    entries.add(entry(key, kind, member, payload));
    revisions.add(new RevisionKey(member.identity(), member.runDigest()));
  }

  /** The first digests stay for ever; every other set of them is a change, recorded once. */
  private void artifacts(SortedMember found) {
    SetMember member = found.member();
    if (found.artifactsFirst().isEmpty()
        || member.artifactsNow().isEmpty()
        || found.artifactsFirst().equals(member.artifactsNow())) {
      return;
    }
    String nowDigest = member.artifactsNow().get().hex();
    changedArtifacts.add(member);
    artifactChanges.add(
        entry(
            "artifacts/%s/%s".formatted(Entries.key(member.identity()), nowDigest),
            EntryKind.RUN_CHANGED,
            member,
            content(member)
                .with("artifacts", nowDigest)
                .with("artifactsFirst", found.artifactsFirst().get().hex())));
  }

  private static JsonObject content(SetMember member) {
    return JsonObject.EMPTY.with("runDigest", member.runDigest().hex());
  }

  private NewEntry entry(String key, String kind, SetMember member, JsonObject payload) {
    return new NewEntry(
        key, kind, ACTOR, Entries.subject(member.identity()), "", now, activity, payload);
  }
}
