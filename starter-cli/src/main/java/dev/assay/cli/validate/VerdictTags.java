package dev.assay.cli.validate;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.connectors.SourceException;
import dev.assay.connectors.SourceSpec;
import dev.assay.connectors.SourceSpec.MlflowTracking;
import dev.assay.connectors.mlflow.rest.RunTagger;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a sealed validation's verdicts to the runs of tracking servers, as tags. They are for
 * people who look there: the ledger is the record, and no check ever sees these tags, so who forges
 * one gains nothing here.
 */
final class VerdictTags {
  static final String VERDICT = "assay.verdict";
  static final String POLICY = "assay.policy";
  static final String POLICY_DIGEST = "assay.policy_digest";
  static final String VALIDATION = "assay.validation";
  static final String OUTCOME_ROOT = "assay.outcome_root";
  static final String RUN_DIGEST = "assay.run_digest";

  /** Runs taken from the registry before they are tagged together. */
  private static final int BATCH = 500;

  private final List<MlflowTracking> servers;

  private VerdictTags(List<MlflowTracking> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * Where tags will go: nowhere if they weren't asked for.
   *
   * @throws UsageException if they were, and can't go to all of the sources
   */
  static VerdictTags of(boolean asked, boolean dryRun, List<SourceSpec> specs) {
    List<MlflowTracking> servers = new ArrayList<>();
    if (asked && dryRun) {
      throw new UsageException(
          "--write-tags and --dry-run: a dry run writes nothing; leave one of them out");
    }
    for (SourceSpec spec : asked ? specs : List.<SourceSpec>of()) {
      if (!(spec instanceof MlflowTracking server)) {
        throw new UsageException(
            "--write-tags: %s is a %s, which can't be tagged; leave it out, or name the tracking server as mlflow:http://HOST:PORT"
                .formatted(spec.place(), spec.description()));
      }
      servers.add(server);
    }
    return new VerdictTags(servers);
  }

  /**
   * Writes the tags and says on standard error which are missing.
   *
   * @return {@link ExitCode#UNAVAILABLE} if some are
   */
  ExitCode write(
      Session session, Registry registry, ValidationPolicy policy, RecordedValidation validation) {
    if (servers.isEmpty()) {
      return ExitCode.YES;
    }
    Map<String, String> common =
        Map.of(
            POLICY, policy.name(),
            POLICY_DIGEST, validation.policyDigest(),
            VALIDATION, validation.workflowId(),
            OUTCOME_ROOT, validation.outcomeRoot());
    List<RunResult> batch = new ArrayList<>(BATCH);
    try (Progress progress = session.progress("writing tags", "runs");
        TagWriter writer = open()) {
      progress.total(validation.counts().runs() - validation.counts().unselected());
      RunResults.forEach(
          registry,
          validation.workflowId(),
          validation.outcomeRoot(),
          run -> {
            if (run.judgement().verdict() != RunVerdict.UNSELECTED) {
              batch.add(run);
            }
            if (batch.size() == BATCH) {
              writer.write(batch, taken -> tags(common, taken));
              progress.done(writer.written());
              batch.clear();
            }
          });
      writer.write(batch, run -> tags(common, run));
      return told(session, writer);
    }
  }

  private TagWriter open() {
    TagWriter writer = new TagWriter();
    try {
      for (MlflowTracking server : servers) {
        writer.add(server.address(), RunTagger.open(server.address(), server.access()));
      }
      return writer;
    } catch (RecordException e) {
      writer.close();
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, String> tags(Map<String, String> common, RunResult run) {
    Map<String, String> tags = new TreeMap<>(common);
    tags.put(VERDICT, run.judgement().verdict().name());
    tags.put(RUN_DIGEST, run.row().runDigest().hex());
    return tags;
  }

  private static ExitCode told(Session session, TagWriter writer) {
    if (writer.missing() == 0) {
      return ExitCode.YES;
    }
    session
        .output()
        .hint(
            "%s got no tags, %d did; the verdicts are in the ledger all the same. %s. To write the rest, run the same command again"
                .formatted(
                    Count.of(writer.missing(), "run"),
                    writer.written(),
                    writer.firstReason().orElse("")));
    return ExitCode.UNAVAILABLE;
  }
}
