package dev.assay.cli.validate;

import dev.assay.cli.Version;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.connectors.report.Report;
import dev.assay.connectors.report.Report.Fact;
import dev.assay.connectors.report.ReportWriter;
import dev.assay.connectors.report.Result;
import dev.assay.connectors.report.Rule;
import dev.assay.connectors.report.Subject;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.Check;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.Stage;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Severity;
import dev.assay.registry.CaseEvent;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A finished validation as reports tell it, from the registry. */
final class ValidationReport {
  private final Session session;
  private final Stack stack;
  private final RecordedValidation validation;
  private final ValidationPolicy policy;
  private final RunPlaces places;
  private final Map<Sha256, String> cases;

  /** By {@code stage/check}, in the policy's order. */
  private final Map<String, Rule> rules;

  ValidationReport(Session session, Stack stack, RecordedValidation validation) {
    this.session = session;
    this.stack = stack;
    this.validation = validation;
    this.policy = policy(stack, validation);
    this.rules = rules(policy);
    this.cases = cases(stack, validation);
    this.places =
        new RunPlaces(
            Path.of(session.environment().getOrDefault("GITHUB_WORKSPACE", ""))
                .toAbsolutePath()
                .normalize());
  }

  private static ValidationPolicy policy(Stack stack, RecordedValidation validation) {
    Sha256 digest = new Sha256(validation.policyDigest());
    return stack
        .storage()
        .registry()
        .documents()
        .find(digest)
        .map(found -> PolicyReader.read(found.bytes(), digest.abbreviated() + ".json"))
        .orElseThrow(
            () ->
                new EvidenceDamagedException(
                    "the registry has no policy %s, by which %s judged; restore registry.document from a backup"
                        .formatted(digest, validation.workflowId())));
  }

  /** Case ids by run digest. */
  private static Map<Sha256, String> cases(Stack stack, RecordedValidation validation) {
    Map<Sha256, String> cases = new HashMap<>();
    Optional<String> after = Optional.empty();
    List<CaseEvent> page;
    do {
      page =
          stack
              .storage()
              .registry()
              .cases()
              .eventsOf(validation.workflowId(), after, Registry.MAX_PAGE);
      page.forEach(event -> cases.put(event.runDigest(), event.outcome().caseId()));
      after = page.isEmpty() ? after : Optional.of(page.getLast().outcome().caseId());
    } while (page.size() == Registry.MAX_PAGE);
    return cases;
  }

  private static Map<String, Rule> rules(ValidationPolicy policy) {
    List<Rule> rules = new ArrayList<>();
    policy
        .where()
        .ifPresent(
            where ->
                rules.add(
                    new Rule(
                        Evaluator.WHERE,
                        Evaluator.WHERE,
                        Evaluator.WHERE,
                        Severity.BLOCK,
                        where.toString())));
    for (Stage stage : policy.stages()) {
      for (Check check : stage.checks()) {
        rules.add(new Rule(stage.id(), check.id(), check.type(), check.severity(), check.limit()));
      }
    }
    Map<String, Rule> byId = new LinkedHashMap<>();
    rules.forEach(rule -> byId.put(rule.id(), rule));
    return byId;
  }

  Report head() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("policy", policy.name()));
    facts.add(new Fact("policy digest", validation.policyDigest()));
    facts.add(new Fact("plan digest", validation.planDigest()));
    facts.add(new Fact("outcome root", validation.outcomeRoot()));
    facts.add(
        new Fact(
            "ledger",
            validation.dryRun()
                ? "nothing was written: a dry run"
                : "%s, entries %d to %d"
                    .formatted(
                        session.settings().ledger(),
                        validation.firstIndex(),
                        validation.lastIndex())));
    return new Report(
        "assay validate",
        Version.ofThisBuild().version(),
        // A dry run's own id is random, and leads nowhere.
        validation.dryRun() ? "dry run of " + policy.name() : validation.workflowId(),
        "validate/" + policy.name(),
        facts,
        List.copyOf(rules.values()));
  }

  /** Gives every run to all writers, and finishes them. */
  void to(List<ReportWriter> writers) throws IOException {
    try (Progress progress = session.progress("writing reports", "runs")) {
      progress.total(validation.counts().runs());
      long[] done = {0};
      RunResults.forEach(
          stack.storage().registry(),
          validation.workflowId(),
          validation.outcomeRoot(),
          run -> {
            Subject subject = subject(run);
            writers.forEach(writer -> add(writer, subject));
            progress.done(++done[0]);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (ReportWriter writer : writers) {
      writer.finish();
    }
  }

  private static void add(ReportWriter writer, Subject subject) {
    try {
      writer.add(subject);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Subject subject(RunResult run) {
    return new Subject(
        run.row().identity().experiment(),
        run.name(),
        run.row().identity().runId(),
        run.row().runDigest().hex(),
        places.of(run.row()),
        run.judgement().verdict(),
        Optional.ofNullable(cases.get(run.row().runDigest())),
        run.judgement().findings().stream().map(finding -> result(run, finding)).toList());
  }

  private Result result(RunResult run, Finding finding) {
    String id = finding.stage() + "/" + finding.check();
    Rule rule =
        Optional.ofNullable(rules.get(id))
            .orElseThrow(
                () ->
                    new EvidenceDamagedException(
                        "%s: the findings name a check %s that policy %s doesn't have"
                            .formatted(validation.workflowId(), id, policy.name())));
    return new Result(
        rule,
        finding.verdict(),
        finding.observed(),
        finding.message(),
        places.of(run.row(), rule.type(), finding));
  }
}
