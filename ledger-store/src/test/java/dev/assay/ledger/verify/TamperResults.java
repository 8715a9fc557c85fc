package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Attack.Expected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table of results as docs/tampering.md has it: a row for an attack, a column for a size, and
 * in it each place that was tampered with.
 */
final class TamperResults {
  static final List<Integer> SIZES = List.of(1, 2, 255, 256, 257, 1000, 70_000);

  private static final Path PAGE = Path.of("../docs/tampering.md");
  private static final String BEGIN = "<!-- results: written by TamperCorpusTest -->";
  private static final String END = "<!-- end of results -->";

  /** By attack and size what was found at the places. */
  private final Map<Attack, Map<Integer, List<String>>> found = new LinkedHashMap<>();

  void add(Attack attack, int size, int place, Expected expected) {
    found
        .computeIfAbsent(attack, _ -> new LinkedHashMap<>())
        .computeIfAbsent(size, _ -> new ArrayList<>())
        .add(token(attack, place, expected));
  }

  /** A place; how many entries were named if more than were touched; what it was named. */
  private static String token(Attack attack, int place, Expected expected) {
    String where =
        expected.from() < 0 && expected.to() < 0 && place == 0 ? "found" : Integer.toString(place);
    String among = expected.wide() ? "~" + (expected.to() - expected.from() + 1) : "";
    return where + among + (expected.kind() == attack.kind() ? "" : "*");
  }

  void replace(Attack attack, int size, List<String> tokens) {
    found.computeIfAbsent(attack, _ -> new LinkedHashMap<>()).put(size, tokens);
  }

  /** What this run found of a size. */
  List<String> found(Attack attack, int size) {
    return found.getOrDefault(attack, Map.of()).getOrDefault(size, List.of());
  }

  /** What the page says of a size. */
  static List<String> documented(Attack attack, int size) {
    String start = rowStart(attack);
    String row =
        page()
            .lines()
            .filter(line -> line.startsWith(start))
            .findFirst()
            .orElseThrow(() -> new AssertionError("docs/tampering.md has no row " + start));
    String cell = row.substring(start.length()).split("\\|")[SIZES.indexOf(size)].strip();
    return cell.equals("–") ? List.of() : List.of(cell.split(" "));
  }

  /** Attacks that the page has rows of. */
  static long documentedRows() {
    String page = page();
    return page.substring(page.indexOf(BEGIN), page.indexOf(END)).lines().count() - 3;
  }

  /** Writes the page's table; sizes that weren't run stay as they are there. */
  void record() {
    String page = page();
    String columns =
        SIZES.stream().map(size -> "%,d".formatted(size)).collect(Collectors.joining(" | "));
    String table =
        "%s\n| kind | what is done | %s | can't be told |\n|---|---|%s---|\n%s\n"
            .formatted(
                BEGIN,
                columns,
                "---|".repeat(SIZES.size()),
                found.keySet().stream().map(this::row).collect(Collectors.joining("\n")));
    try {
      Files.writeString(
          PAGE, page.substring(0, page.indexOf(BEGIN)) + table + page.substring(page.indexOf(END)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String row(Attack attack) {
    return rowStart(attack)
        + IntStream.range(0, SIZES.size())
            .mapToObj(i -> foundOrDocumented(attack, SIZES.get(i)))
            .map(cell -> cell.isEmpty() ? "–" : String.join(" ", cell))
            .collect(Collectors.joining(" | ", " ", " | "))
        + attack.unknown()
        + " |";
  }

  private List<String> foundOrDocumented(Attack attack, int size) {
    boolean run = found.getOrDefault(attack, Map.of()).containsKey(size);
    return run || !page().contains(rowStart(attack))
        ? found(attack, size)
        : documented(attack, size);
  }

  private static String rowStart(Attack attack) {
    return "| %s | %s |".formatted(attack.kind(), attack.how());
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
