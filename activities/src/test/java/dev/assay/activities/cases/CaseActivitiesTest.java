package dev.assay.activities.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseState;
import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaseActivitiesTest {
  private static final CaseAsk WORDS = CaseAsk.ofText(OpenCase.digest("words").hex());

  private final OpenCase open = new OpenCase();

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void act_replyWasLost_isOnRecordOnce() {
    CaseReply first = open.act("u-1", CaseAction.ASSIGN, WORDS);
    CaseReply again = open.act("u-1", CaseAction.ASSIGN, WORDS);
    assertThat(again).isEqualTo(first);
    assertThat(first.view().state()).isEqualTo(CaseState.TRIAGED);
    assertThat(open.entries("case.assigned")).hasSize(1);
  }

  @Test
  void load_crashBetweenEntryAndRow_theRowFollows() {
    open.appendBeside(1);
    assertThat(open.registry().cases().find(open.id).orElseThrow().now().ordinal()).isZero();
    assertThat(open.activities().load(open.start()).ordinal()).isEqualTo(1);
    assertThat(open.registry().cases().find(open.id).orElseThrow().now().ordinal()).isEqualTo(1);
  }

  @Test
  void act_manyAtOnce_eachIsATransitionOfItsOwn() throws Exception {
    List<Callable<CaseReply>> calls =
        IntStream.range(0, 8)
            .<Callable<CaseReply>>mapToObj(
                i -> () -> open.act("race-" + i, CaseAction.COMMENT, WORDS))
            .toList();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (var reply : pool.invokeAll(calls)) {
        assertThat(reply.get().refusal()).isEmpty();
      }
    }
    assertThat(open.entries("case.commented"))
        .extracting(StoredEntry::key)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 8)
                .mapToObj(ordinal -> CaseLedger.key(open.id, ordinal))
                .toList());
  }

  @Test
  void fall_notDue_isRefusedAndLeavesNoEntry() {
    CaseView.Due due = open.activities().load(open.start()).due().orElseThrow();
    CaseReply reply =
        open.activities()
            .fall(
                new dev.assay.workflows.cases.CaseActivities.DueTask(
                    open.start(), due, Instant.now()));
    assertThat(reply.refusal().orElseThrow().why()).isEqualTo("NOT_DUE");
    assertThat(open.entries("case.reminded")).isEmpty();
  }

  @Test
  void decide_enoughAgree_isGranted() {
    DecisionStatement statement = open.proposed("propose");
    assertThat(open.decide("d-1", statement, open.ann).view().state()).isEqualTo(CaseState.OPEN);
    CaseReply granted = open.decide("d-2", statement, open.ben);
    assertThat(granted.view().state()).isEqualTo(CaseState.WAIVED);
    assertThat(open.decide("d-2", statement, open.ben)).isEqualTo(granted); // its reply was lost
    assertThat(open.entries("decision.accepted")).hasSize(2);
    assertThat(open.entries("case.waived")).hasSize(1);
  }

  @Test
  void decide_whatDoesNotFit_isRefusedAndOnRecord() {
    DecisionStatement old = open.proposed("first");
    open.act("out", CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
    DecisionStatement now = open.proposed("second");
    refused("OTHER_ORDINAL", old);
    refused("OTHER_DIGEST", with(now, OpenCase.digest("another").hex()));
    refused(
        "OTHER_SUBJECT",
        new DecisionStatement(
            now.ledger(),
            "case/c-000000000000",
            now.digest(),
            now.ordinal(),
            now.action(),
            true,
            now.until(),
            now.expires()));
    refused(
        "OTHER_LEDGER",
        new DecisionStatement(
            "assay/main/elsewhere",
            now.subject(),
            now.digest(),
            now.ordinal(),
            now.action(),
            true,
            now.until(),
            now.expires()));
    refused(
        "OTHER_ACTION",
        new DecisionStatement(
            now.ledger(),
            now.subject(),
            now.digest(),
            now.ordinal(),
            DecisionAction.RELEASE,
            true,
            Optional.empty(),
            now.expires()));
    refused(
        "EXPIRED",
        new DecisionStatement(
            now.ledger(),
            now.subject(),
            now.digest(),
            now.ordinal(),
            now.action(),
            true,
            now.until(),
            Instant.now().minusSeconds(1)));
    assertThat(open.decide("x", now, open.stranger).refusal().orElseThrow().text())
        .startsWith("NOT_TRUSTED_KEY");
    assertThat(open.decide("y", now, open.ann).refusal()).isEmpty();
    refused("ALREADY_DECIDED", now);
    assertThat(open.entries("decision.refused"))
        .extracting(StoredEntry::outcome)
        .containsExactly(
            "OTHER_ORDINAL",
            "OTHER_DIGEST",
            "OTHER_SUBJECT",
            "OTHER_LEDGER",
            "OTHER_ACTION",
            "EXPIRED",
            "NOT_TRUSTED_KEY",
            "ALREADY_DECIDED");
    assertThat(open.entries("decision.accepted")).hasSize(1);
  }

  @Test
  void remediate_correctionThatDoesNotCount_isRefusedAndOnRecordOnce() {
    for (String command : List.of("first", "first", "again")) { // the reply was lost once
      CaseReply refused = open.correct(command, open.correction("c-000000000000"), open.ann);
      assertThat(refused.refusal().orElseThrow().text()).startsWith("OTHER_SUBJECT: ");
    }
    assertThat(open.correct("eve", open.correction(open.id), open.stranger).refusal()).isPresent();
    assertThat(open.entries("case.remediating")).isEmpty();
    assertThat(open.entries("decision.refused"))
        .extracting(StoredEntry::outcome, entry -> entry.payload().members().get("action"))
        .containsExactly(
            tuple("OTHER_SUBJECT", new JsonString("correct")),
            tuple("NOT_TRUSTED_KEY", new JsonString("correct")));
    assertThat(open.correct("good", open.correction(open.id), open.ann).refusal()).isEmpty();
    assertThat(open.correct("good", open.correction(open.id), open.ann).refusal()).isEmpty();
    assertThat(open.entries("case.remediating")).hasSize(1);
  }

  private static DecisionStatement with(DecisionStatement signed, String digest) {
    return new DecisionStatement(
        signed.ledger(),
        signed.subject(),
        new dev.assay.model.digest.Sha256(digest),
        signed.ordinal(),
        signed.action(),
        true,
        signed.until(),
        signed.expires());
  }

  private void refused(String code, DecisionStatement statement) {
    for (String command : List.of(code + "-1", code + "-1")) { // the reply was lost once
      assertThat(open.decide(command, statement, open.ann).refusal().orElseThrow().text())
          .startsWith(code + ": ");
    }
  }
}
