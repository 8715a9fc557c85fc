package dev.assay.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries to list; empty means any.
 *
 * @param kind exactly this kind, or with a trailing {@code *} all that begin so ({@code case.*})
 * @param subject exactly this subject, for example a run's identity
 * @param actor exactly this actor
 * @param workflowId exactly this workflow
 * @param since recorded at this time or later
 * @param afterIndex entries after this index; −1 for all. For the next page: the last index seen
 * @param limit entries a page, 1 to 10,000
 */
public record LogFilter(
    Optional<String> kind,
    Optional<String> subject,
    Optional<String> actor,
    Optional<String> workflowId,
    Optional<Instant> since,
    long afterIndex,
    int limit) {
  public static final int MAX_LIMIT = 10_000;

  /** The first 1,000 entries. */
  public static final LogFilter ALL =
      new LogFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          -1,
          1_000);

  public LogFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit %d: a page has 1 to %d entries".formatted(limit, MAX_LIMIT));
    }
  }

  public LogFilter withKind(String value) {
    return new LogFilter(Optional.of(value), subject, actor, workflowId, since, afterIndex, limit);
  }

  public LogFilter withSubject(String value) {
    return new LogFilter(kind, Optional.of(value), actor, workflowId, since, afterIndex, limit);
  }

  public LogFilter withActor(String value) {
    return new LogFilter(kind, subject, Optional.of(value), workflowId, since, afterIndex, limit);
  }

  public LogFilter withWorkflowId(String value) {
    return new LogFilter(kind, subject, actor, Optional.of(value), since, afterIndex, limit);
  }

  public LogFilter withSince(Instant value) {
    return new LogFilter(kind, subject, actor, workflowId, Optional.of(value), afterIndex, limit);
  }

  public LogFilter withAfterIndex(long value) {
    return new LogFilter(kind, subject, actor, workflowId, since, value, limit);
  }

  public LogFilter withLimit(int value) {
    return new LogFilter(kind, subject, actor, workflowId, since, afterIndex, value);
  }
}
