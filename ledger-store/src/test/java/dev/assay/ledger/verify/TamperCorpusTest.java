package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.verify.Attack.Expected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of tampering that the verifier of a database finds, in every way that we know, at the
 * places where something may go wrong: found, named as what it is, located, nothing else named, and
 * with advice that fits. The results are those in docs/tampering.md; {@code -Pproofs
 * -Dassay.tampering.record=true} writes them there.
 */
class TamperCorpusTest {
  private static final List<Integer> SMALL = List.of(1, 2, 255, 256, 257, 1000);
  private static final int LARGE = 70_000;
  private static final String RECORD = "assay.tampering.record";

  @TempDir static Path keys;

  private static final TamperResults RESULTS = new TamperResults();
  private static TamperedLedgers ledgers;

  static Stream<Attack> attacks() {
    return Stream.of(EntryAttacks.ALL, OrderAttacks.ALL, HistoryAttacks.ALL, DerivedAttacks.ALL)
        .flatMap(List::stream);
  }

  /** The first way of each kind, and what can only be done to a large ledger. */
  static Stream<Attack> oneOfEachKind() {
    return Stream.concat(
        Stream.of(IssueKind.values())
            .flatMap(kind -> attacks().filter(attack -> attack.kind() == kind).limit(1)),
        attacks().filter(attack -> SMALL.stream().noneMatch(size -> isPossible(attack, size))));
  }

  private static boolean isPossible(Attack attack, int size) {
    return places(size).stream().anyMatch(place -> attack.places().exist(size, place));
  }

  @BeforeAll
  static void open() {
    ledgers = new TamperedLedgers(keys);
  }

  @AfterAll
  static void close() {
    ledgers.close();
    if (Boolean.getBoolean(RECORD)) {
      RESULTS.record();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1000, LARGE})
  void verify_untouched_isIntact(int size) {
    TamperedLedger ledger = ledgers.of(size);
    VerifyReport report = ledger.verify(ledger.pins());
    assertThat(report.issues()).isEmpty();
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.asFarAs()).isEqualTo(size);
    assertThat(report.entriesRead()).isEqualTo(size);
    assertThat(report.root()).contains(ledger.checkpointNow().root());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void verify_tampered_namesIt(Attack attack) {
    List<String> wrong = new ArrayList<>();
    for (int size : SMALL) {
      places(size).forEach(place -> check(attack, size, place).ifPresent(wrong::add));
    }
    assertThat(wrong).isEmpty();
    for (int size : SMALL) {
      assertDocumented(attack, size, RESULTS.found(attack, size));
    }
  }

  /** The boundaries of a tile of level 1; all places in the next test. */
  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void verify_tamperedWithManyEntries_namesIt(Attack attack) {
    TamperResults results = new TamperResults();
    List<String> wrong = new ArrayList<>();
    Stream.of(65_535, 65_536, 0)
        .filter(place -> attack.places().exist(LARGE, place))
        .limit(1)
        .forEach(place -> check(attack, LARGE, place, results).ifPresent(wrong::add));
    assertThat(wrong).isEmpty();
    // What is recorded of this size is recorded by the one below, which tries every place.
    if (!Boolean.getBoolean(RECORD)) {
      assertThat(TamperResults.documented(attack, LARGE)).containsAll(results.found(attack, LARGE));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("attacks")
  void verify_tamperedWithManyEntriesAnywhere_namesIt(Attack attack) {
    TamperResults results = new TamperResults();
    List<String> wrong = new ArrayList<>();
    for (int place : places(LARGE)) {
      check(attack, LARGE, place, results).ifPresent(wrong::add);
    }
    assertThat(wrong).isEmpty();
    RESULTS.replace(attack, LARGE, results.found(attack, LARGE));
    assertDocumented(attack, LARGE, results.found(attack, LARGE));
  }

  @Test
  void page_ofResults_hasARowForEachAttack() {
    Assumptions.assumeFalse(Boolean.getBoolean(RECORD));
    assertThat(TamperResults.documentedRows()).isEqualTo(attacks().count());
  }

  private static void assertDocumented(Attack attack, int size, List<String> found) {
    if (!Boolean.getBoolean(RECORD)) {
      assertThat(TamperResults.documented(attack, size))
          .as("docs/tampering.md, %s, size %d", attack, size)
          .isEqualTo(found);
    }
  }

  private static List<Integer> places(int size) {
    TreeSet<Integer> places = new TreeSet<>(List.of(0, size / 2, size - 1));
    IntStream.of(255, 256, 65_535, 65_536).filter(i -> i < size).forEach(places::add);
    return List.copyOf(places);
  }

  private static Optional<String> check(Attack attack, int size, int place) {
    return check(attack, size, place, RESULTS);
  }

  /** Whatever isn't as expected. */
  private static Optional<String> check(Attack attack, int size, int place, TamperResults results) {
    if (!attack.places().exist(size, place)) {
      return Optional.empty();
    }
    TamperedLedger ledger = ledgers.of(size);
    attack.act().on(ledger.forger(), size, place);
    try {
      List<PinnedCheckpoint> pins = attack.pinned().of(ledger);
      VerifyReport report = ledger.verify(pins);
      Expected expected = attack.expect().of(size, place);
      results.add(attack, size, place, expected);
      return expected.isAllOf(report)
          ? AdviceCheck.missing(attack, ledger, pins, expected.findIn(report))
          : Optional.of(
              "size %d, place %d: expected %s, found %s"
                  .formatted(size, place, expected, report.issues()));
    } finally {
      ledger.restore();
    }
  }
}
