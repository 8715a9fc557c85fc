package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.document.PolicyFiles;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.cases.HeldRun;
import dev.assay.workflows.cases.CaseAsk;
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
      "Judge exactly the run that is held again: one that passes waits for its release.",
      "",
      "By the policy that judged it, or by a newer version of it."
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

  @Override
  public ExitCode run(Session session) throws Exception {
    Optional<ValidationPolicy> newer =
        policyFile == null ? Optional.empty() : Optional.of(PolicyFiles.read(policyFile));
    CaseWork work = CaseWork.on(session, "remediate", given.id());
    Optional<Sha256> policy = newer.map(found -> save(work, found));
    UUID set = HeldRun.stage(work.stack().storage().registry(), work.file(), work.row().identity());
    return work.ask(
        CaseAction.REVALIDATE,
        CaseAsk.revalidation(
            set.toString(), work.file().runDigest().hex(), policy.map(Sha256::hex)));
  }

  private static Sha256 save(CaseWork work, ValidationPolicy newer) {
    if (!newer.name().equals(work.row().policyName())) {
      throw new UsageException(
          "--policy: case %s is of policy '%s', the file's is named '%s'"
              .formatted(work.row().id(), work.row().policyName(), newer.name()));
    }
    return work.stack()
        .storage()
        .registry()
        .documents()
        .save(ValidationPolicy.KIND, CanonicalJson.encode(newer.toJson()));
  }
}
