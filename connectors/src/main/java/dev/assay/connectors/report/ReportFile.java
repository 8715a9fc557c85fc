package dev.assay.connectors.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BiFunction;

/**
 * A report's file. It appears whole, when the report is finished, in place of what was there;
 * closed before, it leaves nothing.
 */
public final class ReportFile implements ReportWriter, AutoCloseable {
  private final Path target;
  private final Path draft;
  private final OutputStream out;
  private final ReportWriter writer;

  private ReportFile(
      Report report, Path target, Path draft, BiFunction<Report, OutputStream, ReportWriter> format)
      throws IOException {
    this.target = target;
    this.draft = draft;
    this.out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16);
    this.writer = format.apply(report, out);
  }

  /**
   * Begins a report beside {@code target}.
   *
   * @param format one of {@link Reports}
   */
  public static ReportFile begin(
      Report report, Path target, BiFunction<Report, OutputStream, ReportWriter> format)
      throws IOException {
    return new ReportFile(
        report, target, target.resolveSibling("." + target.getFileName() + ".draft"), format);
  }

  @Override
  public void add(Subject subject) throws IOException {
    writer.add(subject);
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
    out.close();
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(draft);
  }
}
