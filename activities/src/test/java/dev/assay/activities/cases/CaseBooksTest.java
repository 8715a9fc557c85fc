package dev.assay.activities.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.cases.CaseBooks.News;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseState;
import dev.assay.model.digest.Sha256;
import dev.assay.registry.CaseRow;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseReply;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaseBooksTest {
  private final OpenCase open = new OpenCase();
  private final AtomicInteger looks = new AtomicInteger();
  private final CaseBooks books =
      new CaseBooks(
          open.services(),
          new CaseWorkflows() {
            @Override
            public void start(String ledger, List<String> caseIds) {}

            @Override
            public void opened(String ledger) {
              looks.incrementAndGet();
            }
          });

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void tellAll_manyRuns_eachCaseChangesOnceAndItsRowFollows() {
    List<String> runs = runs("a", 5);
    tell(changes(runs, "v-2"));
    tell(changes(runs, "v-2")); // its reply was lost
    assertThat(changed()).hasSize(5).allMatch(entry -> entry.key().endsWith("/1"));
    assertThat(rows(runs))
        .hasSize(5)
        .allMatch(row -> row.now().ordinal() == 1)
        .allMatch(row -> row.now().heldDigest().equals(OpenCase.digest("v-2")))
        .allMatch(row -> row.now().entryIndex() > 0);
    assertThat(looks).hasValue(2);
  }

  @Test
  void tellAll_runsWithoutCases_wakesNobody() {
    tell(changes(List.of("none", "neither"), "v-2"));
    assertThat(changed()).isEmpty();
    assertThat(looks).hasValue(0);
  }

  @Test
  void tellAll_twoThingsOfARun_inTheirOrder() {
    List<String> runs = runs("a", 2);
    tell(Stream.concat(changes(runs, "v-2").stream(), changes(runs, "v-3").stream()).toList());
    assertThat(changed()).hasSize(4);
    assertThat(rows(runs))
        .hasSize(2)
        .allMatch(row -> row.now().ordinal() == 2)
        .allMatch(row -> row.now().heldDigest().equals(OpenCase.digest("v-3")));
  }

  @Test
  void tellAll_rowOfACaseLagsBehind_theNextTransitionFollowsTheRecord() {
    open.appendBeside(1);
    open.appendBeside(2);
    tell(changes(List.of("r"), "v-2"));
    assertThat(changed()).extracting(StoredEntry::key).containsExactly(CaseLedger.key(open.id, 3));
  }

  @Test
  void tellAll_somebodyIsFasterInOneCase_followsThere() {
    List<String> runs = runs("a", 2);
    List<String> all = List.of("r", runs.getFirst(), runs.getLast());
    CaseServices real = open.services();
    AtomicInteger readings = new AtomicInteger();
    CaseServices overtaken =
        new CaseServices(
            real.registry(),
            real.ledgers(),
            name ->
                new OvertakenReader(
                    real.readers().apply(name),
                    () -> {
                      if (readings.incrementAndGet() == 2) { // the openings and the first ones
                        open.appendBeside(1);
                      }
                    }),
            real.policies(),
            real.trusts(),
            real.clock());
    TreeMap<String, CaseRound.Wanted> wanted = new TreeMap<>();
    rows(all).forEach(row -> wanted.put(row.id(), change("v-2")));
    open.questions(() -> new CaseRound(overtaken, OpenCase.LEDGER).act(wanted));
    assertThat(changed())
        .hasSize(3)
        .extracting(StoredEntry::key)
        .contains(CaseLedger.key(open.id, 2));
    assertThat(rows(all)).allMatch(row -> row.now().heldDigest().equals(OpenCase.digest("v-2")));
  }

  @Test
  void tellAll_manyRuns_asksAsOftenAsForFew() {
    int few = tell(changes(runs("a", 2), "v-2"));
    int many = tell(changes(runs("b", 40), "v-2"));
    assertThat(changed()).hasSize(42);
    assertThat(many).isLessThan(few + 10); // the ledger may take them in a few commits
  }

  @Test
  void tellAll_runWithAClosedAndAnOpenCase_tellsTheOpenOneAlone() {
    reject(open.id);
    String second = open.open("r", "validate/v#2");
    assertThat(second).isNotEqualTo(open.id);

    tell(changes(List.of("r"), "v-2"));

    assertThat(changed()).extracting(StoredEntry::key).containsExactly(CaseLedger.key(second, 1));
    assertThat(states()).containsExactly(CaseState.REJECTED, CaseState.OPEN);
  }

  @Test
  void tellAll_runWithClosedCasesAlone_opensTheLatestOnceHoweverOftenItIsTold() {
    reject(open.id);
    String second = open.open("r", "validate/v#2");
    reject(second);

    tell(changes(List.of("r"), "v-2"));
    tell(changes(List.of("r"), "v-2"));

    assertThat(changed()).extracting(StoredEntry::key).containsExactly(CaseLedger.key(second, 2));
    assertThat(states()).containsExactly(CaseState.REJECTED, CaseState.OPEN);
  }

  @Test
  void reopen_runWithAnotherOpenCase_isRefusedAndNamesIt() {
    reject(open.id);
    String second = open.open("r", "validate/v#2");

    CaseReply reply = open.act("reopen", CaseAction.REOPEN, CaseAsk.because(Optional.empty()));

    assertThat(reply.refusal().orElseThrow().text()).contains(open.id, second, "is OPEN");
    assertThat(open.entries("case.reopened")).isEmpty();
    assertThat(states()).containsExactly(CaseState.REJECTED, CaseState.OPEN);
  }

  private void reject(String caseId) {
    TreeMap<String, CaseRound.Wanted> wanted = new TreeMap<>();
    wanted.put(caseId, new CaseRound.Wanted("reject", new CaseCommand.Reject(Optional.empty())));
    open.questions(() -> new CaseRound(open.services(), OpenCase.LEDGER).act(wanted));
  }

  /** Of the first run's cases, in the order they were opened. */
  private List<CaseState> states() {
    return rows(List.of("r")).stream().map(row -> row.now().state()).toList();
  }

  private List<String> runs(String name, int count) {
    List<String> runs = IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
    runs.forEach(open::open);
    return runs;
  }

  private int tell(List<News> news) {
    return open.questions(() -> books.tellAll(OpenCase.LEDGER, news));
  }

  private static List<News> changes(List<String> runs, String digest) {
    CaseRound.Wanted change = change(digest);
    return runs.stream()
        .map(run -> new News(OpenCase.identity(run), change.command(), change.what()))
        .toList();
  }

  private static CaseRound.Wanted change(String text) {
    Sha256 digest = OpenCase.digest(text);
    return new CaseRound.Wanted(
        "change/" + digest, new CaseCommand.Change(digest, false, "validate/w#1"));
  }

  private List<StoredEntry> changed() {
    return open.reader().log(LogFilter.ALL.withKind("case.changed"));
  }

  private List<CaseRow> rows(List<String> runs) {
    return open.registry()
        .cases()
        .ofRuns(OpenCase.LEDGER, runs.stream().map(OpenCase::identity).toList());
  }
}
