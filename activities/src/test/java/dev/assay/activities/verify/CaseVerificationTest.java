package dev.assay.activities.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.activities.cases.OpenCase;
import dev.assay.activities.trust.TrustHistory;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.activities.validation.Policies;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseState;
import dev.assay.model.cases.Remedy;
import dev.assay.model.cases.Wish;
import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.workflows.cases.CaseAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was appended by the ledger's own writer, to a ledger that is intact by every hash, without
 * people who decided it.
 */
class CaseVerificationTest {
  private final OpenCase open = new OpenCase();
  private DecisionStatement statement =
      new DecisionStatement(
          "none",
          "case/c",
          open.runDigest,
          1,
          DecisionAction.RELEASE,
          true,
          Optional.empty(),
          Instant.EPOCH);

  @BeforeEach
  void propose() {
    statement = open.proposed("propose");
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void run_allThatPeopleMayDo_findsNothing() {
    open.decide("early", statement, open.ann);
    open.trustLog().revoke(state(), revocation(open.cleo));
    Trust second = renamed("second");
    open.trustLog().change(state(), second, change(second, open.ben));
    open.decide("late", statement, open.ben);
    open.act("again", CaseAction.REOPEN, CaseAsk.because(Optional.empty()));
    open.decide("refused", open.proposed("other"), open.stranger);
    open.act("judge", CaseAction.REVALIDATE, revalidation());
    String workflow = judged("PASS");
    open.forge(new CaseEvent.Judged(workflow, passed()), CaseState.REVALIDATING);
    open.act("done", CaseAction.RELEASE, CaseAsk.because(Optional.empty()));

    CaseReport report = verify();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread()).isEmpty();
    assertThat(report.cases()).isEqualTo(1);
    assertThat(report.decisions()).isEqualTo(2);
    assertThat(report.trusted()).isEqualTo(3);
    assertThat(open.entries("case.released")).hasSize(1);
  }

  @Test
  void run_releaseFromAnyState_isNamed() {
    long index = open.forge(new CaseEvent.Commented(open.runDigest), CaseState.OPEN) + 1;
    open.append(
        "case/%s/3".formatted(open.id), "case.released", open.id, "RELEASED", command("forged"));
    named(IssueKind.CASE_IMPOSSIBLE, index, "can't be released");
  }

  @Test
  void run_releaseAfterAVerdictNobodyRecorded_isNamed() {
    open.act("judge", CaseAction.REVALIDATE, revalidation());
    String workflow = "validate/%s-2#1".formatted(open.id);
    long index = open.forge(new CaseEvent.Judged(workflow, passed()), CaseState.REVALIDATING);
    open.forge(new CaseEvent.Released(Optional.empty()), CaseState.RELEASED);
    named(IssueKind.CASE_IMPOSSIBLE, index, "no earlier entry has the verdict PASS");
  }

  @Test
  void run_releaseAfterAVerdictOfAnotherPolicy_isNamed() {
    open.act("judge", CaseAction.REVALIDATE, revalidation());
    String workflow = "validate/%s-2#1".formatted(open.id);
    open.judged(workflow, OpenCase.digest("laxer"), "PASS");
    long index = open.forge(new CaseEvent.Judged(workflow, passed()), CaseState.REVALIDATING);
    named(IssueKind.CASE_IMPOSSIBLE, index, "was sealed with the policy");
  }

  @Test
  void run_waiverWithTooFewApprovals_isNamed() {
    open.decide("one", statement, open.ann);
    long index = waived(statement.until().orElseThrow());
    named(IssueKind.DECISION_UNSUPPORTED, index, "{risk=1}");
  }

  @Test
  void run_waiverThatNobodyProposed_isNamed() {
    open.act("end", CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
    long index = waived(Instant.parse("2099-01-01T00:00:00Z"));
    named(IssueKind.DECISION_UNSUPPORTED, index, "{risk=2}, and it wasn't proposed");
  }

  @Test
  void run_waiverUntilAnotherTimeThanApproved_isNamed() {
    open.decide("one", statement, open.ann);
    open.act("end", CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
    statement = open.proposed("again");
    accepted(statement, open.ann, "p-ann");
    accepted(statement, open.ben, "p-ben");
    long index = waived(statement.until().orElseThrow().plus(Duration.ofDays(9)));
    named(IssueKind.DECISION_UNSUPPORTED, index, "it wasn't proposed");
  }

  @Test
  void run_proposalOfFewerApprovals_isNamedAndLetsNothingThrough() {
    open.act("end", CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
    SortedMap<String, Integer> none = new TreeMap<>();
    Instant until = Instant.now().plusSeconds(3_600);
    Wish wish = new Wish.Waiver(until, Optional.empty());
    long proposed =
        open.forge(
            new CaseEvent.Proposed(wish, open.runDigest, until, none), CaseState.REMEDIATING);
    long index = waived(until);
    assertThat(verify().issues())
        .extracting(Issue::kind, Issue::index)
        .containsExactly(
            tuple(IssueKind.CASE_IMPOSSIBLE, proposed),
            tuple(IssueKind.DECISION_UNSUPPORTED, index));
  }

  @Test
  void run_waiverLongerThanThePolicyHasIt_isNamed() {
    open.act("end", CaseAction.REMEDIATE, CaseAsk.remedy("exclude", Optional.empty()));
    Instant until = Instant.now().plus(Duration.ofDays(300));
    Wish wish = new Wish.Waiver(until, Optional.empty());
    SortedMap<String, Integer> two = new TreeMap<>(Map.of("risk", 2));
    long index =
        open.forge(new CaseEvent.Proposed(wish, open.runDigest, until, two), CaseState.REMEDIATING);
    named(IssueKind.CASE_IMPOSSIBLE, index, "the policy allows any time");
  }

  /** Each signed by a key that counts, for something else. */
  static Stream<UnaryOperator<DecisionStatement>> misfits() {
    return Stream.of(
        it -> with(it, "assay/main/elsewhere", it.digest(), it.ordinal(), it.expires()),
        it -> with(it, it.ledger(), OpenCase.digest("other"), it.ordinal(), it.expires()),
        it -> with(it, it.ledger(), it.digest(), it.ordinal() + 1, it.expires()),
        it ->
            with(it, it.ledger(), it.digest(), it.ordinal(), Instant.parse("2020-01-01T00:00:00Z")),
        it ->
            new DecisionStatement(
                it.ledger(),
                "case/c-other",
                it.digest(),
                it.ordinal(),
                it.action(),
                true,
                it.until(),
                it.expires()),
        it ->
            new DecisionStatement(
                it.ledger(),
                it.subject(),
                it.digest(),
                it.ordinal(),
                DecisionAction.RELEASE,
                true,
                Optional.empty(),
                it.expires()),
        it ->
            new DecisionStatement(
                it.ledger(),
                it.subject(),
                it.digest(),
                it.ordinal(),
                it.action(),
                false,
                it.until(),
                it.expires()));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void run_decisionSignedForSomethingElse_isNamed(UnaryOperator<DecisionStatement> misfit) {
    Sha256 envelope = open.save(sign(misfit.apply(statement), open.ann));
    long index = accepted(open.ann, "p-ann", envelope, open.trust.digest());
    named(IssueKind.DECISION_UNSUPPORTED, index, envelope.abbreviated());
  }

  @Test
  void run_decisionOfAStranger_isNamed() {
    long index = accepted(statement, open.stranger, "p-ben");
    named(IssueKind.DECISION_UNSUPPORTED, index, "NOT_TRUSTED_KEY");
  }

  @Test
  void run_decisionInSomebodyElsesName_isNamed() {
    long index = accepted(statement, open.ann, "p-ben");
    named(IssueKind.DECISION_UNSUPPORTED, index, "what was signed is");
  }

  @Test
  void run_decisionWithoutTheRole_isNamed() {
    long index = accepted(statement, open.cleo, "p-cleo");
    named(IssueKind.DECISION_UNSUPPORTED, index, "NO_ROLE");
  }

  @Test
  void run_decisionPlayedAgain_isNamedAndCountsOnce() {
    open.decide("one", statement, open.ann);
    long index = accepted(statement, open.ann, "p-ann");
    long waived = waived(statement.until().orElseThrow());
    assertThat(verify().issues())
        .allMatch(issue -> issue.kind() == IssueKind.DECISION_UNSUPPORTED)
        .extracting(Issue::index)
        .containsExactly(index, waived);
  }

  @Test
  void run_decisionOfAKeyRevokedBeforeItWasJudged_isNamed() {
    open.trustLog().revoke(state(), revocation(open.ann));
    accepted(statement, open.ann, "p-ann");
    assertThat(verify(Optional.of(open.trust.digest()), Duration.ZERO).issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.DECISION_UNSUPPORTED)
        .matches(issue -> issue.detail().contains("REVOKED_KEY"));
  }

  /** It was judged before, and its entry came after: nobody did anything wrong. */
  @Test
  void run_decisionThatARevocationOvertook_findsNothing() {
    open.trustLog().revoke(state(), revocation(open.ann));
    accepted(statement, open.ann, "p-ann");
    assertThat(verify().issues()).isEmpty();
  }

  @Test
  void run_decisionByADocumentThatIsNotInForce_isNamed() {
    Sha256 envelope = open.save(sign(statement, open.ann));
    long index = accepted(open.ann, "p-ann", envelope, OpenCase.digest("other document"));
    named(IssueKind.DECISION_UNSUPPORTED, index, "in force was " + open.trust.digest());
  }

  @Test
  void run_decisionWithoutItsEnvelope_isNamed() {
    long index = accepted(open.ann, "p-ann", OpenCase.digest("no envelope"), open.trust.digest());
    named(IssueKind.DECISION_UNSUPPORTED, index, "not in the registry");
  }

  @Test
  void run_correctionThatNobodySigned_isNamed() {
    Remedy remedy = new Remedy(Remedy.Kind.CORRECT, Optional.of(OpenCase.digest("none")));
    long index = open.forge(new CaseEvent.Remediating(remedy), CaseState.REMEDIATING);
    named(IssueKind.DECISION_UNSUPPORTED, index, "not in the registry");
  }

  @Test
  void run_entryThatSaysAnotherStateThanItLeadsTo_isNamed() {
    long index = open.forge(new CaseEvent.Commented(open.runDigest), CaseState.RELEASED);
    named(IssueKind.CASE_IMPOSSIBLE, index, "says that the case is RELEASED after it; it is OPEN");
  }

  @Test
  void run_releaseUnderAnyKey_isNamed() {
    long index = open.append("x", "case.released", open.id, "RELEASED", command("x"));
    named(IssueKind.CASE_IMPOSSIBLE, index, "under the key x");
  }

  @Test
  void run_transitionLeftOut_isNamed() {
    long index =
        open.append(
            "case/%s/5".formatted(open.id), "case.rejected", open.id, "REJECTED", command("x"));
    named(IssueKind.CASE_IMPOSSIBLE, index, "expected next of case", "/2");
  }

  @Test
  void run_caseOpenedForAVerdictNobodyRecorded_isNamed() {
    JsonObject real = open.entries("case.opened").getFirst().payload();
    long index = open.append("case/c-made-up/opened", "case.opened", "c-made-up", "OPEN", real);
    named(IssueKind.CASE_IMPOSSIBLE, index, "was opened for a verdict");
  }

  @Test
  void run_changeOfTrustThatTooFewSigned_isNamed() {
    Trust worse = renamed("worse");
    open.registry().documents().save(Trust.KIND, json(worse));
    long index = changed(worse, open.save(change(worse, open.stranger)));
    named(IssueKind.TRUST_BROKEN, index, "its signatures are too few");
  }

  @Test
  void run_decisionAfterBrokenTrust_isNotChecked() {
    Trust worse = renamed("worse");
    open.registry().documents().save(Trust.KIND, json(worse));
    changed(worse, open.save(change(worse, open.stranger)));
    long index = accepted(statement, open.ann, "p-ann");
    CaseReport report = verify();
    assertThat(report.issues()).singleElement().matches(is -> is.kind() == IssueKind.TRUST_BROKEN);
    assertThat(report.unread())
        .singleElement()
        .matches(range -> range.from() == index)
        .matches(range -> range.why().contains("1 decision not checked"));
  }

  @Test
  void run_entryOfTrustWhereNobodyReadsIt_isNamed() {
    long index =
        open.append(
            "x",
            "trust.pinned",
            "trust",
            "PINNED",
            JsonObject.EMPTY.with("trustDigest", open.trust.digest().hex()));
    named(IssueKind.TRUST_BROKEN, index, "under the key x");
  }

  @Test
  void run_anotherFirstDocumentThanPinned_isNamed() {
    assertThat(verify(Optional.of(OpenCase.digest("mine"))).issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.TRUST_BROKEN)
        .matches(issue -> issue.detail().contains(OpenCase.digest("mine").hex()));
  }

  @Test
  void run_nothingPinned_isNotCheckedAndNeverIntact() {
    open.decide("one", statement, open.ann);
    CaseReport report = verify(Optional.empty());
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread())
        .singleElement()
        .matches(range -> range.why().contains("--trust FILE"))
        .matches(range -> range.why().contains("1 decision not checked"));
    assertThat(report.decisions()).isZero();
  }

  /** The one finding, of which what follows is no second one. */
  private void named(IssueKind kind, long index, String... words) {
    assertThat(verify().issues())
        .singleElement()
        .matches(issue -> issue.kind() == kind)
        .matches(issue -> issue.index() == index && issue.to() == index)
        .matches(issue -> issue.remediation().contains("row " + index))
        .satisfies(issue -> assertThat(issue.detail()).contains(words));
  }

  private CaseReport verify() {
    return verify(Optional.of(open.trust.digest()));
  }

  private CaseReport verify(Optional<Sha256> pinned) {
    return verify(pinned, TrustHistory.JUDGED_BEFORE);
  }

  private CaseReport verify(Optional<Sha256> pinned, Duration judgedBefore) {
    VerifyReport hashes =
        LedgerVerifier.verify(open.dataSource(), VerifyRequest.of(OpenCase.LEDGER));
    assertThat(hashes.status()).isEqualTo(VerifyStatus.INTACT);
    return new CaseVerification(
            open.dataSource(),
            open.reader(),
            open.registry(),
            new Policies(open.registry().documents()),
            pinned,
            judgedBefore)
        .run(hashes);
  }

  private long accepted(DecisionStatement signed, SigningKey key, String person) {
    return accepted(key, person, open.save(sign(signed, key)), open.trust.digest());
  }

  private long accepted(SigningKey key, String person, Sha256 envelope, Sha256 trust) {
    return open.forge(
        new CaseEvent.Decided(
            Math.toIntExact(statement.ordinal()),
            true,
            person,
            PublicKeys.of(key).text(),
            List.of("risk"),
            envelope,
            trust),
        open.state());
  }

  private long waived(Instant until) {
    return open.forge(new CaseEvent.Waived(until, Optional.empty()), CaseState.WAIVED);
  }

  private static Envelope sign(DecisionStatement signed, SigningKey key) {
    return Envelope.sign(signed.statement(), key);
  }

  private static Optional<RunVerdict> passed() {
    return Optional.of(RunVerdict.PASS);
  }

  private CaseAsk revalidation() {
    return CaseAsk.revalidation("set", open.runDigest.hex(), Optional.empty());
  }

  /** What the validation that was asked for last recorded. */
  private String judged(String verdict) {
    String workflow =
        "validate/%s-%d#1".formatted(open.id, open.activities().load(open.start()).ordinal());
    open.judged(workflow, open.policyDigest, verdict);
    return workflow;
  }

  private static JsonObject command(String id) {
    return JsonObject.EMPTY.with("command", id);
  }

  private Current state() {
    return open.trusts().require();
  }

  private Trust renamed(String name) {
    return new Trust(name, open.trust.people(), open.trust.signers(), open.trust.changeQuorum());
  }

  private static byte[] json(Trust trust) {
    return CanonicalJson.encode(trust.toJson());
  }

  private Envelope change(Trust next, SigningKey by) {
    return Envelope.sign(
        new TrustChange(statement.ledger(), open.trust.digest(), next.digest(), 1).statement(), by);
  }

  private long changed(Trust next, Sha256 envelope) {
    return open.append(
        "trust/1",
        "trust.changed",
        "trust",
        "CHANGED",
        JsonObject.EMPTY
            .with("trustDigest", next.digest().hex())
            .with("previousDigest", open.trust.digest().hex())
            .with("ordinal", 1)
            .with("envelopeDigest", envelope.hex()));
  }

  private Envelope revocation(SigningKey key) {
    return Envelope.sign(
        new KeyRevocation(statement.ledger(), PublicKeys.of(key)).statement(), key);
  }

  private static DecisionStatement with(
      DecisionStatement signed, String ledger, Sha256 digest, long ordinal, Instant expires) {
    return new DecisionStatement(
        ledger, signed.subject(), digest, ordinal, signed.action(), true, signed.until(), expires);
  }
}
