package dev.assay.cli.document;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentProblem;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.text.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay policy check}. */
@CommandLine.Command(
    name = "check",
    description =
        "Say whether policies can be used, and what is wrong where. Exit 2 if one can't be.",
    footer = {"", "Example:", "  assay policy check examples/policy.yaml"})
final class PolicyCheckCommand implements Command {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML, or JSON if named .json.")
  private List<Path> files = List.of();

  /** A file and what came of it: a policy, or problems. */
  private sealed interface Checked {
    record Good(Path file, ValidationPolicy policy) implements Checked {}

    record Bad(Path file, List<DocumentProblem> problems) implements Checked {}
  }

  @Override
  public ExitCode run(Session session) throws IOException {
    List<Checked> all = new ArrayList<>();
    for (Path file : files) {
      all.add(check(file));
    }
    session
        .output()
        .document(
            JsonObject.EMPTY.with(
                "files", new JsonArray(all.stream().map(PolicyCheckCommand::json).toList())),
            text -> all.forEach(checked -> show(checked, text)));
    return all.stream().anyMatch(Checked.Bad.class::isInstance) ? ExitCode.USAGE : ExitCode.YES;
  }

  private static Checked check(Path file) throws IOException {
    try {
      return new Checked.Good(file, PolicyFiles.read(file));
    } catch (DocumentException e) {
      return new Checked.Bad(file, e.problems());
    }
  }

  private static JsonValue json(Checked checked) {
    return switch (checked) {
      case Checked.Good(Path file, ValidationPolicy policy) ->
          JsonObject.EMPTY
              .with("file", file.toString())
              .with("valid", true)
              .with("name", policy.name())
              .with("digest", policy.digest().hex());
      case Checked.Bad(Path file, List<DocumentProblem> problems) ->
          JsonObject.EMPTY
              .with("file", file.toString())
              .with("valid", false)
              .with(
                  "problems",
                  new JsonArray(problems.stream().map(PolicyCheckCommand::json).toList()));
    };
  }

  private static JsonValue json(DocumentProblem problem) {
    return JsonObject.EMPTY
        .with("line", problem.place().line())
        .with("column", problem.place().column())
        .with("message", problem.text());
  }

  private static void show(Checked checked, TextOutput text) {
    switch (checked) {
      case Checked.Good(Path file, ValidationPolicy policy) ->
          text.line(
              Cell.of(file + ": "),
              new Cell("good", Style.GOOD),
              Cell.of(
                  "  policy %s, %s, %s, %s"
                      .formatted(
                          policy.name(),
                          Count.of(policy.stages().size(), "stage"),
                          Count.of(policy.checks().size(), "check"),
                          policy.digest().abbreviated())));
      case Checked.Bad(Path _, List<DocumentProblem> problems) ->
          problems.forEach(
              problem ->
                  text.line(Cell.of(problem.place() + ": "), new Cell(problem.text(), Style.BAD)));
    }
  }
}
