package dev.assay.cli.document;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.policy.PolicyPlan;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay policy explain}. */
@CommandLine.Command(
    name = "explain",
    description =
        "Show a policy's stages in the order they are judged, and what each check demands.",
    footer = {"", "Example:", "  assay policy explain examples/policy.yaml"})
final class PolicyExplainCommand implements Command {
  @Parameters(paramLabel = "FILE", description = "YAML, or JSON if named .json.")
  private Path file = Path.of("");

  @Option(names = "--dot", description = "Write the graph of stages for Graphviz, as text.")
  private boolean dot;

  @Override
  public ExitCode run(Session session) throws IOException {
    PolicyPlan plan = PolicyPlan.of(PolicyFiles.read(file));
    session
        .output()
        .document(
            dot ? plan.toJson().with("dot", plan.toDot()) : plan.toJson(),
            text -> (dot ? plan.toDot() : plan.toText()).lines().forEach(text::line));
    return ExitCode.YES;
  }
}
