package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.cli.base.Command;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is asked of every command. */
class CommandModelTest {

  static Stream<CommandLine> all() {
    return withBelow(Cli.commandLine(new Root()));
  }

  private static Stream<CommandLine> withBelow(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().flatMap(CommandModelTest::withBelow));
  }

  @ParameterizedTest
  @MethodSource("all")
  void help_ofEachCommand_endsWithOneExampleThatParses(CommandLine line) {
    List<String> footer = Arrays.asList(line.getCommandSpec().usageMessage().footer());

    assertThat(footer).hasSize(3).startsWith("", "Example:");
    String example = footer.getLast().strip();
    assertThat(example).startsWith("assay ");
    String[] arguments =
        example.replaceFirst(" [>|].*", "").substring("assay ".length()).split(" ");
    assertThatCode(() -> Cli.commandLine(new Root()).parseArgs(arguments))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("all")
  void command_withoutSubcommands_canRun(CommandLine line) {
    if (line.getSubcommands().isEmpty()) {
      Object command = line.getCommand();
      assertThat(command).isInstanceOf(Command.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void options_ofEachCommand_areDescribedInASentence(CommandLine line) {
    assertThat(line.getCommandSpec().options())
        .allSatisfy(
            option ->
                assertThat(String.join("", option.description()))
                    .as(option.longestName())
                    .endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("all")
  void options_withAValueAndADefault_tellTheDefault(CommandLine line) {
    assertThat(line.getCommandSpec().options())
        .filteredOn(option -> option.arity().max() > 0 && option.defaultValue() != null)
        .allSatisfy(
            option ->
                assertThat(String.join("", option.description()))
                    .as(option.longestName())
                    .contains("(default: "));
  }

  @ParameterizedTest
  @MethodSource("all")
  void options_ofEachCommand_containTheGlobalOnes(CommandLine line) {
    assertThat(line.getCommandSpec().options())
        .extracting(OptionSpec::longestName)
        .contains("--format", "--home", "--ledger", "--no-progress", "--help");
  }
}
