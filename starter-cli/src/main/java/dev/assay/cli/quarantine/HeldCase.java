package dev.assay.cli.quarantine;

import dev.assay.activities.validation.PinnedBaselines;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.cases.CaseRuling;
import dev.assay.model.cases.Remedy;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.observation.Observations;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.Judgement;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import dev.assay.worker.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case with the run that it holds: what remedies start from.
 *
 * @param stack the stores
 * @param ledger its name
 * @param shown the case
 * @param evidence the held revision, with the digests of its files
 * @param policy what judges it
 * @param baselines runs to compare with, as the validation that holds the run pinned them
 */
record HeldCase(
    Stack stack,
    String ledger,
    ShownCase shown,
    RunEvidence evidence,
    ValidationPolicy policy,
    Map<String, Baseline> baselines) {
  HeldCase {
    baselines = Map.copyOf(baselines);
  }

  static HeldCase read(
      Stack stack, String ledger, String caseId, Optional<ValidationPolicy> newer) {
    Registry registry = stack.storage().registry();
    ShownCase shown = ShownCase.read(stack.storage(), ledger, caseId);
    CaseFile file = shown.file();
    RunEvidence evidence =
        PlannedEvidence.find(
                registry,
                file.evidence(),
                new RevisionKey(shown.row().identity(), file.runDigest()))
            .orElseThrow(
                () ->
                    new EvidenceDamagedException(
                        "%s: the plan of %s doesn't have the held run any more. Restore registry.plan_row from a backup"
                            .formatted(caseId, file.evidence())));
    return new HeldCase(
        stack,
        ledger,
        shown,
        evidence,
        newer.orElseGet(() -> policy(registry, file.policyDigest())),
        registry
            .plans()
            .header(file.evidence())
            .map(plan -> PinnedBaselines.read(registry, plan))
            .orElse(Map.of()));
  }

  private static ValidationPolicy policy(Registry registry, Sha256 digest) {
    return PolicyReader.read(
        PlannedEvidence.document(registry, digest), digest.abbreviated() + ".json");
  }

  CaseFile file() {
    return shown.file();
  }

  String id() {
    return shown.row().id();
  }

  /** What the policy says of the run as a remedy would leave it. */
  Judgement judge(RunEvidence after) {
    RunEvidence compared =
        new RunEvidence(
            after.run(),
            after.artifactsNow(),
            evidence.artifactsFirst().or(after::artifactsNow),
            baselines,
            Duplicates.NONE,
            Observations.NONE);
    return Evaluator.compile(policy).judge(compared);
  }

  /** Why the case would refuse this now, if it would. */
  Optional<String> refusal(CaseCommand command, Instant now) {
    return new CaseRules(file(), shown.policy(), now).rule(command)
            instanceof CaseRuling.Refused(var _, String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The remedy that was recorded last, with its document, whether or not it was carried out. */
  Optional<Remedy> latestRemedy() {
    return latestRemedy(shown.history());
  }

  /** As {@link #latestRemedy()}, of a case's entries. */
  static Optional<Remedy> latestRemedy(List<StoredEntry> history) {
    return history.reversed().stream()
        .filter(entry -> entry.kind().equals("case.remediating"))
        .findFirst()
        .map(HeldCase::remedy);
  }

  private static Remedy remedy(StoredEntry entry) {
    if (CaseEntryReader.event(new CaseEntry(entry.kind(), entry.payload()))
        instanceof Remediating(Remedy remedy)) {
      return remedy;
    }
    throw new EvidenceDamagedException("entry %d is no remedy".formatted(entry.index()));
  }
}
