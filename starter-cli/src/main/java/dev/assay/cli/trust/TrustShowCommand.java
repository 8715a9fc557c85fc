package dev.assay.cli.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Signer;
import dev.assay.model.trust.SignerUse;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code assay trust show}. */
@CommandLine.Command(
    name = "show",
    description = {
      "Show the Trust document in force, checked from the one that this home pinned.",
      "",
      "Exit 3 if none is pinned; 4 if what came after it doesn't hold."
    },
    footer = {"", "Example:", "  assay trust show --format json"})
final class TrustShowCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    Stack stack = Stacks.reading(session, "trust show");
    Current state = HomeTrust.of(stack, session.settings().ledger()).require();
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("change", state.change())
                .with("digest", state.digest().hex())
                .with("document", state.trust().toJson())
                .with("ledger", state.ledger())
                .with(
                    "revoked",
                    JsonValue.strings(
                        state.revoked().stream().sorted().map(PublicKey::text).toList())),
            text -> text(text, state));
    return ExitCode.YES;
  }

  private static void text(TextOutput out, Current state) {
    out.line("%s, %s".formatted(state.trust().name(), state.digest()));
    out.line(state.change() == 0 ? "the first, as pinned" : "change %d".formatted(state.change()));
    Table table = Table.of("ID", "MAY", "KEY");
    for (Person person : state.trust().people()) {
      rows(table, person.id(), person.roles(), person.keys(), state);
    }
    for (Signer signer : state.trust().signers()) {
      rows(
          table,
          signer.id(),
          signer.may().stream().map(SignerUse::text).toList(),
          signer.keys(),
          state);
    }
    out.table(table);
    out.line(
        "a later document takes "
            + state.trust().changeQuorum().entrySet().stream()
                .map(role -> "%d of %s".formatted(role.getValue(), role.getKey()))
                .collect(Collectors.joining(", ")));
  }

  private static void rows(
      Table table, String id, List<String> may, List<PublicKey> keys, Current state) {
    if (keys.isEmpty()) {
      table.row(Cell.of(id), Cell.of(String.join(", ", may)), Cell.of(""));
    }
    for (PublicKey key : keys) {
      table.row(
          Cell.of(id),
          Cell.of(String.join(", ", may)),
          state.revoked().contains(key)
              ? new Cell(key + " revoked", Style.BAD)
              : Cell.of(key.text()));
    }
  }
}
