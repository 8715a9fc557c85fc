package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.check.Evaluator;
import dev.assay.model.check.Guidance;
import dev.assay.model.document.Schemas;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.verdict.CheckVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whoever gets a finding must be told what it means: in reports, and on a page. */
class FindingPagesTest {
  private static final Path PAGES = Path.of("../docs/findings");
  private static final Pattern TYPE =
      Pattern.compile("\"type\"\\s*:\\s*\\{\\s*\"const\"\\s*:\\s*\"([a-z-]+)\"");
  private static final Pattern COMMAND = Pattern.compile("`assay ([^`]*)`");

  /** The types that the policy's schema knows, and the one of a {@code where} that failed. */
  static Stream<String> types() {
    String schema = Schemas.json(ValidationPolicy.KIND).orElseThrow();
    TreeSet<String> types = new TreeSet<>(List.of(Evaluator.WHERE));
    TYPE.matcher(schema).results().map(found -> found.group(1)).forEach(types::add);
    assertThat(types).as("types in the schema").contains("record", "cel").hasSizeGreaterThan(11);
    return types.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void type_ofTheSchema_hasGuidanceAndAPage(String type) throws IOException {
    assertThat(Guidance.types())
        .as(
            "dev.assay.model.check.Guidance: add type(\"%s\", …): what FAIL and INDETERMINATE mean, and what to do",
            type)
        .contains(type);
    Path page = PAGES.resolve(type + ".md");
    assertThat(page)
        .as(
            "add docs/findings/%s.md: what it means, why it blocks, verdicts, evidence, what to do",
            type)
        .isRegularFile();
    assertThat(Files.readString(page))
        .startsWith("# " + type + "\n")
        .contains("**What it means.**", "**Why it blocks.**", "| FAIL |", "| INDETERMINATE |")
        .contains("**Evidence**", "**What to do**");
    assertThat(Files.readString(PAGES.resolve("README.md")))
        .as("add a row to docs/findings/README.md")
        .contains("[%s](%s.md)".formatted(type, type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void guidance_ofEachVerdict_saysWhatItMeansAndWhatToDo(String type) {
    for (CheckVerdict verdict : CheckVerdict.values()) {
      Guidance guidance = Guidance.of(type, verdict);
      assertThat(guidance.means()).endsWith(".").hasSizeLessThan(300);
      assertThat(guidance.action()).endsWith(".").hasSizeLessThan(300);
    }
  }

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_everyCommand_exists(Path page) throws IOException {
    for (MatchResult named : COMMAND.matcher(Files.readString(page)).results().toList()) {
      CommandLine command = Cli.commandLine(new Root());
      for (String word : named.group(1).split(" ")) {
        if (word.startsWith("--")) {
          assertThat(command.getCommandSpec().optionsMap()).as(named.group()).containsKey(word);
        } else if (!command.getSubcommands().isEmpty()) {
          assertThat(command.getSubcommands()).as(named.group()).containsKey(word);
          command = command.getSubcommands().get(word);
        }
      }
    }
  }
}
