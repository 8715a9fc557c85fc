package dev.assay.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completions for fish, which picocli doesn't write. Format: fish's {@code complete} built-in.
 * Subcommands and options are offered where the words before them name their command.
 */
final class FishCompletion {
  private FishCompletion() {}

  static String script(CommandLine root) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completions of assay for fish.");
    add(root, List.of(), lines);
    return String.join("\n", lines) + "\n";
  }

  private static void add(CommandLine line, List<String> path, List<String> lines) {
    CommandSpec spec = line.getCommandSpec();
    Collection<CommandLine> children = line.getSubcommands().values();
    if (!children.isEmpty()) {
      // A group takes no files; below it, a command may.
      lines.add("complete -c assay -n %s -f".formatted(quoted(at(path, line))));
    }
    for (CommandLine child : children) {
      lines.add(
          "complete -c assay -n %s -a %s -d %s"
              .formatted(
                  quoted(at(path, line)),
                  child.getCommandName(),
                  quoted(firstLine(child.getCommandSpec().usageMessage().description()))));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        lines.add(option(option, path));
      }
    }
    for (CommandLine child : children) {
      List<String> below = new ArrayList<>(path);
      below.add(child.getCommandName());
      add(child, below, lines);
    }
  }

  private static String option(OptionSpec option, List<String> path) {
    StringBuilder text = new StringBuilder("complete -c assay");
    if (!path.isEmpty()) {
      text.append(" -n ").append(quoted(seen(path)));
    }
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    String label = option.paramLabel();
    if (option.arity().max() > 0) {
      text.append(" -r");
      if (label.contains("|")) {
        text.append(" -f -a ").append(quoted(label.replace('|', ' ')));
      }
    }
    return text.append(" -d ").append(quoted(firstLine(option.description()))).toString();
  }

  /** The words so far name this command and none of its subcommands. */
  private static String at(List<String> path, CommandLine line) {
    String notBelow =
        "not __fish_seen_subcommand_from " + String.join(" ", line.getSubcommands().keySet());
    return path.isEmpty() ? notBelow : seen(path) + "; and " + notBelow;
  }

  private static String seen(List<String> path) {
    return String.join(
        "; and ", path.stream().map(name -> "__fish_seen_subcommand_from " + name).toList());
  }

  private static String firstLine(String[] description) {
    return description.length == 0 ? "" : description[0].replace("${DEFAULT-VALUE}", "default");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
