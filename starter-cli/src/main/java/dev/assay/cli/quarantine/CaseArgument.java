package dev.assay.cli.quarantine;

import picocli.CommandLine.Parameters;

/** The case that a command is about. */
final class CaseArgument {
  @Parameters(
      index = "0",
      paramLabel = "CASE",
      description = "A case's id, or how it begins; 'assay quarantine list' has them.")
  private String id = "";

  String id() {
    return id;
  }
}
