package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The action for GitHub, and what docs/ci.md shows: they parse, and use what there is. */
class CiFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path ACTION = ROOT.resolve(".github/actions/validate/action.yml");
  private static final Pattern OPTION = Pattern.compile("(?<=[\\s(])--[a-z][a-z-]+");
  private static final Pattern INPUT = Pattern.compile("inputs\\.([a-z-]+)");

  @TempDir private Path workspace;

  @Test
  void action_everyOption_isOneOfValidate() throws IOException {
    String script = scripts();

    assertThat(script).contains("arguments=(validate ");
    assertThat(OPTION.matcher(script).results().map(MatchResult::group).toList())
        .contains("--junit", "--sarif", "--markdown", "--report", "--annotations")
        .allMatch(command("validate").getCommandSpec().optionsMap()::containsKey);
  }

  /** Text of an input within a script would be run. */
  @Test
  void action_scripts_takeInputsFromTheEnvironmentAlone() throws IOException {
    assertThat(scripts()).doesNotContain("${{");
  }

  @Test
  void action_inputs_areUsedAndThoseUsedAreThere() throws IOException {
    String text = Files.readString(ACTION);

    assertThat(INPUT.matcher(text).results().map(used -> used.group(1)).distinct())
        .containsExactlyInAnyOrderElementsOf(map(map(parsed(text)).get("inputs")).keySet());
  }

  /** A workspace may have files that are named as if they were reports. */
  @Test
  void action_folderWithOtherFiles_removesTheEarlierReportsAlone() throws Exception {
    Path folder = Files.createDirectory(workspace.resolve("reports"));
    Files.createDirectory(folder.resolve("assay-old"));
    Files.writeString(folder.resolve("assay.yaml"), "mine");
    Files.writeString(folder.resolve("assay.sarif"), "yesterday's");

    assertThat(validated()).contains("exit=3");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("assay-old", "assay.yaml", "assay.json");
  }

  @Test
  void action_folderNamedAsAReport_is2AndJudgesNothing() throws Exception {
    Path folder = Files.createDirectory(workspace.resolve("reports"));
    Files.createDirectory(folder.resolve("assay.json"));

    assertThat(validated()).containsExactly("exit=2");
    assertThat(workspace.resolve("judged")).doesNotExist();
    assertThat(workspace.resolve("summary")).content().contains("no result (exit 2)");
  }

  /** The outputs of the action's step, with a stand-in for Assay that ends with 3. */
  private List<String> validated() throws Exception {
    Path assay = Files.writeString(workspace.resolve("assay"), "#!/bin/sh\ntouch judged; exit 3\n");
    assertThat(assay.toFile().setExecutable(true)).isTrue();
    Path script = Files.writeString(workspace.resolve("script"), script("validate"));
    ProcessBuilder bash = // as GitHub starts it
        new ProcessBuilder(
            "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script.toString());
    bash.directory(workspace.toFile())
        .redirectErrorStream(true)
        .redirectOutput(workspace.resolve("log").toFile());
    for (String name : List.of("ID", "DRY_RUN", "HOME_FOLDER", "SOURCES", "POLICY")) {
      bash.environment().put(name, "");
    }
    bash.environment().put("ASSAY", assay.toString());
    bash.environment().put("REPORTS", "reports");
    bash.environment().put("GITHUB_OUTPUT", workspace.resolve("output").toString());
    bash.environment().put("GITHUB_STEP_SUMMARY", workspace.resolve("summary").toString());
    Process process = bash.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(workspace.resolve("log"))).isZero();
    return Files.readAllLines(workspace.resolve("output"));
  }

  static Stream<String> blocks() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/ci.md"));
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(block -> block.group(1));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void block_ofThePage_parsesAndItsCommandsExist(String yaml) {
    assertThat(map(parsed(yaml))).isNotEmpty();
    for (String line : yaml.lines().filter(one -> one.contains("- assay ")).toList()) {
      List<String> words = new ArrayList<>(List.of(line.strip().substring(8).split(" ")));
      CommandLine command = Cli.commandLine(new Root());
      while (command.getSubcommands().containsKey(words.getFirst())) {
        command = command.getSubcommands().get(words.removeFirst());
      }
      assertThat(command.getSubcommands()).as(line).isEmpty();
      assertThat(words.stream().filter(word -> word.startsWith("--")))
          .as(line)
          .allMatch(command.getCommandSpec().optionsMap()::containsKey);
    }
  }

  @Test
  void blocks_ofThePage_useTheActionAndItsInputs() throws IOException {
    Map<String, Object> inputs = map(map(parsed(Files.readString(ACTION))).get("inputs"));
    String github =
        blocks().filter(block -> block.contains("actions/validate")).findFirst().orElseThrow();
    Object steps = map(map(map(parsed(github)).get("jobs")).get("validate")).get("steps");
    Map<String, Object> last = map(((List<?>) steps).getLast());

    assertThat(last.get("uses")).isEqualTo("./.assay-tool/.github/actions/validate");
    assertThat(inputs.keySet()).containsAll(map(last.get("with")).keySet());
  }

  private static String scripts() throws IOException {
    StringBuilder scripts = new StringBuilder();
    Object steps = map(map(parsed(Files.readString(ACTION))).get("runs")).get("steps");
    for (Object step : (List<?>) steps) {
      scripts.append(map(step).getOrDefault("run", "")).append('\n');
    }
    return scripts.toString();
  }

  private static String script(String id) throws IOException {
    Object steps = map(map(parsed(Files.readString(ACTION))).get("runs")).get("steps");
    return ((List<?>) steps)
        .stream()
            .map(CiFilesTest::map)
            .filter(step -> id.equals(step.get("id")))
            .map(step -> String.valueOf(step.get("run")))
            .findFirst()
            .orElseThrow();
  }

  private static CommandLine command(String name) {
    return Cli.commandLine(new Root()).getSubcommands().get(name);
  }

  private static Object parsed(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options)).load(yaml);
  }

  @SuppressWarnings("unchecked") // YAML's mappings have text for keys here
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
