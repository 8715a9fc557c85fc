package dev.assay.cli.db;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.TextOutput;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.storage.SchemaMigration;
import java.util.List;
import picocli.CommandLine;

/** {@code assay db migrate}. */
@CommandLine.Command(
    name = "migrate",
    description = {
      "Make or upgrade the roles and tables of the database that ASSAY_DB_OWNER_URL names.",
      "",
      "Nothing else ever migrates an external database. The URL's role needs CREATE on the database and"
          + " CREATEROLE, or an administrator has made the roles. With ASSAY_DB_WRITER_PASSWORD or"
          + " ASSAY_DB_READER_PASSWORD (or ..._FILE, the name of a file with it), role assay_writer or"
          + " assay_reader may log in with it. What is there already stays; repeat it at will."
    },
    footer = {"", "Example:", "  assay db migrate"})
final class MigrateCommand implements Command {
  @Override
  public ExitCode run(Session session) {
    SchemaMigration.Done done = SchemaMigration.run(session.environment());
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("database", done.database())
                .with("ledger", step(done.before().ledger(), done.after().ledger()))
                .with("registry", step(done.before().registry(), done.after().registry()))
                .with("rolesMade", names(done.rolesMade()))
                .with("logins", names(done.logins())),
            out -> show(done, out));
    return ExitCode.YES;
  }

  private static void show(SchemaMigration.Done done, TextOutput out) {
    out.line("database  " + done.database());
    out.line("ledger    " + told(done.before().ledger(), done.after().ledger()));
    out.line("registry  " + told(done.before().registry(), done.after().registry()));
    if (!done.rolesMade().isEmpty()) {
      out.line("roles     made " + String.join(", ", done.rolesMade()));
    }
    if (!done.logins().isEmpty()) {
      out.line("logins    password set for " + String.join(", ", done.logins()));
    }
  }

  private static String told(int before, int after) {
    return before == after
        ? "version %d already".formatted(after)
        : "from version %d to %d".formatted(before, after);
  }

  private static JsonObject step(int before, int after) {
    return JsonObject.EMPTY.with("before", before).with("after", after);
  }

  private static JsonValue names(List<String> names) {
    return new JsonArray(names.stream().<JsonValue>map(JsonString::new).toList());
  }
}
