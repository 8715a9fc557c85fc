package dev.assay.cli.keys;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.PublicKey;
import dev.assay.worker.keys.KeyList;
import dev.assay.worker.keys.ListedKey;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code assay keys list}. */
@CommandLine.Command(
    name = "list",
    description = {
      "List the private keys in this home: name, type, key id, file, whether it is encrypted, and"
          + " what it signs. Shows no private key, and asks for no passphrase.",
      "",
      "Exit 2 if a file is damaged or can be read by others."
    },
    footer = {"", "Example:", "  assay keys list --format json"})
final class KeysListCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    List<ListedKey> keys = KeyList.of(session.settings().home().resolve("keys"));
    session
        .output()
        .document(
            JsonObject.EMPTY.with(
                "keys",
                new JsonArray(keys.stream().<JsonValue>map(KeysListCommand::json).toList())),
            out -> text(out, keys));
    return keys.stream().allMatch(key -> key.problem().isEmpty()) ? ExitCode.YES : ExitCode.USAGE;
  }

  private static JsonObject json(ListedKey key) {
    JsonObject json =
        JsonObject.EMPTY.with("file", key.file().toString()).with("use", key.use().sentence());
    if (key.encrypted().isPresent()) {
      json = json.with("encrypted", key.encrypted().get());
    }
    if (key.key().isPresent()) {
      VerifierKey known = key.key().get();
      json =
          json.with("key", known.toString())
              .with("keyId", known.idHex())
              .with("name", known.name())
              .with("type", known.type().written());
      Optional<PublicKey> actor = PublicKeys.of(known);
      if (actor.isPresent()) {
        json = json.with("publicKey", actor.get().text());
      }
    }
    return key.problem().isPresent() ? json.with("problem", key.problem().get()) : json;
  }

  private static void text(TextOutput out, List<ListedKey> keys) {
    if (keys.isEmpty()) {
      out.line(
          "no keys yet; 'assay keys generate NAME' makes one, and the first checkpoint its own");
      return;
    }
    Table table = Table.of("NAME", "TYPE", "KEY ID", "ENCRYPTED", "FOR", "FILE");
    for (ListedKey key : keys) {
      table.row(
          Cell.of(key.key().map(VerifierKey::name).orElse("")),
          Cell.of(key.key().map(known -> known.type().written()).orElse("")),
          Cell.of(key.key().map(VerifierKey::idHex).orElse("")),
          key.problem().isPresent()
              ? new Cell("damaged", Style.BAD)
              : Cell.of(key.encrypted().orElse(false) ? "yes" : "no"),
          Cell.of(key.use().sentence()),
          Cell.of(key.file().toString()));
    }
    out.table(table);
    keys.stream()
        .filter(key -> key.use() instanceof ListedKey.Use.Own)
        .flatMap(key -> key.key().stream())
        .forEach(
            known ->
                PublicKeys.of(known)
                    .ifPresent(
                        actor ->
                            out.line("%s in a Trust document: %s".formatted(known.name(), actor))));
    keys.forEach(
        key ->
            key.problem().ifPresent(why -> out.line(new Cell(key.file() + ": " + why, Style.BAD))));
  }
}
