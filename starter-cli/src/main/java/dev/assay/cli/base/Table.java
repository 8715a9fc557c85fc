package dev.assay.cli.base;

import java.util.ArrayList;
import java.util.List;

/** Rows under a head, columns aligned by the widest cell; two blanks between columns. */
public final class Table {
  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  private record Column(String title, boolean right) {}

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  /** A table with these titles; one that begins with {@code >} makes its column flush right. */
  public static Table of(String... titles) {
    List<Column> columns = new ArrayList<>();
    for (String title : titles) {
      boolean right = title.startsWith(">");
      columns.add(new Column(right ? title.substring(1) : title, right));
    }
    return new Table(columns);
  }

  /** Adds a row with one cell for each column. */
  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row of this table has %d cells, got %d".formatted(columns.size(), cells.length));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** True if there is nothing under the head. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> lines(boolean colours) {
    List<List<Cell>> all = new ArrayList<>();
    all.add(columns.stream().map(column -> new Cell(column.title(), Style.FAINT)).toList());
    all.addAll(rows);
    int[] widths = new int[columns.size()];
    for (List<Cell> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return all.stream().map(row -> line(row, widths, colours)).toList();
  }

  private String line(List<Cell> row, int[] widths, boolean colours) {
    StringBuilder line = new StringBuilder();
    int owed = 0; // blanks are written before the next text only, so that no line ends in them
    for (int i = 0; i < widths.length; i++) {
      Cell cell = row.get(i);
      int padding = widths[i] - cell.width();
      boolean right = columns.get(i).right();
      if (cell.width() > 0) {
        line.repeat(' ', owed + (right ? padding : 0));
        line.append(colours ? cell.style().paint(cell.text()) : cell.text());
        owed = right ? 0 : padding;
      } else {
        owed += padding;
      }
      owed += 2;
    }
    return line.toString();
  }
}
