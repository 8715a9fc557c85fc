package dev.assay.activities.programs.sql;

import com.google.protobuf.ByteString;
import dev.assay.activities.programs.Ending;

/** What came of a query. All but {@link Rows} are missing evidence. */
public sealed interface SqlResult {
  /**
   * What the query found.
   *
   * @param json canonical: columns with name and type, and rows; docs/programs.md says which values
   *     are numbers
   */
  record Rows(ByteString json) implements SqlResult {}

  /** The query isn't one that runs here, failed, or found more than the limits let through. */
  record Refused(String why) implements SqlResult {}

  /** Its process was ended or couldn't be isolated. */
  record Stopped(Ending ending, String stderr) implements SqlResult {}
}
