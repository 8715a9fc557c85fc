package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.registry.CaseOutcome.Effect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch of failures, each to a case: a failure that was seen before keeps its case; else it
 * opens one; else it joins the one that is open. Every look-up is by one hash in one index, so it
 * stays fast on tables that were never analyzed.
 */
final class CaseOpening {
  private static final String OPENED =
      "SELECT id, subject, workflow_id, run_digest FROM registry.quarantine_case WHERE id = ANY(?::text[])";

  private static final String JOINED =
      "SELECT failure, run_digest, case_id FROM registry.case_event WHERE failure = ANY(?::bytea[])";

  private static final String INSERT =
      """
      INSERT INTO registry.quarantine_case (id, subject, system, experiment, run_id, policy, workflow_id, run_digest,
        verdict, state, opened_at, reason, entry_index, ledger, held_digest, deadline, next_due)
      SELECT * FROM unnest(?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],
        ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[], ?::bytea[], ?::timestamptz[],
        ?::timestamptz[])
      ON CONFLICT DO NOTHING RETURNING id
      """;

  private static final String OPEN =
      """
      SELECT subject, id FROM registry.quarantine_case
      WHERE ledger = ? AND state NOT IN ('RELEASED', 'REJECTED', 'EXPIRED') AND subject = ANY(?::bytea[])
      """;

  private static final String RECORD =
      """
      INSERT INTO registry.case_event (failure, run_digest, case_id, workflow_id, verdict, occurred, reason, entry_index)
      SELECT * FROM unnest(?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[],
        ?::bigint[])
      ON CONFLICT DO NOTHING
      """;

  /** Two writers that lock rows in one order don't deadlock. */
  private static final Comparator<Held> LOCK_ORDER =
      Comparator.comparing(
          Held::found,
          Comparator.comparing(NewCase::identity)
              .thenComparing(NewCase::policyName)
              .thenComparing(NewCase::workflowId)
              .thenComparing(NewCase::runDigest));

  private final Connection connection;
  private final Map<Failure, CaseOutcome> outcomes = new HashMap<>();

  /** A case for each failure that has one, whichever revision it was about. */
  private final Map<Sha256, String> caseOfFailure = new HashMap<>();

  private CaseOpening(Connection connection) {
    this.connection = connection;
  }

  /** What a validation says about one revision. */
  private record Failure(Sha256 failure, Sha256 runDigest) {}

  /** A failure with its digests, which are asked for often and computed once. */
  private record Held(NewCase found, Failure key, Sha256 subject) {
    static Held of(NewCase found) {
      return new Held(found, new Failure(found.failure(), found.runDigest()), found.subject());
    }

    Sha256 failure() {
      return key.failure();
    }

    /** The id of the case that this opens if it joins none. */
    String caseId() {
      return CaseIds.caseId(failure());
    }
  }

  static List<CaseOutcome> open(Connection connection, List<NewCase> cases) throws SQLException {
    CaseOpening opening = new CaseOpening(connection);
    List<Held> held = cases.stream().map(Held::of).toList();
    List<Held> sorted = held.stream().sorted(LOCK_ORDER).toList();
    opening.readSeen(sorted);
    opening.openNew(sorted);
    opening.joinOpen(sorted);
    opening.record(sorted);
    return held.stream().map(given -> opening.outcome(given.key())).toList();
  }

  private CaseOutcome outcome(Failure failure) {
    return Optional.ofNullable(outcomes.get(failure))
        .orElseThrow(() -> new IllegalStateException("no outcome for failure " + failure));
  }

  private void readSeen(List<Held> cases) throws SQLException {
    readOpened(cases);
    try (PreparedStatement select = connection.prepareStatement(JOINED)) {
      bind(select, 1, "bytea", cases, given -> given.failure().bytes());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Failure failure = new Failure(Columns.digest(row, 1), Columns.digest(row, 2));
          outcomes.put(failure, new CaseOutcome(row.getString(3), Effect.JOINED));
          caseOfFailure.put(failure.failure(), row.getString(3));
        }
      }
    }
  }

  /** A case's own row says which failure opened it. */
  private void readOpened(List<Held> cases) throws SQLException {
    Map<String, Held> byId = new HashMap<>();
    cases.forEach(given -> byId.putIfAbsent(given.caseId(), given));
    try (PreparedStatement select = connection.prepareStatement(OPENED)) {
      bind(select, 1, "text", List.copyOf(byId.keySet()), id -> id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String id = row.getString(1);
          Held given = Objects.requireNonNull(byId.get(id), id);
          if (given.subject().equals(Columns.digest(row, 2))
              && given.found().workflowId().equals(row.getString(3))) {
            opened(new Failure(given.failure(), Columns.digest(row, 4)), id);
          }
        }
      }
    }
  }

  private void opened(Failure failure, String id) {
    outcomes.put(failure, new CaseOutcome(id, Effect.OPENED));
    caseOfFailure.put(failure.failure(), id);
  }

  /** The first revision of a failure opens its case; the others join it. */
  private void openNew(List<Held> cases) throws SQLException {
    Set<Sha256> taken = new HashSet<>(caseOfFailure.keySet());
    List<Held> fresh = cases.stream().filter(given -> taken.add(given.failure())).toList();
    Set<String> inserted = fresh.isEmpty() ? Set.of() : insert(fresh);
    if (inserted.size() < fresh.size()) {
      readOpened(fresh); // another try of the same may have been faster
    }
    for (Held given : fresh) {
      if (inserted.contains(given.caseId())) {
        opened(given.key(), given.caseId());
      }
    }
  }

  private Set<String> insert(List<Held> cases) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, 1, "text", cases, Held::caseId);
      bind(insert, 2, "bytea", cases, given -> given.subject().bytes());
      Columns.bindIdentities(insert, 3, cases, given -> given.found().identity());
      bind(insert, 6, "text", cases, given -> given.found().policyName());
      bind(insert, 7, "text", cases, given -> given.found().workflowId());
      bind(insert, 8, "bytea", cases, given -> given.found().runDigest().bytes());
      bind(insert, 9, "text", cases, given -> given.found().verdict().name());
      bind(insert, 10, "text", cases, given -> given.found().state().name());
      bind(insert, 11, "timestamptz", cases, given -> Jdbc.time(given.found().openedAt()));
      bind(insert, 12, "text", cases, given -> given.found().reason());
      bind(insert, 13, "int8", cases, given -> given.found().entryIndex());
      bind(insert, 14, "text", cases, given -> given.found().ledger());
      bind(insert, 15, "bytea", cases, given -> given.found().runDigest().bytes());
      bind(insert, 16, "timestamptz", cases, given -> time(given.found().deadline()));
      bind(insert, 17, "timestamptz", cases, given -> time(given.found().nextDue()));
      Set<String> opened = new HashSet<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          opened.add(row.getString(1));
        }
      }
      return opened;
    }
  }

  private void joinOpen(List<Held> cases) throws SQLException {
    List<Held> rest = cases.stream().filter(given -> !outcomes.containsKey(given.key())).toList();
    Map<Sha256, String> open = rest.isEmpty() ? Map.of() : readOpen(rest);
    for (Held given : rest) {
      String id =
          Optional.ofNullable(caseOfFailure.get(given.failure()))
              .or(() -> Optional.ofNullable(open.get(given.subject())))
              .orElseThrow(() -> collision(given));
      outcomes.put(given.key(), new CaseOutcome(id, Effect.JOINED));
    }
  }

  private Map<Sha256, String> readOpen(List<Held> cases) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OPEN)) {
      select.setString(1, cases.getFirst().found().ledger());
      bind(select, 2, "bytea", cases, given -> given.subject().bytes());
      Map<Sha256, String> open = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          open.put(Columns.digest(row, 1), row.getString(2));
        }
      }
      return open;
    }
  }

  /** Also when a case was closed between two statements here: then another try opens one. */
  private static RecordConflictException collision(Held given) {
    return new RecordConflictException(
        "case id %s of %s belongs to another run; run the validation's id again for a new ordinal"
            .formatted(given.caseId(), given.found().identity()));
  }

  private void record(List<Held> cases) throws SQLException {
    List<Held> joined =
        cases.stream().filter(given -> outcome(given.key()).effect() == Effect.JOINED).toList();
    if (joined.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
      bind(insert, 1, "bytea", joined, given -> given.failure().bytes());
      bind(insert, 2, "bytea", joined, given -> given.found().runDigest().bytes());
      bind(insert, 3, "text", joined, given -> outcome(given.key()).caseId());
      bind(insert, 4, "text", joined, given -> given.found().workflowId());
      bind(insert, 5, "text", joined, given -> given.found().verdict().name());
      bind(insert, 6, "timestamptz", joined, given -> Jdbc.time(given.found().openedAt()));
      bind(insert, 7, "text", joined, given -> given.found().reason());
      bind(insert, 8, "int8", joined, given -> given.found().entryIndex());
      insert.executeUpdate();
    }
  }

  private static @Nullable Object time(Optional<Instant> time) {
    return time.map(Jdbc::time).orElse(null);
  }

  private <E> void bind(
      PreparedStatement statement,
      int parameter,
      String type,
      List<E> rows,
      Function<E, ? extends @Nullable Object> value)
      throws SQLException {
    statement.setObject(parameter, Jdbc.array(connection, type, rows, value));
  }
}
