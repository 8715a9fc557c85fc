package dev.assay.cli;

import dev.assay.cli.base.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what may have been meant. */
final class Usage {
  private Usage() {}

  static Failure failure(ParameterException wrong) {
    return new Failure(
        ExitCode.USAGE,
        "%s%nSee '%s --help'."
            .formatted(message(wrong), wrong.getCommandLine().getCommandSpec().qualifiedName()));
  }

  private static String message(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return message(unmatched);
    }
    return String.valueOf(wrong.getMessage());
  }

  private static String message(UnmatchedArgumentException unmatched) {
    CommandLine line = unmatched.getCommandLine();
    String first = unmatched.getUnmatched().getFirst();
    boolean option = first.startsWith("-");
    boolean group = !line.getSubcommands().isEmpty();
    String found =
        option
            ? "unknown option '%s'".formatted(first)
            : group
                ? "unknown command '%s'".formatted(first)
                : "unexpected argument '%s'".formatted(first);
    List<String> meant = option || group ? unmatched.getSuggestions() : List.of();
    return found
        + (meant.isEmpty() ? "" : ". Did you mean: %s?".formatted(String.join(", ", meant)));
  }
}
