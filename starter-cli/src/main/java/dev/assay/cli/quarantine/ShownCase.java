package dev.assay.cli.quarantine;

import dev.assay.activities.cases.CaseLedger;
import dev.assay.activities.cases.RecordedCase;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.Exclusion;
import dev.assay.model.cases.PossibleActions;
import dev.assay.model.check.Evaluator;
import dev.assay.model.check.Guidance;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.RunDiff;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.registry.CaseRow;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import dev.assay.worker.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a case's page shows.
 *
 * @param row the case in the registry
 * @param file the case as the ledger has it
 * @param history its entries
 * @param texts what is behind the commitments in them, as far as it is there
 * @param policy how its policy has cases dealt with
 * @param types of the checks that judged it last, by {@code stage/check}
 * @param findings those of the latest judgement that decided against the run
 * @param judgedBy the validation that they are of
 * @param source where the held revision was found
 * @param changes what the latest change of the run's record changed
 */
record ShownCase(
    CaseRow row,
    CaseFile file,
    List<StoredEntry> history,
    Map<Sha256, String> texts,
    CasePolicy policy,
    Map<String, String> types,
    List<Finding> findings,
    String judgedBy,
    String source,
    Optional<RunDiff> changes) {

  static ShownCase read(Storage storage, String ledger, String caseId) {
    Registry registry = storage.registry();
    LedgerReader reader = storage.reader(ledger);
    List<StoredEntry> history = new ArrayList<>();
    RecordedCase recorded = new CaseLedger(reader).read(caseId, (_, entry) -> history.add(entry));
    CaseFile file = recorded.file();
    CaseRow row =
        registry
            .cases()
            .find(caseId)
            .orElseThrow(() -> new EvidenceDamagedException("the registry has no case " + caseId));
    String judgedBy =
        file.revalidation()
            .filter(now -> now.judged().isPresent())
            .map(now -> now.asked().workflowId())
            .orElse(file.evidence());
    Optional<PlanRow> planned =
        registry.plans().find(judgedBy, new RevisionKey(row.identity(), file.runDigest()));
    return new ShownCase(
        row,
        file,
        history,
        registry.privateTexts().find(CaseCommitments.of(history)),
        policy(registry, file.opened().policyDigest()).cases(),
        types(policy(registry, file.policyDigest())),
        planned.map(run -> findings(registry, judgedBy, run)).orElse(List.of()),
        judgedBy,
        planned.map(run -> row.identity().system() + ":" + run.source()).orElse(""),
        RunChanges.latest(registry, row.identity(), file, history));
  }

  /** The entries of a case. */
  static List<StoredEntry> history(Storage storage, String ledger, String caseId) {
    List<StoredEntry> history = new ArrayList<>();
    new CaseLedger(storage.reader(ledger)).read(caseId, (_, entry) -> history.add(entry));
    return history;
  }

  private static Map<String, String> types(ValidationPolicy policy) {
    Map<String, String> types = new TreeMap<>();
    policy
        .stages()
        .forEach(
            stage ->
                stage
                    .checks()
                    .forEach(check -> types.put(stage.id() + "/" + check.id(), check.type())));
    return types;
  }

  private static ValidationPolicy policy(Registry registry, Sha256 digest) {
    return registry
        .documents()
        .find(digest)
        .map(document -> PolicyReader.read(document.bytes(), digest.abbreviated() + ".json"))
        .orElseThrow(
            () ->
                new EvidenceDamagedException("policy %s is not in the registry".formatted(digest)));
  }

  private static List<Finding> findings(Registry registry, String workflowId, PlanRow run) {
    return registry.judgements().read(workflowId, run.ordinal(), run.ordinal() + 1).stream()
        .flatMap(
            judged ->
                judged.judgement(registry.plans().checks(workflowId), run).findings().stream())
        .filter(
            finding ->
                finding.verdict() == CheckVerdict.FAIL
                    || finding.verdict() == CheckVerdict.INDETERMINATE)
        .toList();
  }

  /** What a finding means, and what to do about it. */
  Guidance guidance(Finding finding) {
    return Guidance.of(type(finding), finding.verdict(), finding.observed());
  }

  /** The type of a finding's check. */
  String type(Finding finding) {
    return types.getOrDefault(finding.stage() + "/" + finding.check(), Evaluator.WHERE);
  }

  /** When it expires, if it may. */
  Optional<Instant> deadline() {
    return file.state().undecided()
        ? Optional.of(CaseDue.deadline(file, policy))
        : Optional.empty();
  }

  /** Whether the case keeps its run out of comparisons. */
  boolean excluded() {
    return Exclusion.stands(
        history.stream()
            .skip(1) // the opening
            .map(entry -> CaseEntryReader.event(new CaseEntry(entry.kind(), entry.payload())))
            .toList());
  }

  /** What people may do now. */
  List<CaseAction> nextActions() {
    return PossibleActions.of(file, policy);
  }
}
