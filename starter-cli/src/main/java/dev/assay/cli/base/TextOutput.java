package dev.assay.cli.base;

import java.io.PrintStream;

/** Writes for eyes. */
public final class TextOutput {
  private final PrintStream out;
  private final boolean colours;

  TextOutput(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** A line made of pieces, with nothing between them. */
  public void line(Cell... cells) {
    StringBuilder line = new StringBuilder();
    for (Cell cell : cells) {
      line.append(colours ? cell.style().paint(cell.text()) : cell.text());
    }
    out.append(line).append('\n');
  }

  /** A line. */
  public void line(String text) {
    line(Cell.of(text));
  }

  /** A table. */
  public void table(Table table) {
    table.lines(colours).forEach(line -> out.append(line).append('\n'));
  }

  /** Text of several lines, made by assay itself: it is written as it is. */
  public void verbatim(String text) {
    out.append(text);
  }
}
