package dev.assay.ledger.verify;

import dev.assay.ledger.LedgerUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Reads a whole ledger back and recomputes every hash, from one moment of the database; needs no
 * right to write. Memory doesn't grow with the ledger.
 */
public final class LedgerVerifier {
  private LedgerVerifier() {}

  /**
   * Verifies.
   *
   * @param dataSource room for the request's connections and one more
   * @throws dev.assay.ledger.LedgerNotFoundException if there is no such ledger
   * @throws LedgerUnavailableException if the database can't be asked at all; what fails on the way
   *     is in the report
   */
  public static VerifyReport verify(DataSource dataSource, VerifyRequest request) {
    try (Snapshot snapshot = new Snapshot(dataSource, request.ledger())) {
      List<Issue> damage = new Tables(snapshot).damage();
      return damage.isEmpty()
          ? verify(snapshot, request)
          : VerifyReport.unreadable(request.ledger(), damage);
    } catch (SQLException e) {
      throw new LedgerUnavailableException(
          "ledger %s can't be verified: %s".formatted(request.ledger(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files of the verifier: " + e.getMessage(), e);
    }
  }

  /**
   * Where a head contradicts the tree that was rested on, the tiles above may be of another tree
   * than those below and the entries: only reading all tells which.
   */
  private static VerifyReport verify(Snapshot snapshot, VerifyRequest request)
      throws SQLException, IOException {
    VerifyReport report = new Verification(snapshot, request).run();
    boolean unfounded =
        report.restsOn().isPresent()
            && report.issues().stream().anyMatch(issue -> issue.kind() == IssueKind.HEAD_EDITED);
    return unfounded ? new Verification(snapshot, request.readingAll()).run() : report;
  }
}
