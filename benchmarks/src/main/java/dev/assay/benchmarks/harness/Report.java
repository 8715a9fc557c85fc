package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of docs/benchmarks.md in the making: what was run, on what, and a row for every
 * quantity. Says so when others used the machine meanwhile. Not safe for use by several threads.
 */
public final class Report {
  /** Cores that others may use before numbers count as disturbed. */
  private static final double QUIET = 0.1;

  private final String title;
  private final String command;
  private final CpuTimes begun = CpuTimes.now();
  private final PrintStream progress;
  private final List<String> notes = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private double ours;

  public Report(String title, String command, PrintStream progress) {
    this.title = title;
    this.command = command;
    this.progress = progress;
  }

  /** Shows a line while measuring; it isn't part of the report. */
  public void progress(String line) {
    progress.println(line);
  }

  /** Seconds of CPU spent by measured processes that aren't our children: not others' use. */
  public void ours(double seconds) {
    ours += seconds;
  }

  /** Adds a sentence about how it was measured. */
  public void note(String sentence) {
    progress.println(sentence);
    notes.add(sentence);
  }

  /** Adds a row; {@code target} is empty where there is none. */
  public void row(Samples samples, String target) {
    progress.println(samples.name() + ": " + samples.summary());
    rows.add(
        "| %s | %s %s | %s–%s | %d | %s |"
            .formatted(
                samples.name(),
                Samples.shown(samples.median()),
                samples.unit(),
                Samples.shown(samples.min()),
                Samples.shown(samples.max()),
                samples.values().size(),
                target));
  }

  /** The section as Markdown. */
  public String markdown(Path project) throws IOException, InterruptedException {
    double others = CpuTimes.now().othersSince(begun, ours);
    String quiet =
        others <= QUIET
            ? "The machine was quiet (others used %s cores).".formatted(Samples.shown(others))
            : "**Disturbed: others used %s cores meanwhile.**".formatted(Samples.shown(others));
    return """
        ### %s

        `%s`, %s, commit %s. %s. %s
        %s

        | what | median | min–max | n | target |
        |---|---|---|---|---|
        %s
        """
        .formatted(
            title,
            command,
            LocalDate.now(ZoneOffset.UTC),
            Machine.commit(project),
            Machine.describe(),
            quiet,
            String.join(" ", notes),
            String.join("\n", rows));
  }

  /** Appends the section to a file. */
  public void append(Path project, Path file) throws IOException, InterruptedException {
    Files.writeString(
        file,
        "\n" + markdown(project),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
