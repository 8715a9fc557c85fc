package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.document.PolicyFiles;
import dev.assay.cli.stack.ProgramOptions;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.CaseRow;
import dev.assay.worker.cases.HeldRun;
import dev.assay.workflows.cases.CaseAsk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine remediate}. */
@CommandLine.Command(
    name = "remediate",
    description = {
      "Judge exactly the run that is held again, as it is or with a remedy: one that passes waits for its release.",
      "",
      "By the policy that judged it, or by a newer version of it. With --dry-run it shows what would"
          + " change and the verdict that it would lead to, and writes nothing.",
      "",
      "Exit 0 if the run passes then, 1 if it fails, 3 if it can't be judged."
    },
    synopsisSubcommandLabel = "[REMEDY]",
    subcommands = {
      RemedyReimportCommand.class,
      RemedyRecomputeCommand.class,
      RemedyCorrectCommand.class,
      RemedyRestoreCommand.class,
      RemedyExcludeCommand.class
    },
    footer = {
      "",
      "Example:",
      "  assay quarantine remediate c-8210c81c9fdd --policy examples/policy.yaml"
    })
final class QuarantineRemediateCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A newer version of the case's policy (default: the one that judged the run).")
  private @Nullable Path policyFile;

  @Mixin private final DryRunOption dryRun = new DryRunOption();

  @Mixin private final ProgramOptions programs = new ProgramOptions();

  @Override
  public ExitCode run(Session session) throws Exception {
    if (dryRun.given()) {
      return new DryJudgement(session, this).run();
    }
    CaseWork work = open(session);
    Optional<Sha256> policy = saveNewer(work);
    if (work.file().unjudged().filter(asked -> sameRun(work.file(), asked, policy)).isPresent()) {
      work.awaitJudgement();
      return work.showJudged();
    }
    UUID set = HeldRun.stage(work.stack().storage().registry(), work.file(), work.row().identity());
    return work.ask(
        CaseAction.REVALIDATE,
        CaseAsk.revalidation(
            set.toString(), work.file().runDigest().hex(), policy.map(Sha256::hex)));
  }

  /** Whether nothing is to be written. */
  boolean dryRun() {
    return dryRun.given();
  }

  /** The case with an engine. */
  CaseWork reach(Session session) throws Exception {
    return CaseWork.on(session, "remediate", given.id(), programs.isolation(session.environment()));
  }

  /** The case with an engine that can judge it. */
  CaseWork open(Session session) throws Exception {
    CaseWork work = reach(session);
    ProgramOptions.require(newer(work.row()).orElseGet(work::judgedBy), work.stack());
    return work;
  }

  /** Whether what is asked for is under way already. */
  private static boolean sameRun(
      CaseFile file, CaseEvent.Revalidating asked, Optional<Sha256> policy) {
    return asked.runDigest().equals(file.runDigest())
        && policy.filter(newer -> !newer.equals(asked.policyDigest())).isEmpty();
  }

  /** The case, as it was written. */
  String caseId() {
    return given.id();
  }

  /** The newer policy, if one is given, and it is one of the case's. */
  Optional<ValidationPolicy> newer(CaseRow row) throws IOException {
    if (policyFile == null) {
      return Optional.empty();
    }
    ValidationPolicy newer = PolicyFiles.read(policyFile);
    if (!newer.name().equals(row.policyName())) {
      throw new UsageException(
          "--policy: case %s is of policy '%s', the file's is named '%s'"
              .formatted(row.id(), row.policyName(), newer.name()));
    }
    return Optional.of(newer);
  }

  /** Puts the newer policy, if one is given, where the judgement finds it. */
  Optional<Sha256> saveNewer(CaseWork work) throws IOException {
    return newer(work.row())
        .map(
            policy ->
                work.stack()
                    .storage()
                    .registry()
                    .documents()
                    .save(ValidationPolicy.KIND, CanonicalJson.encode(policy.toJson())));
  }
}
