package dev.assay.connectors.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A report's file. It appears whole, when the report is finished, in place of an earlier report;
 * closed before, it leaves nothing. What is no report is never replaced, also if it came to be
 * there while this one was written.
 */
public final class ReportFile implements ReportWriter, AutoCloseable {
  private final Path target;
  private final Path draft;
  private final OutputStream out;
  private final ReportFormat format;
  private final ReportWriter writer;

  private ReportFile(Report report, Path target, Path draft, ReportFormat format)
      throws IOException {
    this.target = target;
    this.draft = draft;
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            1 << 16);
    this.format = format;
    this.writer = format.writer(report, out);
  }

  /** Begins a report beside {@code target}, under a name that nothing has. */
  public static ReportFile begin(Report report, Path target, ReportFormat format)
      throws IOException {
    String draft = ".assay-report-%s.draft".formatted(UUID.randomUUID());
    return new ReportFile(report, target, target.resolveSibling(draft), format);
  }

  @Override
  public void add(Subject subject) throws IOException {
    writer.add(subject);
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
    out.close();
    if (!format.mayReplace(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "it came to be there meanwhile, and is no report");
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(draft);
  }
}
