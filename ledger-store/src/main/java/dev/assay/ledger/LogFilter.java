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
 * @param until recorded before this time
 * @param afterIndex entries after this index; −1 for all. For the next page: the last index seen
 * @param beforeIndex entries before this index
 * @param newestFirst by descending index
 * @param limit entries a page, 1 to 10,000
 */
public record LogFilter(
    Optional<String> kind,
    Optional<String> subject,
    Optional<String> actor,
    Optional<String> workflowId,
    Optional<Instant> since,
    Optional<Instant> until,
    long afterIndex,
    long beforeIndex,
    boolean newestFirst,
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
          Optional.empty(),
          -1,
          Long.MAX_VALUE,
          false,
          1_000);

  public LogFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit %d: a page has 1 to %d entries".formatted(limit, MAX_LIMIT));
    }
  }

  public LogFilter withKind(String value) {
    return with(Optional.of(value), subject, actor, workflowId);
  }

  public LogFilter withSubject(String value) {
    return with(kind, Optional.of(value), actor, workflowId);
  }

  public LogFilter withActor(String value) {
    return with(kind, subject, Optional.of(value), workflowId);
  }

  public LogFilter withWorkflowId(String value) {
    return with(kind, subject, actor, Optional.of(value));
  }

  public LogFilter withSince(Instant value) {
    return with(Optional.of(value), until, afterIndex, beforeIndex, newestFirst, limit);
  }

  public LogFilter withUntil(Instant value) {
    return with(since, Optional.of(value), afterIndex, beforeIndex, newestFirst, limit);
  }

  public LogFilter withAfterIndex(long value) {
    return with(since, until, value, beforeIndex, newestFirst, limit);
  }

  public LogFilter withBeforeIndex(long value) {
    return with(since, until, afterIndex, value, newestFirst, limit);
  }

  public LogFilter withNewestFirst() {
    return with(since, until, afterIndex, beforeIndex, true, limit);
  }

  public LogFilter withLimit(int value) {
    return with(since, until, afterIndex, beforeIndex, newestFirst, value);
  }

  /** The page after one that ended with an entry. */
  public LogFilter after(StoredEntry last) {
    return newestFirst ? withBeforeIndex(last.index()) : withAfterIndex(last.index());
  }

  private LogFilter with(
      Optional<String> newKind,
      Optional<String> newSubject,
      Optional<String> newActor,
      Optional<String> newWorkflow) {
    return new LogFilter(
        newKind,
        newSubject,
        newActor,
        newWorkflow,
        since,
        until,
        afterIndex,
        beforeIndex,
        newestFirst,
        limit);
  }

  private LogFilter with(
      Optional<Instant> from,
      Optional<Instant> to,
      long after,
      long before,
      boolean newest,
      int most) {
    return new LogFilter(kind, subject, actor, workflowId, from, to, after, before, newest, most);
  }
}
