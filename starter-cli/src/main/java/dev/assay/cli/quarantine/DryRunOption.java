package dev.assay.cli.quarantine;

import picocli.CommandLine.Option;

/** {@code --dry-run} of the remedies. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description =
          "Show what would change and the verdict it would lead to; nothing is written. Same exit"
              + " codes.")
  private boolean dryRun;

  boolean given() {
    return dryRun;
  }
}
