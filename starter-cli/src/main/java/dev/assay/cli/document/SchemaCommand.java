package dev.assay.cli.document;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.model.document.DidYouMean;
import dev.assay.model.document.Schemas;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay schema}. */
@CommandLine.Command(
    name = "schema",
    description = "Print the JSON Schema of a kind of document, or list the kinds.",
    footer = {"", "Example:", "  assay schema ValidationPolicy"})
public final class SchemaCommand implements Command {
  // Null if not given: picocli's way to say so.
  @Parameters(arity = "0..1", paramLabel = "KIND", description = "Without it: the kinds there are.")
  private @Nullable String kind;

  @Override
  public ExitCode run(Session session) {
    Optional.ofNullable(kind)
        .ifPresentOrElse(name -> showSchema(session, name), () -> showKinds(session));
    return ExitCode.YES;
  }

  private static void showSchema(Session session, String kind) {
    String schema =
        Schemas.json(kind)
            .orElseThrow(
                () ->
                    new UsageException(
                        "no schema of '%s'%s; there are %s"
                            .formatted(
                                kind,
                                DidYouMean.hint(kind, Schemas.kinds()),
                                String.join(", ", Schemas.kinds()))));
    JsonValue json = JsonReader.read(schema.getBytes(StandardCharsets.UTF_8));
    session.output().document(json, text -> text.verbatim(schema.stripTrailing() + "\n"));
  }

  private static void showKinds(Session session) {
    List<String> kinds = Schemas.kinds();
    session
        .output()
        .document(
            JsonObject.EMPTY.with("kinds", JsonValue.strings(kinds)),
            text -> kinds.forEach(text::line));
  }
}
