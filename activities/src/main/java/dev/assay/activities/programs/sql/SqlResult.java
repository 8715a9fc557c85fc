package dev.assay.activities.programs.sql;

import com.google.protobuf.ByteString;
import dev.assay.activities.programs.Ending;

/** What came of a query. All but {@link Rows} are missing evidence. */
public sealed interface SqlResult {
  /**
   * @param json canonical: {@code {"columns":[{"name":…,"type":…}],"rows":[[…]]}}; numbers that
   *     JSON's readers agree on are numbers, all others, dates and the like are texts as the driver
   *     writes them, bytes are hexadecimal
   */
  record Rows(ByteString json) implements SqlResult {}

  /** The query isn't one that runs here, failed, or found more than the limits let through. */
  record Refused(String why) implements SqlResult {}

  /** Its process was ended or couldn't be isolated. */
  record Stopped(Ending ending, String stderr) implements SqlResult {}
}
