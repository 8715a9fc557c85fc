package dev.assay.cli;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.json.JsonValue.JsonObject;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** {@code assay completion}. */
@CommandLine.Command(
    name = "completion",
    description = "Print a script that completes assay's commands and options in your shell.",
    footer = {
      "",
      "Example:",
      "  assay completion bash > ~/.local/share/bash-completion/completions/assay"
    })
final class CompletionCommand implements Command {

  /** A shell that assay knows. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(paramLabel = "bash|zsh|fish", converter = Shells.class, description = "Your shell.")
  private Shell shell = Shell.BASH;

  @Override
  public ExitCode run(Session session) {
    CommandLine line = Cli.commandLine(new Root());
    String script =
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash("assay", line); // it turns on bashcompinit in zsh
          case FISH -> FishCompletion.script(line);
        };
    session
        .output()
        .document(
            JsonObject.EMPTY.with("shell", GlobalOptions.written(shell)).with("script", script),
            text -> text.verbatim(script));
    return ExitCode.YES;
  }

  static final class Shells implements ITypeConverter<Shell> {
    @Override
    public Shell convert(String value) {
      return OneOf.of(Shell.class, value);
    }
  }
}
