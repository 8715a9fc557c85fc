package dev.assay.cli.keys;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.Passphrase;
import dev.assay.evidence.PublicKeys;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.PublicKey;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.keys.OwnKeys;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay keys generate}. */
@CommandLine.Command(
    name = "generate",
    description = {
      "Make a key of your own: a private key, encrypted with a passphrase, that only you can read,"
          + " and its public half, a .vkey beside it, for others.",
      "",
      "The passphrase comes from --passphrase-file, else from ASSAY_KEY_PASSPHRASE, else it is asked"
          + " for twice. Nothing is ever overwritten."
    },
    footer = {"", "Example:", "  assay keys generate example.org/alice --type ed25519"})
final class KeysGenerateCommand implements Command {
  @Parameters(
      paramLabel = "NAME",
      description = "What signatures call it: alice, or example.org/alice.")
  private String name = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "ed25519",
      description =
          "ed25519 signs notes and decisions; ed25519-cosignature and ml-dsa-44 sign that they saw a checkpoint,"
              + " and when (default: ${DEFAULT-VALUE}).")
  private String type = "";

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the private key here, not into the home.")
  private @Nullable Path out;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Its first line is the passphrase.")
  private @Nullable Path passphraseFile;

  @Option(
      names = "--unencrypted",
      description = "No passphrase: whoever can read the file can sign.")
  private boolean unencrypted;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (unencrypted && passphraseFile != null) {
      throw new UsageException(
          "--unencrypted and --passphrase-file contradict each other: leave one out");
    }
    KeyType wanted =
        KeyType.ofWritten(type)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--type '%s': there are %s".formatted(type, KeyType.choices())));
    Path home = session.settings().home();
    Path file = OwnKeys.file(home.resolve("keys"), name);
    Optional<Passphrase> passphrase =
        unencrypted ? Optional.empty() : Optional.of(passphrase(session));
    Path where = out == null ? file : out.toAbsolutePath();
    if (out == null) {
      AssayHome.open(home); // so that its folders are for their owner alone
    }
    OwnKeys.Made made = OwnKeys.generate(where, name, wanted, passphrase);
    Optional<String> actor = PublicKeys.of(made.key()).map(PublicKey::text);
    JsonObject json =
        JsonObject.EMPTY
            .with("encrypted", !unencrypted)
            .with("file", made.privateFile().toString())
            .with("key", made.key().toString())
            .with("keyId", made.key().idHex())
            .with("name", name)
            .with("publicFile", made.publicFile().toString())
            .with("type", wanted.written());
    session
        .output()
        .document(
            actor.map(known -> json.with("publicKey", known)).orElse(json),
            text -> {
              text.line(
                  Cell.of("private key: "),
                  new Cell(made.privateFile().toString(), Style.STRONG),
                  Cell.of(
                      unencrypted
                          ? ", not encrypted: keep it where nobody else can read it"
                          : ", encrypted; without its passphrase it is lost"));
              text.line("public key:  " + made.publicFile());
              text.line(made.key().toString());
              actor.ifPresent(known -> text.line("in a Trust document: " + known));
            });
    return ExitCode.YES;
  }

  private Passphrase passphrase(Session session) throws Exception {
    return new Passphrases(session.environment(), Passphrases.terminal())
        .forNew(Optional.ofNullable(passphraseFile));
  }
}
