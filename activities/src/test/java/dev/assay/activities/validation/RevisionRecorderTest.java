package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.Entries;
import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.RunReference;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.HeadAdvance;
import dev.assay.registry.HeadState;
import dev.assay.registry.RecordedRun;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import dev.assay.registry.RunHeads;
import dev.assay.registry.SetMember;
import dev.assay.registry.SortedMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RevisionRecorderTest {
  private static final int RUNS = 2 * Registry.BATCH + 500;

  private final RecordingLedger ledger = new RecordingLedger();
  private final RecordingHeads heads = new RecordingHeads();

  @Test
  void flush_severalBatches_allInOrderAndHeadsAfterTheirEntries() {
    RevisionRecorder recorder = recorder();
    members().forEach(recorder::add);
    recorder.flush();

    assertThat(ledger.subjects)
        .containsExactlyElementsOf(
            members().stream().map(m -> Entries.subject(m.member().identity())).toList());
    assertThat(heads.advanced).hasSize(RUNS).allMatch(advance -> advance.entryIndex() < RUNS);
    assertThat(heads.ahead).isZero();
  }

  @Test
  void add_aBatchFails_throwsItAndAdvancesNoHeadOfIt() {
    ledger.failsFrom = Registry.BATCH;

    RevisionRecorder recorder = recorder();
    assertThatThrownBy(() -> members().forEach(recorder::add))
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessage("gone");

    assertThat(heads.advanced).hasSize(ledger.subjects.size());
  }

  @Test
  void flush_theLastBatchFails_throwsItToo() {
    ledger.failsFrom = 0;

    RevisionRecorder recorder = recorder();
    recorder.add(members().getFirst());
    assertThatThrownBy(recorder::flush).isInstanceOf(LedgerUnavailableException.class);

    assertThat(heads.advanced).isEmpty();
  }

  private RevisionRecorder recorder() {
    return new RevisionRecorder(
        ledger,
        heads,
        Instant.EPOCH,
        new Correlation("w", "r", "plan"),
        new RevisionRecorder.ChangedRuns() {
          @Override
          public void records(List<SetMember> members) {}

          @Override
          public void artifacts(List<SetMember> members) {}
        });
  }

  private static List<SortedMember> members() {
    return IntStream.range(0, RUNS)
        .mapToObj(
            i ->
                new SortedMember(
                    i,
                    new SetMember(
                        new RunIdentity("assay-json", "e", "run-%05d".formatted(i)),
                        Sha256.of(new byte[] {(byte) i, (byte) (i >> 8)}),
                        "runs.jsonl",
                        Optional.empty()),
                    Optional.empty(),
                    new HeadState.New(),
                    1))
        .toList();
  }

  /** Keeps what it gets in memory; fails once it would hold more than allowed. */
  private static final class RecordingLedger implements Ledger {
    private final List<String> subjects = new ArrayList<>();
    private int failsFrom = Integer.MAX_VALUE;

    @Override
    public String name() {
      return "main";
    }

    @Override
    public String origin() {
      return "assay/main/" + new UUID(0, 1);
    }

    @Override
    public Receipt append(NewEntry entry) {
      return appendAll(List.of(entry)).getFirst();
    }

    @Override
    public synchronized List<Receipt> appendAll(List<NewEntry> entries) {
      if (subjects.size() + entries.size() > failsFrom) {
        throw new LedgerUnavailableException("gone", new IllegalStateException("test"));
      }
      List<Receipt> receipts = new ArrayList<>();
      for (NewEntry entry : entries) {
        int index = subjects.size();
        receipts.add(new Receipt(index, Sha256.of(new byte[0]), index + 1, Instant.EPOCH));
        subjects.add(entry.subject());
      }
      return receipts;
    }

    @Override
    public List<AppendOutcome> appendEach(List<NewEntry> entries) {
      return appendAll(entries).stream().<AppendOutcome>map(AppendOutcome.Recorded::new).toList();
    }

    synchronized int size() {
      return subjects.size();
    }

    @Override
    public LedgerHead head() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public void close() {}
  }

  private final class RecordingHeads implements RunHeads {
    private final List<HeadAdvance> advanced = new ArrayList<>();

    /** Heads that came before their entries. */
    private int ahead;

    @Override
    public List<RecordedRun> meant(String ledger, String written, int most) {
      throw new UnsupportedOperationException("not used here");
    }

    @Override
    public List<RevisionKey> fitting(String ledger, RunReference reference, int most) {
      throw new UnsupportedOperationException("not used here");
    }

    @Override
    public List<HeadState> compare(String name, List<RevisionKey> revisions) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public synchronized void advance(String name, List<HeadAdvance> advances) {
      advances.forEach(advance -> ahead += advance.entryIndex() < ledger.size() ? 0 : 1);
      advanced.addAll(advances);
    }

    @Override
    public int recordFirstArtifacts(UUID setId) {
      throw new UnsupportedOperationException("not asked for");
    }
  }
}
