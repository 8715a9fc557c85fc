package dev.assay.model.decision;

import dev.assay.model.digest.Sha256;
import dev.assay.model.trust.Quorum;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What waits for people's decisions.
 *
 * @param ledger origin of the ledger
 * @param subject {@code case/<id>}
 * @param digest the run revision that it is about
 * @param ordinal its transition
 * @param action what is proposed
 * @param until until when a waiver holds
 * @param quorum who must approve
 * @param notAuthor whether the run's author may not approve
 * @param authors {@link Authors#of} the run
 */
public record Proposal(
    String ledger,
    String subject,
    Sha256 digest,
    long ordinal,
    DecisionAction action,
    Optional<Instant> until,
    Quorum quorum,
    boolean notAuthor,
    List<String> authors) {
  public Proposal {
    authors = List.copyOf(authors);
    until = until.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** What a person signs about it. */
  public DecisionStatement decision(boolean approve, Instant expires) {
    return new DecisionStatement(ledger, subject, digest, ordinal, action, approve, until, expires);
  }
}
