package dev.assay.cli;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code assay help}. */
@CommandLine.Command(
    name = "help",
    description = "Show help for assay or one of its commands.",
    footer = {"", "Example:", "  assay help completion"})
final class HelpCommand implements Command {
  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command's words.")
  private List<String> words = List.of();

  @Override
  public ExitCode run(Session session) {
    CommandLine line = Cli.commandLine(new Root());
    for (int i = 0; i < words.size(); i++) {
      CommandLine below = line.getSubcommands().get(words.get(i));
      if (below == null) {
        throw new UnmatchedArgumentException(line, words.subList(i, words.size()));
      }
      line = below;
    }
    String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    session.output().document(JsonObject.EMPTY.with("help", help), text -> text.verbatim(help));
    return ExitCode.YES;
  }
}
