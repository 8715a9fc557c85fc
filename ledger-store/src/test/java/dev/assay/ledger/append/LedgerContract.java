package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.Entries;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.EntryTooLargeException;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerFollower;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerOnServer;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger must do, on any supported PostgreSQL, as the role assay_writer. */
abstract class LedgerContract extends LedgerOnServer {
  @Test
  void openOrCreate_newLedger_hasItsCreationAsEntry0() {
    assertThat(ledger().origin()).matches("assay/" + name() + "/[0-9a-f-]{36}");
    assertThat(ledger().head().size()).isEqualTo(1);
    StoredEntry created = reader().entry(0).orElseThrow();
    assertThat(created.kind()).isEqualTo(EntryKind.LEDGER_CREATED);
    assertThat(created.subject()).isEqualTo(ledger().origin());
  }

  @Test
  void openOrCreate_again_isTheSameLedger() {
    try (Ledger again = Ledgers.openOrCreate(database().writer(), name())) {
      assertThat(again.origin()).isEqualTo(ledger().origin());
      assertThat(again.head()).isEqualTo(ledger().head());
    }
  }

  @Test
  void append_entry_isReadBackWhole() {
    NewEntry entry =
        Entries.keyed("k")
            .withPayload("text", "ä\u0001\"😀")
            .withCorrelation(new Correlation("validate/x#1", "run", "judge"))
            .build();
    Receipt receipt = ledger().append(entry);
    StoredEntry stored = reader().entry(receipt.index()).orElseThrow();
    assertThat(
            new NewEntry(
                stored.key(),
                stored.kind(),
                stored.actor(),
                stored.subject(),
                stored.outcome(),
                stored.occurred(),
                stored.correlation(),
                stored.payload()))
        .isEqualTo(entry);
    assertThat(stored.recorded()).isEqualTo(receipt.recorded());
    assertThat(stored.leafHash()).isEqualTo(receipt.leafHash());
    assertThat(reader().entryByKey("k")).contains(stored);
  }

  @Test
  void entriesByKeys_someAreThere_inTheLedgersOrder() {
    ledger().append(Entries.keyed("b").build());
    ledger().append(Entries.keyed("a").build());
    assertThat(reader().entriesByKeys(List.of("a", "none", "b")))
        .extracting(StoredEntry::key)
        .containsExactly("b", "a");
    assertThat(reader().entriesByKeys(List.of())).isEmpty();
  }

  @Test
  void append_repeatedKey_returnsFirstReceipt() {
    Receipt first = ledger().append(Entries.numbered(1));
    Receipt between = ledger().append(Entries.numbered(2));
    assertThat(ledger().append(Entries.numbered(1))).isEqualTo(first);
    assertThat(ledger().head().size()).isEqualTo(between.size());
  }

  @Test
  void append_repeatedKeyAfterReopening_returnsFirstReceipt() {
    Receipt first = ledger().append(Entries.numbered(1));
    reopen();
    assertThat(ledger().append(Entries.numbered(1))).isEqualTo(first);
  }

  @Test
  void append_sameKeyOtherContent_conflictsAndIsOnRecordOnce() {
    Receipt first = ledger().append(Entries.keyed("k").withOutcome("PASS").build());
    NewEntry other = Entries.keyed("k").withOutcome("FAIL").build();
    for (int tries = 0; tries < 2; tries++) {
      assertThatThrownBy(() -> ledger().append(other))
          .isInstanceOfSatisfying(
              IdempotencyConflictException.class,
              e -> assertThat(e.firstIndex()).isEqualTo(first.index()));
    }
    List<StoredEntry> conflicts = reader().log(LogFilter.ALL.withKind(EntryKind.APPEND_CONFLICT));
    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.getFirst().key()).startsWith("conflict/k/");
    assertThat(ledger().head().size()).isEqualTo(3);
  }

  @Test
  void append_sameKeyOtherCorrelationAndTime_isNoConflict() {
    Receipt first = ledger().append(Entries.keyed("k").build());
    NewEntry again =
        new NewEntry(
            "k",
            EntryKind.RUN_VERDICT,
            "test-service",
            "run/k",
            "PASS",
            Entries.OCCURRED.plusSeconds(9),
            new Correlation("w", "another-run", ""),
            JsonObject.EMPTY);
    assertThat(ledger().append(again)).isEqualTo(first);
  }

  @Test
  void appendEach_conflictsWithinTheList_tellsOfEachInOrder() {
    ledger().append(Entries.keyed("taken").build());

    List<AppendOutcome> outcomes =
        ledger()
            .appendEach(
                List.of(
                    Entries.keyed("before").build(),
                    Entries.keyed("taken").withOutcome("OTHER").build(),
                    Entries.keyed("taken").build(),
                    Entries.keyed("after").build()));

    assertThat(outcomes)
        .satisfiesExactly(
            before -> assertThat(before).isInstanceOf(AppendOutcome.Recorded.class),
            other ->
                assertThat(other)
                    .isInstanceOfSatisfying(
                        AppendOutcome.Conflicted.class,
                        conflicted -> assertThat(conflicted.conflict().key()).isEqualTo("taken")),
            same -> assertThat(same).isInstanceOf(AppendOutcome.Recorded.class),
            after -> assertThat(after).isInstanceOf(AppendOutcome.Recorded.class));
  }

  @Test
  void appendAll_conflictWithinTheList_recordsTheOthersFirst() {
    List<NewEntry> entries =
        List.of(
            Entries.keyed("a").withOutcome("PASS").build(),
            Entries.keyed("a").withOutcome("FAIL").build(),
            Entries.keyed("b").build(),
            Entries.keyed("a").withOutcome("PASS").build());
    assertThatThrownBy(() -> ledger().appendAll(entries))
        .isInstanceOf(IdempotencyConflictException.class);
    assertThat(reader().log(LogFilter.ALL).stream().map(StoredEntry::kind))
        .containsExactly(
            EntryKind.LEDGER_CREATED,
            EntryKind.RUN_VERDICT,
            EntryKind.RUN_VERDICT,
            EntryKind.APPEND_CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1000, 1001, 2600})
  void appendAll_anySize_givesReceiptsInOrder(int size) {
    List<Receipt> receipts = ledger().appendAll(Entries.numbered(0, size));
    assertThat(receipts).hasSize(size);
    for (int i = 0; i < size; i++) {
      assertThat(receipts.get(i).index()).isEqualTo(i + 1);
    }
    assertThat(ledger().head().size()).isEqualTo(size + 1);
    assertThat(ledger().head().root()).isEqualTo(rootOf(storedLeaves()));
    assertThat(ledger().appendAll(Entries.numbered(0, size))).isEqualTo(receipts);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 6_000})
  void append_twoProcessesInTurns_keepOneTreeAndItsTiles(int entries) {
    try (Ledger other = Ledgers.openOrCreate(database().writer(), name())) {
      for (int turn = 0; turn < 12; turn++) {
        List<NewEntry> next = Entries.numbered(turn * entries, (turn + 1) * entries);
        (turn % 2 == 0 ? ledger() : other).appendAll(next);
      }
    }
    assertThat(ledger().head().size()).isEqualTo(12 * entries + 1);
    assertThat(ledger().head().root()).isEqualTo(rootOf(storedLeaves()));
    assertThat(LedgerVerifier.verify(database().reader(), VerifyRequest.of(name())).status())
        .isEqualTo(VerifyStatus.INTACT);
  }

  @Test
  void append_manyCallersOfTwoProcesses_isGaplessAndEachKeyIsOnce() throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    try (Ledger other = Ledgers.openOrCreate(database().writer(), name());
        ExecutorService callers = Executors.newFixedThreadPool(32)) {
      List<Callable<List<Receipt>>> calls = new ArrayList<>();
      for (int caller = 0; caller < 32; caller++) {
        int from = caller / 2 * 40;
        Ledger mine = caller % 2 == 0 ? ledger() : other;
        calls.add(() -> Entries.numbered(from, from + 40).stream().map(mine::append).toList());
      }
      for (Future<List<Receipt>> done : callers.invokeAll(calls)) {
        receipts.addAll(done.get());
      }
    }
    Set<Receipt> distinct = new HashSet<>(receipts);
    assertThat(receipts).hasSize(1280);
    assertThat(distinct).hasSize(640);
    assertThat(distinct.stream().map(Receipt::index).sorted().toList())
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, 640).boxed().toList());
    assertThat(ledger().head().root()).isEqualTo(rootOf(storedLeaves()));
  }

  @Test
  void append_tooLarge_isRefusedAndRecordsNothing() {
    NewEntry entry = Entries.keyed("k").withPayload("text", "x".repeat(66_000)).build();
    assertThatThrownBy(() -> ledger().append(entry)).isInstanceOf(EntryTooLargeException.class);
    assertThat(ledger().head().size()).isEqualTo(1);
  }

  @Test
  void append_largestThatFits_isRecorded() {
    int overhead =
        15 + 13 * 2 + name().length() + 3 * 8 + 1 + 11 + 12 + 5 + 4 + "{\"t\":\"\"}".length();
    NewEntry entry = Entries.keyed("k").withPayload("t", "x".repeat(65_535 - overhead)).build();
    assertThat(ledger().append(entry).index()).isEqualTo(1);
    NewEntry larger = Entries.keyed("l").withPayload("t", "x".repeat(65_536 - overhead)).build();
    assertThatThrownBy(() -> ledger().append(larger)).isInstanceOf(EntryTooLargeException.class);
  }

  @Test
  void append_reservedKeyOrKind_isRefused() {
    assertThatThrownBy(() -> ledger().append(Entries.keyed("conflict/x").build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ledger().append(Entries.keyed("k").withKind(EntryKind.APPEND_CONFLICT).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void append_afterClose_isRefused() {
    ledger().close();
    assertThatThrownBy(() -> ledger().append(Entries.numbered(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void recorded_neverGoesBack() {
    ledger().appendAll(Entries.numbered(0, 50));
    ledger().append(Entries.numbered(51));
    assertThat(reader().log(LogFilter.ALL).stream().map(StoredEntry::recorded)).isSorted();
  }

  @Test
  void lookups_madeAgainWhileAppending_coverAll() {
    ledger().appendAll(Entries.numbered(0, 300));
    LedgerLookups lookups = Ledgers.lookups(database().writer(), name());
    assertThat(lookups.rebuild(_ -> {})).isEqualTo(301);
    assertThat(reader().log(LogFilter.ALL.withKind("run.*"))).hasSize(300);
  }

  @Test
  void follow_appended_isTold() {
    try (LedgerFollower follower = Ledgers.follow(database().reader(), name(), LogFilter.ALL)) {
      assertThat(follower.next(Duration.ofSeconds(20))).hasSize(1);
      ledger().append(Entries.numbered(1));
      assertThat(follower.next(Duration.ofSeconds(20))).hasSize(1);
    }
  }

  private List<Sha256> storedLeaves() {
    List<Sha256> leaves = new ArrayList<>();
    List<StoredEntry> page = reader().log(LogFilter.ALL);
    while (!page.isEmpty()) {
      page.forEach(entry -> leaves.add(entry.leafHash()));
      page = reader().log(LogFilter.ALL.withAfterIndex(page.getLast().index()));
    }
    return leaves;
  }

  private static Sha256 rootOf(List<Sha256> leaves) {
    MerkleRoot root = new MerkleRoot();
    leaves.forEach(leaf -> root.addHash(leaf.bytes()));
    return root.root();
  }
}
