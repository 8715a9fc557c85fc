package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.Ledgers;
import dev.assay.model.digest.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the corpus of tampering leaves out: all columns, several attacks at once, bystanders. */
class LedgerVerifierTest {
  private static LedgerDatabase database;

  @TempDir Path folder;
  private final String name = "l-" + UUID.randomUUID();

  @BeforeAll
  static void openDatabase() {
    database = new LedgerDatabase();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = 'run.imported'",
        "actor = 'x'",
        "subject = 'x'",
        "outcome = 'x'",
        "occurred = occurred + interval '1 microsecond'",
        "recorded = recorded + interval '1 microsecond'",
        "workflow_id = 'x'",
        "run_id = 'x'",
        "activity = 'x'",
        "key = 'x'"
      })
  void verify_anyColumnEdited_namesTheEntry(String change) {
    fill(300);
    tamper("UPDATE ledger.entries SET " + change + " WHERE %s", at(270));
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_EDITED, 270L));
  }

  @Test
  void verify_deletedRange_namesItsEnds() {
    fill(1000);
    tamper("DELETE FROM ledger.entries WHERE ledger = '%s' AND index BETWEEN 300 AND 700", name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_DELETED, 300L, 700L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void verify_pinnedCheckpointOfAnyEarlierSize_anchors(int size) {
    fill(size);
    try (Ledger ledger = open()) {
      PinnedCheckpoint pin = pin(ledger);
      ledger.appendAll(Entries.numbered(size, size + 300));
      VerifyReport report = verify(pin);
      assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
      assertThat(report.asFarAs()).isEqualTo(size);
      assertThat(report.anchored()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 600})
  void verify_editedPayloadUnderAPin_namesTheEntryAlone(int size) {
    fill(size);
    try (Ledger ledger = open()) {
      PinnedCheckpoint pin = pin(ledger);
      tamper("UPDATE ledger.entries SET payload = payload || ' ' WHERE %s", at(size / 2));
      VerifyReport report = verify(pin);
      assertThat(report.issues())
          .extracting(Issue::kind, Issue::index)
          .containsExactly(tuple(IssueKind.ENTRY_EDITED, (long) size / 2));
      assertThat(report.anchored()).isFalse();
    }
  }

  @Test
  void verify_rewrittenBelowAPinAndEditedAbove_namesBoth() {
    fill(3);
    try (Ledger ledger = open()) {
      PinnedCheckpoint pin = pin(ledger);
      ledger.appendAll(Entries.numbered(4, 8));
      SignedNote other =
          CheckpointSigners.fileBacked(
                  folder.resolve("test-key.pem"),
                  folder.resolve("none"),
                  ledger.origin(),
                  (_, _) -> true)
              .sign(new Checkpoint(ledger.origin(), 3, Sha256.of(new byte[] {1})));
      tamper("UPDATE ledger.entries SET payload = payload || ' ' WHERE %s", at(6));
      assertThat(verify(new PinnedCheckpoint(other, pin.key(), "elsewhere")).issues())
          .extracting(Issue::kind, Issue::index)
          .containsExactly(tuple(IssueKind.CHAIN_REWRITTEN, 0L), tuple(IssueKind.ENTRY_EDITED, 6L));
    }
  }

  @Test
  void verify_deletedFromASmallLedger_speaksOfNoTile() {
    fill(10);
    tamper("DELETE FROM ledger.entries WHERE %s", at(4));
    Issue issue = verify().issues().getFirst();
    assertThat(issue.detail())
        .contains("no full tile keeps its leaf hash")
        .doesNotContain("unknown");
    assertThat(issue.remediation()).contains("backup").doesNotContain("tile");
  }

  @Test
  void verify_anotherLedgerInItsPlace_isRewritten() {
    PinnedCheckpoint pin = fillAndPin(10);
    for (String table : List.of("entries", "tiles", "heads")) {
      tamper("DELETE FROM ledger." + table + " WHERE ledger = '%s'", name);
    }
    fill(12);
    assertThat(verify().status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(verify(pin).issues())
        .extracting(Issue::kind)
        .containsExactly(IssueKind.CHAIN_REWRITTEN);
  }

  @Test
  void verify_severalAttacks_namesEach() {
    fill(5000);
    tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE %s", at(100));
    tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE %s", at(4900));
    tamper("DELETE FROM ledger.entries WHERE %s", at(2500));
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(
            tuple(IssueKind.ENTRY_EDITED, 100L),
            tuple(IssueKind.ENTRIES_DELETED, 2500L),
            tuple(IssueKind.ENTRY_EDITED, 4900L));
  }

  @Test
  void verify_whileOthersAppend_isIntact() {
    fill(3000);
    try (Ledger ledger = open()) {
      Thread appending =
          Thread.ofVirtual().start(() -> ledger.appendAll(Entries.numbered(3000, 6000)));
      assertThat(verify().status()).isEqualTo(VerifyStatus.INTACT);
      appending.join();
      assertThat(verify().status()).isEqualTo(VerifyStatus.INTACT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void verify_allTilesGoneAndAnEntryEdited_namesTheEntryAmongTheTiles() {
    fill(3_000);
    tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE %s", at(2_990));
    tamper("DELETE FROM ledger.tiles WHERE ledger = '%s'", name);
    assertThat(verify().issues())
        .filteredOn(issue -> issue.kind() == IssueKind.ENTRY_EDITED)
        .extracting(Issue::index)
        .containsExactly(2_990L);
  }

  @Test
  void verify_hugeHole_isOneIssue() {
    fill(9_000);
    tamper("DELETE FROM ledger.entries WHERE ledger = '%s' AND index BETWEEN 300 AND 8500", name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_DELETED, 300L, 8_500L));
  }

  @Test
  void verify_allGoneButACheckpoint_saysWhatIsLost() {
    PinnedCheckpoint pin = fillAndPin(10);
    for (String table : List.of("entries", "tiles", "heads")) {
      tamper("DELETE FROM ledger." + table + " WHERE ledger = '%s'", name);
    }
    assertThat(verify(pin).issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.TAIL_TRUNCATED, 0L, 9L));
    assertThatThrownBy(this::verify).isInstanceOf(LedgerNotFoundException.class);
  }

  @Test
  void verify_headGoneAndAnEntryEdited_namesBothAndWhatToDoFirst() {
    fill(600);
    tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE %s", at(100));
    tamper("DELETE FROM ledger.heads WHERE ledger = '%s'", name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.HEAD_EDITED, -1L), tuple(IssueKind.ENTRY_EDITED, 100L));
    assertThat(verify().issues().getFirst().remediation()).contains("verify again");
  }

  @Test
  void verify_headUnderAnotherName_namesTheRowAndMovesItBack() {
    fill(300);
    tamper("UPDATE ledger.heads SET ledger = ledger || '-other' WHERE ledger = '%s'", name);
    Issue issue = onlyIssue(IssueKind.HEAD_EDITED);
    assertThat(issue.detail()).contains("the row of ledger %s-other".formatted(name));
    runStatementOf(issue);
    assertThat(verify().status()).isEqualTo(VerifyStatus.INTACT);
  }

  @Test
  void verify_headGoneAndAnotherLedgerHasItsOrigin_sendsThereFirst() {
    String origin = fill(10).origin();
    String other = name + "-other";
    Ledgers.openOrCreate(database.writer(), other).close();
    tamper("DELETE FROM ledger.heads WHERE ledger = '%s'", name);
    database.tamper(
        "UPDATE ledger.heads SET origin = '%s' WHERE ledger = '%s'".formatted(origin, other));
    assertThat(onlyIssue(IssueKind.HEAD_EDITED).remediation())
        .contains("assay ledger verify --ledger " + other)
        .doesNotContain("run:");
  }

  @Test
  void verify_headAndNewestEntriesGone_saysThatNothingProvesTheEnd() {
    fill(300);
    tamper("DELETE FROM ledger.entries WHERE ledger = '%s' AND index >= 290", name);
    tamper("DELETE FROM ledger.heads WHERE ledger = '%s'", name);
    tamper("DELETE FROM ledger.lookup_state WHERE ledger = '%s'", name);
    assertThat(onlyIssue(IssueKind.HEAD_EDITED).remediation())
        .startsWith("nothing proves that these are all the entries: compare them with a backup")
        .doesNotContain("the entries prove");
    tamper("INSERT INTO ledger.lookup_state (ledger, next_index) VALUES ('%s', 300)", name);
    assertThat(onlyIssue(IssueKind.HEAD_EDITED).remediation())
        .contains(
            "lookup_state says that 300 were there: then 10 entries are lost, from 290 to 299");
  }

  @Test
  void verify_headGoneWhereACheckpointCoversAll_isProven() {
    PinnedCheckpoint pin = fillAndPin(300);
    tamper("DELETE FROM ledger.heads WHERE ledger = '%s'", name);
    Issue issue = verify(pin).issues().getFirst();
    assertThat(issue.remediation()).startsWith("the entries prove the right head; ");
    runStatementOf(issue);
    assertThat(verify(pin).status()).isEqualTo(VerifyStatus.INTACT);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void verify_rowAtTheLastIndexes_isInsertedAndTheRestIsRead(long index) {
    LedgerHead head = fill(300);
    PinnedCheckpoint pin;
    try (Ledger ledger = open()) {
      pin = pin(ledger);
    }
    database.tamper(
        "CREATE TEMP TABLE stranger AS SELECT * FROM ledger.entries WHERE " + at(299),
        "UPDATE stranger SET key = 'stranger', index = " + index,
        "INSERT INTO ledger.entries SELECT * FROM stranger",
        "DROP TABLE stranger");
    VerifyReport report = verify(pin);
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRY_INSERTED, index, index));
    assertThat(report.root()).contains(head.root());
    assertThat(report.asFarAs()).isEqualTo(300);
  }

  @Test
  void verify_aDayEarlier_namesTheEntryAlone() {
    fill(600);
    tamper("UPDATE ledger.entries SET recorded = recorded - interval '1 day' WHERE %s", at(300));
    assertThat(onlyIssue(IssueKind.ENTRY_EDITED).index()).isEqualTo(300);
  }

  @Test
  void verify_headSetBackAndAnEntryEdited_namesBoth() {
    PinnedCheckpoint pin = fillAndPin(600);
    tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE %s", at(100));
    tamper("UPDATE ledger.heads SET size = 599 WHERE ledger = '%s'", name);
    assertThat(verify(pin).issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.HEAD_EDITED, -1L), tuple(IssueKind.ENTRY_EDITED, 100L));
  }

  @Test
  void verify_headSetBackAndAnEntryDeleted_namesBothAndCallsNoEntryStrange() {
    PinnedCheckpoint pin = fillAndPin(600);
    tamper("DELETE FROM ledger.entries WHERE %s", at(100));
    tamper("UPDATE ledger.heads SET size = 599 WHERE ledger = '%s'", name);
    assertThat(verify(pin).issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.HEAD_EDITED, -1L), tuple(IssueKind.ENTRIES_DELETED, 100L));
  }

  @Test
  void verify_headEnlargedWhereACheckpointSawMore_saysWhatIsLost() {
    PinnedCheckpoint pin = fillAndPin(600);
    tamper("DELETE FROM ledger.entries WHERE ledger = '%s' AND index >= 590", name);
    tamper("UPDATE ledger.heads SET edge = '' WHERE ledger = '%s'", name);
    assertThat(verify(pin).issues()).extracting(Issue::kind).contains(IssueKind.ENTRIES_DELETED);
  }

  @Test
  void verify_emptyLedgerWithInfiniteTime_isNamed() {
    tamper(
        "INSERT INTO ledger.heads (ledger, origin, chain_hash, recorded) VALUES ('%1$s', 'assay/%1$s/x', decode(repeat('00', 32), 'hex'), 'infinity')",
        name);
    assertThat(verify().issues()).extracting(Issue::kind).containsExactly(IssueKind.HEAD_EDITED);
  }

  @Test
  void verify_noSuchLedger_saysSo() {
    assertThatThrownBy(() -> LedgerVerifier.verify(database.reader(), VerifyRequest.of("none")))
        .isInstanceOf(LedgerNotFoundException.class);
  }

  private PinnedCheckpoint fillAndPin(int entries) {
    fill(entries);
    try (Ledger ledger = open()) {
      return pin(ledger);
    }
  }

  private LedgerHead fill(int size) {
    try (Ledger ledger = open()) {
      ledger.appendAll(Entries.numbered(1, size));
      assertThat(ledger.head().size()).isEqualTo(size);
      return ledger.head();
    }
  }

  private Ledger open() {
    LedgerOptions d = LedgerOptions.DEFAULT;
    return Ledgers.openOrCreate(
        database.writer(),
        name,
        new LedgerOptions(
            d.queueEntries(), d.queueDeadline(), d.commitDeadline(), d.linger(), false));
  }

  private PinnedCheckpoint pin(Ledger ledger) {
    CheckpointSigner signer =
        CheckpointSigners.fileBacked(
            folder.resolve("test-key.pem"),
            folder.resolve("state"),
            ledger.origin(),
            (_, _) -> true);
    return new PinnedCheckpoint(
        signer.sign(ledger.head().checkpoint()), signer.verifierKey(), "the signer's state");
  }

  private VerifyReport verify(PinnedCheckpoint... pins) {
    return LedgerVerifier.verify(
        database.reader(), VerifyRequest.of(name).withPinned(List.of(pins)));
  }

  private Issue onlyIssue(IssueKind kind) {
    List<Issue> issues = verify().issues();
    assertThat(issues).extracting(Issue::kind).containsExactly(kind);
    return issues.getFirst();
  }

  private void runStatementOf(Issue issue) {
    database.tamper(issue.remediation().substring(issue.remediation().indexOf("run: ") + 5));
  }

  private String at(long index) {
    return "ledger = '%s' AND index = %d".formatted(name, index);
  }

  private void tamper(String sql, String argument) {
    database.tamper(sql.formatted(argument));
  }
}
