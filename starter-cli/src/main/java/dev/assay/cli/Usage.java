package dev.assay.cli;

import dev.assay.cli.base.ExitCode;
import dev.assay.model.document.DidYouMean;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what may have been meant. */
final class Usage {
  /** What other programs answer with their version. */
  private static final Set<String> VERSION = Set.of("version", "-V", "-v", "-version");

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
    if (line.getParent() == null && VERSION.contains(first)) {
      return "there is no '%s'; 'assay --version' says which assay this is".formatted(first);
    }
    if (first.startsWith("-")) {
      return unknown("option", first, line.getCommandSpec().optionsMap().keySet());
    }
    if (!line.getSubcommands().isEmpty()) {
      return unknown("command", first, line.getSubcommands().keySet());
    }
    return "unexpected argument '%s'".formatted(first);
  }

  private static String unknown(String what, String found, Set<String> known) {
    return "unknown %s '%s'%s".formatted(what, found, DidYouMean.hint(found, known));
  }
}
