package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.evidence.SignedNote;
import dev.assay.model.digest.Sha256;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification that rests on a checkpoint of half the ledger. */
class FromCheckpointTest {
  private static final int SIZE = 1_500;
  private static final long HALF = 750;

  /** Where the tile begins that the checkpoint ends in. */
  private static final long TILE = 512;

  @TempDir static Path keys;
  private static TamperedLedgers ledgers;

  @BeforeAll
  static void open() {
    ledgers = new TamperedLedgers(keys);
  }

  @AfterAll
  static void close() {
    ledgers.close();
  }

  @AfterEach
  void restore() {
    ledger().restore();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 255, 256, 257, 511, 512, 513, 1000})
  void verify_fromHalfOfAnySize_readsTheNewerOnes(int size) {
    TamperedLedger ledger = ledgers.of(size);
    PinnedCheckpoint half = ledger.pins().getFirst();
    VerifyReport report = ledger.verify(VerifyRequest.of(TamperedLedger.NAME).withFrom(half));
    assertThat(report.issues()).isEmpty();
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.restsOn()).map(TrustedCheckpoint::size).contains((long) size / 2);
    assertThat(report.entriesRead()).isEqualTo(size - size / 2 / 256 * 256);
    assertThat(report.root()).contains(ledger.checkpointNow().root());
    assertThat(report.asFarAs()).isEqualTo(size / 2);
  }

  @Test
  void verify_fromTheEnd_isIntact() {
    VerifyReport report =
        ledger().verify(VerifyRequest.of(TamperedLedger.NAME).withFrom(ledger().pins().getLast()));
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.asFarAs()).isEqualTo(SIZE);
    assertThat(report.root()).contains(ledger().checkpointNow().root());
  }

  @ParameterizedTest
  @ValueSource(longs = {TILE, HALF - 1, HALF, 767, 768, 1_023, 1_024, SIZE - 1})
  void verify_editedSince_namesTheEntry(long index) {
    ledger().forger().edit(index);
    VerifyReport report = fromHalf();
    assertThat(report.restsOn()).isPresent();
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRY_EDITED, index, index));
  }

  @Test
  void verify_deletedSince_namesTheGap() {
    ledger().forger().delete(HALF + 10, HALF + 20);
    assertThat(fromHalf().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_DELETED, HALF + 10, HALF + 20));
  }

  /** That is what resting on a checkpoint means. */
  @Test
  void verify_editedBefore_restsOnTheCheckpoint() {
    ledger().forger().edit(3);
    VerifyReport report = fromHalf();
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.restsOn()).map(TrustedCheckpoint::source).contains("half.note");
  }

  @Test
  void verify_tilesRewrittenBefore_readsAllAndNamesTheInterval() {
    ledger().forger().edit(3).hashesToTheEnd(3).tiles().head();
    VerifyReport report = fromHalf();
    assertThat(report.restsOn()).isEmpty();
    assertThat(report.entriesRead()).isEqualTo(SIZE);
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.CHAIN_REWRITTEN, 0L, HALF - 1));
  }

  /** Resting on a checkpoint, the tile of level 1 alone is read. */
  @Test
  void verify_allButLevel1RewrittenBefore_readsAllAndNamesBoth() {
    TamperedLedger large = ledgers.of(66_000);
    large.forger().edit(3).hashesToTheEnd(3).tilesOfLevel0().head();
    VerifyReport report =
        large.verify(VerifyRequest.of(TamperedLedger.NAME).withFrom(large.pins().getFirst()));
    assertThat(report.restsOn()).isEmpty();
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(
            tuple(IssueKind.CHAIN_REWRITTEN, 0L, 32_999L),
            tuple(IssueKind.TILE_EDITED, 0L, 65_535L));
  }

  @Test
  void verify_tileBeforeIsGone_readsAllAndNamesIt() {
    ledger().forger().sql("DELETE FROM ledger.tiles WHERE index = 0");
    VerifyReport report = fromHalf();
    assertThat(report.restsOn()).isEmpty();
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.TILE_EDITED, 0L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void verify_keyOfAnOldEntryAgain_isNamed(boolean withIndex) {
    Forger forger = ledger().forger().withoutKeyIndex();
    forger.copy(5, SIZE, "key").set(SIZE, "recorded = (SELECT max(recorded) FROM ledger.entries)");
    forger.hashesToTheEnd(SIZE).tiles().head();
    if (withIndex) {
      forger.sql("CREATE INDEX key_again ON ledger.entries (key)");
    }
    assertThat(fromHalf().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_DUPLICATED, (long) SIZE));
    forger.sql("DROP INDEX IF EXISTS ledger.key_again");
  }

  @Test
  void verify_forgedCheckpoint_readsAllAndNamesTheFile() {
    PinnedCheckpoint half = ledger().pins().getFirst();
    SignedNote forged = SignedNote.parse(half.note().toString().replace("\n750\n", "\n751\n"));
    VerifyReport report =
        ledger()
            .verify(
                VerifyRequest.of(TamperedLedger.NAME)
                    .withFrom(new PinnedCheckpoint(forged, half.key(), "forged.note")));
    assertThat(report.restsOn()).isEmpty();
    assertThat(report.entriesRead()).isEqualTo(SIZE);
    assertThat(report.issues())
        .extracting(Issue::kind)
        .containsExactly(IssueKind.CHECKPOINT_FORGED);
  }

  @Test
  void verify_checkpointBeyondTheEnd_readsAllAndSaysWhatIsLost() {
    PinnedCheckpoint beyond =
        ledger().pin(ledger().checkpoint(SIZE + 7, Sha256.of(new byte[] {1})), "beyond.note");
    VerifyReport report = ledger().verify(VerifyRequest.of(TamperedLedger.NAME).withFrom(beyond));
    assertThat(report.restsOn()).isEmpty();
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.TAIL_TRUNCATED, (long) SIZE, SIZE + 6L));
  }

  @Test
  void verify_withoutDuplicates_doesNotLookAtKeys() {
    Forger forger = ledger().forger().withoutKeyIndex();
    forger.copy(5, SIZE, "key").set(SIZE, "recorded = (SELECT max(recorded) FROM ledger.entries)");
    forger.hashesToTheEnd(SIZE).tiles().head();
    VerifyRequest request = VerifyRequest.of(TamperedLedger.NAME).withPinned(List.of());
    assertThat(ledger().verify(request.withDuplicates(false)).issues()).isEmpty();
    assertThat(ledger().verify(request).issues())
        .extracting(Issue::kind)
        .containsExactly(IssueKind.ENTRY_DUPLICATED);
  }

  private static TamperedLedger ledger() {
    return ledgers.of(SIZE);
  }

  private static VerifyReport fromHalf() {
    return ledger()
        .verify(VerifyRequest.of(TamperedLedger.NAME).withFrom(ledger().pins().getFirst()));
  }
}
