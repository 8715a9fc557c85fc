package dev.assay.activities.programs;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Set;

/**
 * What came of a program.
 *
 * @param stdout within the limit, also when it wrote more
 * @param stderr within what stdout left of the limit
 * @param wall how long it took
 * @param protections those that were in force
 */
public record ProgramResult(
    Ending ending,
    ByteString stdout,
    ByteString stderr,
    Duration wall,
    Set<Protection> protections) {
  public ProgramResult {
    protections = Set.copyOf(protections);
  }

  static ProgramResult couldNotStart(String why) {
    return new ProgramResult(
        new Ending.CouldNotStart(why), ByteString.EMPTY, ByteString.EMPTY, Duration.ZERO, Set.of());
  }
}
