package dev.assay.cli.quarantine;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --dry-run} of a judgement as it is, and of the remedies. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      scope = ScopeType.INHERIT,
      description =
          "Show what would change and the verdict it would lead to; nothing is written. Same exit"
              + " codes.")
  private boolean dryRun;

  boolean given() {
    return dryRun;
  }
}
