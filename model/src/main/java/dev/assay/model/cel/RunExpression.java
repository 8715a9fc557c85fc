package dev.assay.model.cel;

import dev.assay.model.run.Run;

/**
 * A CEL expression over one run that yields a truth value. It reads {@code run.<field>} and calls
 * {@code first, last, min, max, mean, count(metric)}, {@code metric(name)}, {@code param(name)} and
 * {@code tag(name)}; what they name must be there. Equal if the texts are. Safe for use by several
 * threads.
 *
 * <p>Bounds: {@link #MAX_LENGTH} characters, 64 levels, 10,000 loop steps an evaluation, regular
 * expressions in RE2 syntax (linear time) of 1,000 characters and 1,000 instructions.
 */
public final class RunExpression {
  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 4000;

  private final String text;
  private final CelProgram program;

  private RunExpression(String text, CelProgram program) {
    this.text = text;
    this.program = program;
  }

  /**
   * Compiles; the first call of a process loads CEL's classes.
   *
   * @throws ExpressionException if the text isn't an expression, reads what no run has, or doesn't
   *     yield a truth value
   */
  public static RunExpression compile(String text) throws ExpressionException {
    return new RunExpression(text, CelProgram.compile(text));
  }

  /** Evaluates; never throws, whatever the run. */
  public Answer evaluate(Run run) {
    return program.evaluate(run);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as written. */
  @Override
  public String toString() {
    return text;
  }
}
