package dev.assay.activities.programs.sql;

import java.time.Duration;

/**
 * How much a query may use.
 *
 * @param wall from the start of its process, which takes half a second, to its end
 * @param memoryBytes what DuckDB may hold; the process, its JVM and its directory get a GiB more
 * @param rows of the result
 * @param columns of the result
 * @param resultBytes of the result as JSON
 * @param tableBytes of the tables' files, on top of the directory's 256 MiB
 */
public record SqlLimits(
    Duration wall, long memoryBytes, int rows, int columns, int resultBytes, long tableBytes) {
  private static final int MIB = 1 << 20;
  private static final int MOST_RESULT = 32 * MIB;

  public static final SqlLimits DEFAULT =
      new SqlLimits(Duration.ofMinutes(1), 512L * MIB, 1_000, 100, MIB, 64L * MIB);

  public SqlLimits {
    if (wall.toMillis() <= 0 || rows <= 0 || columns <= 0 || resultBytes <= 0) {
      throw new IllegalArgumentException(
          "each limit of a query is above 0, got " + wall + ", " + rows + ", " + columns);
    }
    if (memoryBytes < 32L * MIB || resultBytes > MOST_RESULT) {
      throw new IllegalArgumentException(
          "a query gets 32 MiB of memory or more, got %d, and up to 32 MiB of result, got %d"
              .formatted(memoryBytes, resultBytes));
    }
  }
}
