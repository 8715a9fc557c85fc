package dev.assay.cli.keys;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.SigningKey;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.KeyRevocation;
import dev.assay.model.trust.PublicKey;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay keys revoke}. */
@CommandLine.Command(
    name = "revoke",
    description = {
      "Record in the ledger that a person's key counts no more. From that entry on, decisions and"
          + " changes that it signed are refused; what counted before stays.",
      "",
      "Signed with the key itself, or by a person with a role of quorum.trust. It can't be undone:"
          + " a new key comes with a new Trust document ('assay trust propose')."
    },
    footer = {
      "",
      "Example:",
      "  assay keys revoke ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w= --key alice"
    })
final class KeysRevokeCommand implements Command {
  @Parameters(paramLabel = "KEY", description = "The public key, as 'assay trust show' lists it.")
  private String key = "";

  @Mixin private KeyOption by = new KeyOption();

  @Override
  public ExitCode run(Session session) throws Exception {
    if (!PublicKey.isForm(key)) {
      throw new UsageException(
          "'%s' is no public key: write ed25519: and 44 characters of base64, as 'assay trust show' lists it"
              .formatted(key));
    }
    PublicKey revoked = new PublicKey(key);
    SigningKey signing = by.require(session);
    Stack stack = Stacks.mending(session, "keys revoke");
    String ledger = session.settings().ledger();
    stack.storage().requireAgreement(ledger);
    Checkpoints.requireSignable(session, stack);
    Current state = HomeTrust.of(stack, ledger).require();
    if (state.revoked().contains(revoked)) {
      session.output().hint("%s was revoked before; nothing was done".formatted(revoked));
      return ExitCode.YES;
    }
    TrustLog log = HomeTrust.log(stack, ledger);
    Receipt receipt =
        log.revoke(
            state, Envelope.sign(new KeyRevocation(state.ledger(), revoked).statement(), signing));
    Checkpoints.sign(session, stack);
    session
        .output()
        .document(
            JsonObject.EMPTY.with("index", receipt.index()).with("key", revoked.text()),
            text ->
                text.line(
                    "%s counts no more from entry %d on".formatted(revoked, receipt.index())));
    return ExitCode.YES;
  }
}
