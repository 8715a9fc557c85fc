package dev.assay.model.decision;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.Timestamps;
import dev.assay.model.statement.Members;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a person signs about a proposal. It fits one proposal of one case in one ledger, and no
 * later one. docs/formats/decision.md has it byte by byte.
 *
 * @param ledger origin of the ledger
 * @param subject {@code case/<id>}
 * @param digest the run revision that the proposal is about
 * @param ordinal the proposal's transition
 * @param action what is proposed
 * @param approve whether it is approved; else it is declined
 * @param until until when a waiver holds; of a waiver, and of nothing else
 * @param expires when the decision counts no more, unless it was accepted before
 */
public record DecisionStatement(
    String ledger,
    String subject,
    Sha256 digest,
    long ordinal,
    DecisionAction action,
    boolean approve,
    Optional<Instant> until,
    Instant expires) {
  /** The statement's predicate type. */
  public static final String TYPE = "urn:assay:decision:v1";

  /** What subjects begin with. */
  public static final String CASE = "case/";

  private static final String APPROVE = "approve";
  private static final String DECLINE = "decline";

  public DecisionStatement {
    if (!subject.startsWith(CASE) || subject.length() == CASE.length()) {
      throw new StatementException(
          "a decision's subject is case/ and the case's id, got '%s'".formatted(subject));
    }
    if (until.isPresent() != (action == DecisionAction.WAIVE)) {
      throw new StatementException(
          "'until' is for a waiver, and a waiver has it; this is a %s %s"
              .formatted(action.text(), until.isPresent() ? "with it" : "without it"));
    }
    until = until.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    expires = expires.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Reads a statement.
   *
   * @throws StatementException if it is no decision
   */
  public static DecisionStatement of(Statement statement) {
    Members predicate =
        statement.predicate(
            TYPE, List.of("action", "decision", "expires", "ledger", "ordinal", "until"));
    String decision = predicate.text("decision");
    if (!decision.equals(APPROVE) && !decision.equals(DECLINE)) {
      throw predicate.expected("decision", "approve or decline");
    }
    return new DecisionStatement(
        predicate.text("ledger"),
        statement.subject(),
        statement.digest(),
        predicate.count("ordinal"),
        DecisionAction.ofText(predicate.text("action"))
            .orElseThrow(() -> predicate.expected("action", "release or waive")),
        decision.equals(APPROVE),
        predicate.has("until") ? Optional.of(predicate.time("until")) : Optional.empty(),
        predicate.time("expires"));
  }

  /** {@code approve} or {@code decline}. */
  public String decision() {
    return approve ? APPROVE : DECLINE;
  }

  /** As it is signed. */
  public Statement statement() {
    JsonObject predicate =
        JsonObject.EMPTY
            .with("action", action.text())
            .with("decision", decision())
            .with("expires", text(expires))
            .with("ledger", ledger)
            .with("ordinal", ordinal);
    return new Statement(
        subject,
        digest,
        TYPE,
        until.map(time -> predicate.with("until", text(time))).orElse(predicate));
  }

  private static String text(Instant time) {
    return Timestamps.format(Timestamps.micros(time));
  }
}
