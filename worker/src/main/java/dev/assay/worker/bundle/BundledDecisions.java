package dev.assay.worker.bundle;

import dev.assay.evidence.Envelope;
import dev.assay.evidence.EnvelopeException;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the key that an accepted decision names signed it, for the proposal that is on record.
 * Whose key that is, and how many decisions it takes, a bundle doesn't say.
 */
final class BundledDecisions {
  private final String origin;

  /** Payloads of proven {@code case.proposed} entries, by key. */
  private final Map<String, JsonObject> proposals = new HashMap<>();

  BundledDecisions(String origin) {
    this.origin = origin;
  }

  /** A proposal, which comes before the decisions about it. */
  void propose(PlainEntry entry) {
    proposals.put(entry.key(), entry.payload());
  }

  /** The key of the proposal's entry that a decision is about. */
  static String proposalOf(PlainEntry decision) {
    return decision.payload().members().get("ordinal") instanceof JsonNumber(double ordinal)
        ? "case/%s/%d".formatted(decision.subject(), (long) ordinal)
        : "case/%s/?".formatted(decision.subject());
  }

  /** Whether the proposal that a decision is about is there. */
  boolean hasProposalOf(PlainEntry decision) {
    return proposals.containsKey(proposalOf(decision));
  }

  /** Why a decision doesn't hold, if it doesn't. */
  Optional<String> trouble(PlainEntry decision, byte[] json) {
    try {
      Envelope envelope = Envelope.parse(json);
      if (!Arrays.equals(envelope.encode(), json)) {
        return Optional.of("its envelope isn't in its canonical form");
      }
      String key = text(decision.payload(), "key");
      if (envelope.size() != 1 || !signed(envelope, key) || !decision.actor().equals(key)) {
        return Optional.of("%s didn't sign it".formatted(key));
      }
      DecisionStatement statement = DecisionStatement.of(envelope.statement());
      return fits(statement, decision)
          ? Optional.empty()
          : Optional.of("what was signed is %s".formatted(statement));
    } catch (EnvelopeException | StatementException | DateTimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean signed(Envelope envelope, String key) {
    if (!PublicKey.isForm(key)) {
      return false;
    }
    PublicKey named = new PublicKey(key);
    return envelope.signers(List.of(named)).contains(named);
  }

  private boolean fits(DecisionStatement statement, PlainEntry decision) {
    String wanted = proposalOf(decision);
    JsonObject proposal = proposals.getOrDefault(wanted, JsonObject.EMPTY);
    return statement.ledger().equals(origin)
        && "%s/%d".formatted(statement.subject(), statement.ordinal()).equals(wanted)
        && statement.decision().equals(text(decision.payload(), "decision"))
        && statement.digest().hex().equals(text(proposal, "runDigest"))
        && statement.action().text().equals(text(proposal, "action"))
        && statement.until().equals(until(proposal));
  }

  /** To the microsecond, as statements have it. */
  private static Optional<Instant> until(JsonObject proposal) {
    return Optional.of(text(proposal, "until"))
        .filter(time -> !time.isEmpty())
        .map(time -> Instant.parse(time).truncatedTo(ChronoUnit.MICROS));
  }

  private static String text(JsonObject payload, String member) {
    JsonValue value = payload.members().get(member);
    return value instanceof JsonString(String text) ? text : "";
  }
}
