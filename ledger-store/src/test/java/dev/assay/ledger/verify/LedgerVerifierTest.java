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
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A superuser with the triggers disabled changes the past; the verifier names it. */
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
  @ValueSource(ints = {1, 2, 255, 256, 257, 512, 1000})
  void verify_untouched_isIntact(int size) {
    LedgerHead head = fill(size);
    VerifyReport report = verify();
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.issues()).isEmpty();
    assertThat(report.root()).contains(head.root());
    assertThat(report.entriesRead()).isEqualTo(size);
    assertThat(report.anchored()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void verify_editedPayload_namesTheEntry(int size) {
    fill(size);
    for (int index : new int[] {0, size / 2, size - 1}) {
      tamper("UPDATE ledger.entries SET payload = payload || ' ' WHERE %s", at(index));
      assertThat(verify().issues())
          .extracting(Issue::kind, Issue::index, Issue::to)
          .containsExactly(tuple(IssueKind.ENTRY_EDITED, (long) index, (long) index));
      tamper(
          "UPDATE ledger.entries SET payload = substr(payload, 1, length(payload) - 1) WHERE %s",
          at(index));
      assertThat(verify().status()).isEqualTo(VerifyStatus.INTACT);
    }
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

  @ParameterizedTest
  @ValueSource(strings = {"leaf_hash", "chain_hash"})
  void verify_editedHashColumn_saysHashEdited(String column) {
    fill(600);
    for (int index : new int[] {0, 100, 550, 599}) {
      String flip = "UPDATE ledger.entries SET %s = set_byte(%s, 3, get_byte(%s, 3) # 1)";
      tamper(flip.formatted(column, column, column) + " WHERE %s", at(index));
      assertThat(verify().issues())
          .extracting(Issue::kind, Issue::index)
          .containsExactly(tuple(IssueKind.HASH_EDITED, (long) index));
      tamper(flip.formatted(column, column, column) + " WHERE %s", at(index));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void verify_deleted_namesTheGap(int size) {
    fill(size);
    int index = size / 2;
    tamper("DELETE FROM ledger.entries WHERE %s", at(index));
    VerifyReport report = verify();
    assertThat(report.issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_DELETED, (long) index, (long) index));
    assertThat(report.root()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 255, 256, 257, 1000})
  void verify_deletedAndClosedUp_namesWhatIsMissing(int size) {
    fill(size);
    int index = size / 2;
    tamper("DELETE FROM ledger.entries WHERE %s", at(index));
    shift(index + 1, -1);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_DELETED, (long) index, (long) index));
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
  void verify_insertedBetween_namesTheStranger(int size) {
    fill(size);
    int index = size / 2;
    shift(index, 1);
    copy(index + 1, index, "'forged'");
    tamper("UPDATE ledger.heads SET size = size + 1 WHERE ledger = '%s'", name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_INSERTED, (long) index));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 1000})
  void verify_insertedAtTheEnd_namesTheStranger(int size) {
    fill(size);
    copy(0, size, "'forged'");
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_INSERTED, (long) size));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 255, 256, 257, 1000})
  void verify_swapped_namesBothPlaces(int size) {
    fill(size);
    int low = size / 3;
    int high = size - 1;
    tamper("UPDATE ledger.entries SET index = index + 1000000 WHERE %s", at(low));
    tamper("UPDATE ledger.entries SET index = " + low + " WHERE %s", at(high));
    tamper("UPDATE ledger.entries SET index = " + high + " WHERE %s", at(1_000_000 + low));
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.ENTRIES_REORDERED, (long) low, (long) high));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void verify_duplicatedAtTheEnd_saysSo(int size) {
    fill(size);
    tamper("ALTER TABLE ledger.entries DROP CONSTRAINT IF EXISTS entries_key%s", "");
    copy(size - 1, size, "key");
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_DUPLICATED, (long) size));
    tamper("DELETE FROM ledger.entries WHERE %s", at(size));
    tamper("ALTER TABLE ledger.entries ADD CONSTRAINT entries_key UNIQUE (key, ledger)%s", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000})
  void verify_truncatedTail_isFoundByThePinnedCheckpoint(int size) {
    LedgerHead before = fill(size);
    String head = headRow();
    try (Ledger ledger = open()) {
      ledger.appendAll(Entries.numbered(size, size + 3));
      PinnedCheckpoint pin = pin(ledger);
      tamper("DELETE FROM ledger.entries WHERE ledger = '%s' AND index >= " + size, name);
      tamper("DELETE FROM ledger.tiles WHERE ledger = '%s' AND index >= " + size / 256, name);
      tamper("UPDATE ledger.heads SET " + head + " WHERE ledger = '%s'", name);
      assertThat(verify().root()).contains(before.root());
      assertThat(verify(pin).issues())
          .extracting(Issue::kind, Issue::index, Issue::to)
          .containsExactly(tuple(IssueKind.TAIL_TRUNCATED, (long) size, size + 2L));
    }
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
                  folder.resolve("test-key.pem"), folder.resolve("none"), ledger.origin())
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
    fill(10);
    PinnedCheckpoint pin;
    try (Ledger ledger = open()) {
      pin = pin(ledger);
    }
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
  void verify_forgedCheckpoint_isNamed() {
    fill(10);
    try (Ledger ledger = open()) {
      PinnedCheckpoint pin = pin(ledger);
      SignedNote forged = SignedNote.parse(pin.note().toString().replace("\n10\n", "\n9\n"));
      assertThat(verify(new PinnedCheckpoint(forged, pin.key(), "file")).issues())
          .extracting(Issue::kind)
          .containsExactly(IssueKind.CHECKPOINT_FORGED);
    }
  }

  @Test
  void verify_checkpointOfAnotherKey_isNamed() {
    fill(10);
    try (Ledger ledger = open()) {
      PinnedCheckpoint pin = pin(ledger);
      SignedNote other =
          CheckpointSigners.noteSigner(folder.resolve("other.pem"), ledger.origin())
              .sign(pin.note().text());
      assertThat(verify(new PinnedCheckpoint(other, pin.key(), "file")).issues())
          .extracting(Issue::kind)
          .containsExactly(IssueKind.KEY_SUBSTITUTED);
    }
  }

  @Test
  void verify_editedTile_saysTileEdited() {
    fill(600);
    tamper(
        "UPDATE ledger.tiles SET hashes = set_byte(hashes, 9, 1) WHERE ledger = '%s' AND index = 1",
        name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.TILE_EDITED, 256L, 511L));
  }

  @Test
  void verify_missingTile_saysTileEdited() {
    fill(600);
    tamper("DELETE FROM ledger.tiles WHERE ledger = '%s' AND index = 0", name);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index, Issue::to)
        .containsExactly(tuple(IssueKind.TILE_EDITED, 0L, 255L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chain_hash = sha256('x')", "edge = set_byte(edge, 0, get_byte(edge, 0) # 1)"})
  void verify_editedHead_saysHeadEdited(String change) {
    fill(600);
    tamper("UPDATE ledger.heads SET " + change + " WHERE ledger = '%s'", name);
    assertThat(verify().issues()).extracting(Issue::kind).containsExactly(IssueKind.HEAD_EDITED);
  }

  @Test
  void verify_editedWithItsLeafHash_isFoundByTheTile() {
    fill(600);
    tamper(
        "UPDATE ledger.entries SET outcome = 'FAIL', leaf_hash = sha256('anything') WHERE %s",
        at(40));
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(tuple(IssueKind.ENTRY_EDITED, 40L));
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
  void verify_noSuchLedger_saysSo() {
    assertThatThrownBy(() -> LedgerVerifier.verify(database.reader(), VerifyRequest.of("none")))
        .isInstanceOf(LedgerNotFoundException.class);
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
            folder.resolve("test-key.pem"), folder.resolve("state"), ledger.origin());
    return new PinnedCheckpoint(
        signer.sign(ledger.head().checkpoint()), signer.verifierKey(), "the signer's state");
  }

  private VerifyReport verify(PinnedCheckpoint... pins) {
    return LedgerVerifier.verify(
        database.reader(), VerifyRequest.of(name).withPinned(List.of(pins)));
  }

  private String at(long index) {
    return "ledger = '%s' AND index = %d".formatted(name, index);
  }

  private void tamper(String sql, String argument) {
    database.tamper(sql.formatted(argument));
  }

  private void shift(long from, int by) {
    tamper(
        "UPDATE ledger.entries SET index = index + 1000000 WHERE ledger = '%s' AND index >= "
            + from,
        name);
    tamper(
        "UPDATE ledger.entries SET index = index - 1000000 + "
            + by
            + " WHERE ledger = '%s' AND index >= 1000000",
        name);
  }

  private void copy(long from, long to, String key) {
    tamper(
        "INSERT INTO ledger.entries SELECT ledger, "
            + to
            + ", "
            + key
            + ", kind, actor, subject, outcome, occurred, recorded, workflow_id, run_id, activity,"
            + " payload, leaf_hash, chain_hash FROM ledger.entries WHERE %s",
        at(from));
  }

  /** The head row's state as an UPDATE's SET list. */
  private String headRow() {
    LedgerHead head = Ledgers.reader(database.reader(), name).head();
    try (var connection = database.admin().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT chain_hash, edge FROM ledger.heads WHERE ledger = '" + name + "'")) {
      rows.next();
      return "size = %d, chain_hash = '\\x%s', edge = '\\x%s'"
          .formatted(
              head.size(),
              HexFormat.of().formatHex(rows.getBytes(1)),
              HexFormat.of().formatHex(rows.getBytes(2)));
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
