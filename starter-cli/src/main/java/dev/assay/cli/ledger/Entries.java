package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Output;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Table;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.List;

/** Shows entries as they come, up to a number of them. */
final class Entries {
  private final Output output;
  private long left;
  private long shown;

  private Entries(Output output, long most) {
    this.output = output;
    this.left = most;
  }

  static Entries to(Output output, long most) {
    return new Entries(output, most);
  }

  private void count(List<StoredEntry> some) {
    left -= some.size();
    shown += some.size();
  }

  /** How many were shown. */
  long shown() {
    return shown;
  }

  /** Whether more may be shown. */
  boolean wanted() {
    return left > 0;
  }

  /** Shows a page; as text a table, so that a long log begins to show at once. */
  void show(List<StoredEntry> page) {
    List<StoredEntry> some = page.subList(0, Math.toIntExact(Math.min(left, page.size())));
    count(some);
    if (output.format() != OutputFormat.TEXT) {
      some.forEach(entry -> output.item(EntryJson.of(entry), _ -> {}));
    } else if (!some.isEmpty()) {
      Table table = Table.of(">INDEX", "RECORDED", "KIND", "OUTCOME", "SUBJECT");
      some.forEach(
          entry ->
              table.row(
                  Cell.of(entry.index()),
                  Cell.of(entry.recorded().toString()),
                  Cell.of(entry.kind()),
                  Cell.of(entry.outcome()),
                  Cell.of(entry.subject())));
      output.item(JsonObject.EMPTY, text -> text.table(table));
    }
  }

  /**
   * As {@link #show}, and out at once: one line an entry, without a head. False if nobody reads.
   */
  boolean showNow(List<StoredEntry> page) {
    List<StoredEntry> some = page.subList(0, Math.toIntExact(Math.min(left, page.size())));
    count(some);
    for (StoredEntry entry : some) {
      output.item(
          EntryJson.of(entry),
          text ->
              text.line(
                  "%5d  %-27s  %-19s  %s  %s"
                      .formatted(
                          entry.index(),
                          entry.recorded(),
                          entry.kind(),
                          entry.outcome(),
                          entry.subject())));
    }
    return output.flushed();
  }
}
