package dev.assay.cli.trust;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.keys.KeyOption;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.SigningKey;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay trust accept}. */
@CommandLine.Command(
    name = "accept",
    description = {
      "Sign a proposed Trust document, after reading it, and put it in force once people enough have"
          + " signed. Without --key: only the latter.",
      "",
      "Exit 3 while more must sign: the signature is in the file; give it to the next."
    },
    footer = {"", "Example:", "  assay trust accept change.json --key bob"})
final class TrustAcceptCommand implements Command {
  @Parameters(paramLabel = "CHANGE.json", description = "What 'assay trust propose' wrote.")
  private Path file = Path.of("");

  @Mixin private KeyOption by = new KeyOption();

  @Override
  public ExitCode run(Session session) throws Exception {
    ChangeFile proposal = ChangeFile.read(file);
    Optional<SigningKey> key = by.find(session);
    Stack stack = Stacks.mending(session, "trust accept");
    String ledger = session.settings().ledger();
    stack.storage().requireAgreement(ledger);
    Current state = HomeTrust.of(stack, ledger).require();
    if (proposal.trust().digest().equals(state.digest())
        && proposal.change().ordinal() == state.change()) {
      Checkpoints.sign(session, stack); // whoever recorded it may have ended before that
      session.output().hint("%s is in force already".formatted(state.digest()));
      return ExitCode.YES;
    }
    if (!proposal.change().equals(TrustLog.following(state, proposal.trust()))) {
      throw new UsageException(
          "%s is for change %d of ledger %s, after the document %s; in force is change %d, %s: propose it again"
              .formatted(
                  file,
                  proposal.change().ordinal(),
                  proposal.change().ledger(),
                  proposal.change().previous(),
                  state.change(),
                  state.digest()));
    }
    if (key.isPresent()) {
      proposal =
          new ChangeFile(
              proposal.trust(),
              proposal.envelope().and(ChangeText.requireCounts(state, key.get())));
      proposal.write(file);
    }
    SortedMap<String, Integer> missing = TrustLog.missing(state, proposal.envelope());
    return missing.isEmpty()
        ? recorded(session, stack, state, proposal)
        : waiting(session, missing);
  }

  private ExitCode waiting(Session session, SortedMap<String, Integer> missing) {
    session
        .output()
        .document(
            JsonObject.EMPTY.with("missing", ChangeText.json(missing)),
            text -> text.line("%s: %s".formatted(file, ChangeText.text(missing))));
    return ExitCode.NO_ANSWER;
  }

  private static ExitCode recorded(Session session, Stack stack, Current state, ChangeFile proposal)
      throws Exception {
    Checkpoints.requireSignable(session, stack);
    Receipt receipt =
        HomeTrust.log(stack, session.settings().ledger())
            .change(state, proposal.trust(), proposal.envelope());
    Checkpoints.sign(session, stack);
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("digest", proposal.trust().digest().hex())
                .with("index", receipt.index())
                .with("missing", JsonObject.EMPTY)
                .with("ordinal", proposal.change().ordinal()),
            text ->
                text.line(
                    "change %d is in force from entry %d on: %s"
                        .formatted(
                            proposal.change().ordinal(),
                            receipt.index(),
                            proposal.trust().digest())));
    return ExitCode.YES;
  }
}
