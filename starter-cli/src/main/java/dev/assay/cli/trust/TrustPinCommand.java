package dev.assay.cli.trust;

import dev.assay.activities.trust.Trusts;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Receipt;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.trust.Trust;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;
import dev.assay.worker.trust.PinFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay trust pin}. */
@CommandLine.Command(
    name = "pin",
    description = {
      "Trust the people of a Trust document: the first of this ledger. Its digest is kept in this"
          + " home, outside the database; the ledger gets an entry, unless it has it already.",
      "",
      "Every other home that works with the ledger pins the same document. A later one is signed by"
          + " people of the one before: 'assay trust propose'."
    },
    footer = {"", "Example:", "  assay trust pin trust.yaml"})
final class TrustPinCommand implements Command {
  @Parameters(paramLabel = "FILE", description = "The Trust document.")
  private Path file = Path.of("");

  @Override
  public ExitCode run(Session session) throws Exception {
    Trust trust = TrustFiles.read(file);
    Stack stack = Stacks.stores(session, "trust pin");
    String name = session.settings().ledger();
    stack.storage().requireAgreement(name);
    Checkpoints.requireSignable(session, stack);
    Ledger ledger = stack.storage().ledger(name);
    PinFiles pins = new PinFiles(stack.home().folder());
    Optional<Sha256> pinned = pins.first(ledger.origin());
    if (pinned.filter(digest -> !digest.equals(trust.digest())).isPresent()) {
      throw new UsageException(
          "%s has the digest %s, and this home trusts %s for ledger %s: a later document is proposed ('assay trust propose')"
              .formatted(file, trust.digest(), pinned.get(), name));
    }
    Trusts trusts = HomeTrust.of(stack, name);
    requireSame(trusts, trust, name);
    Receipt receipt = HomeTrust.log(stack, name).pin(trust);
    pins.keep(ledger.origin(), trust.digest());
    Checkpoints.sign(session, stack);
    Sha256 current = trusts.require().digest();
    if (!trust.canChange()) {
      session.output().hint(TrustFiles.UNCHANGEABLE);
    }
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("current", current.hex())
                .with("digest", trust.digest().hex())
                .with("index", receipt.index())
                .with("ledger", ledger.origin()),
            text -> {
              text.line("pinned %s, entry %d".formatted(trust.digest(), receipt.index()));
              if (!current.equals(trust.digest())) {
                text.line("in force is a later one: " + current);
              }
            });
    return ExitCode.YES;
  }

  /** Whoever pinned the ledger's first: every home trusts the same. */
  private void requireSame(Trusts trusts, Trust trust, String name) {
    Optional<JsonValue> recorded =
        trusts.first().map(entry -> entry.payload().members().get("trustDigest"));
    if (recorded.isPresent() && !recorded.get().equals(new JsonString(trust.digest().hex()))) {
      throw new UsageException(
          "%s has the digest %s, and the first document of ledger %s is another, entry trust/0: ask whoever pinned it for the file"
              .formatted(file, trust.digest(), name));
    }
  }
}
