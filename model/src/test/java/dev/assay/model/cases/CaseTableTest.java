package dev.assay.model.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in the code is the one that people read. */
class CaseTableTest {
  private static final Path DOC = Path.of("..", "docs", "cases.md");

  @Test
  void docs_haveTheTable() throws IOException {
    List<String> lines =
        Files.readAllLines(DOC).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(lines).as("docs/cases.md, the transition table").containsSubsequence(rows());
  }

  private static List<String> rows() {
    return Stream.of(CaseAction.values())
        .map(
            action ->
                Stream.of(CaseState.values())
                    .map(state -> cell(state, CaseTable.leadsTo(state, action)))
                    .collect(Collectors.joining(" | ", "| `%s` | ".formatted(action.text()), " |")))
        .toList();
  }

  private static String cell(CaseState from, Set<CaseState> to) {
    return to.isEmpty()
        ? "–"
        : to.stream()
            .map(state -> state == from ? "stays" : state.name())
            .collect(Collectors.joining(", "));
  }
}
