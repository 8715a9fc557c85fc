package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What checking a proof comes to: valid, invalid with reasons, or untrusted. */
final class ProofVerdict {
  private final Session session;
  private final Checkpoint checkpoint;
  private final Optional<TrustedKey> trusted;
  private final List<String> against = new ArrayList<>();

  private ProofVerdict(Session session, Checkpoint checkpoint, Optional<TrustedKey> trusted) {
    this.session = session;
    this.checkpoint = checkpoint;
    this.trusted = trusted;
  }

  /** On a checkpoint, whose signature is checked if there is a key to do so. */
  static ProofVerdict of(
      Session session, @Nullable String key, SignedNote note, Checkpoint checkpoint) {
    ProofVerdict verdict =
        new ProofVerdict(session, checkpoint, TrustedKey.find(session, key, checkpoint.origin()));
    verdict.requireSigned(note, "the checkpoint");
    return verdict;
  }

  void refute(String why) {
    against.add(why);
  }

  void requireSigned(SignedNote note, String what) {
    trusted.ifPresent(
        with -> {
          try {
            note.verify(with.key());
          } catch (NoteSignatureException e) {
            refute("%s: %s".formatted(what, e.getMessage()));
          }
        });
  }

  ExitCode show(String claim, JsonObject json, Optional<String> more) {
    String status = !against.isEmpty() ? "invalid" : trusted.isPresent() ? "valid" : "untrusted";
    JsonObject whole =
        json.with("reasons", JsonValue.strings(against))
            .with("status", status)
            .with("key", trusted.map(with -> with.key().toString()).orElse(""));
    session
        .output()
        .document(
            whole,
            out -> {
              out.line(
                  new Cell(status, status.equals("valid") ? Style.GOOD : Style.BAD),
                  Cell.of(": " + claim));
              more.ifPresent(line -> out.line("  " + line));
              against.forEach(reason -> out.line("  but " + reason));
              out.line(
                  trusted
                      .map(
                          with ->
                              "  checkpoint of %d entries, checked with the key from %s"
                                  .formatted(checkpoint.size(), with.source()))
                      .orElse(
                          "  but no trusted key of %s is at hand: get it from the ledger's owner ('assay status' prints it) and pass it with --key"
                              .formatted(checkpoint.origin())));
            });
    return switch (status) {
      case "valid" -> ExitCode.YES;
      case "invalid" -> ExitCode.TAMPERED;
      default -> ExitCode.NO_ANSWER;
    };
  }
}
