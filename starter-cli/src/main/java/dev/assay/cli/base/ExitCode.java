package dev.assay.cli.base;

import java.util.Comparator;
import java.util.stream.Stream;

/** How a command ends; scripts rely on the numbers. */
public enum ExitCode {
  YES(0, "done; the answer is yes"),
  NO_ANSWER(3, "no answer can be given: nothing to judge, or not enough evidence"),
  NO(1, "done; the answer is no"),
  TAMPERED(4, "a ledger or a signature was tampered with"),
  UNAVAILABLE(5, "a needed service can't be reached or used"),
  USAGE(2, "wrong usage, or a document, key or option that can't be accepted"),
  INTERRUPTED(130, "stopped waiting at Ctrl-C"),
  BUG(70, "a bug in assay");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /** The meaning, as help tells it. */
  public String meaning() {
    return meaning;
  }

  /**
   * How a command ends that came to both: of the answers, 5 goes before 4, 1, 3 and 0. The
   * constants stand in this order.
   */
  public ExitCode and(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** All, by number. */
  public static Stream<ExitCode> byNumber() {
    return Stream.of(values()).sorted(Comparator.comparingInt(ExitCode::number));
  }
}
