package dev.assay.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A second process that opens the same server: prints {@code attached <port>} or {@code started
 * <port>}, then waits for a word.
 */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherProcess opening(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new OtherProcess(process);
  }

  String answer() throws IOException {
    return String.valueOf(output.readLine());
  }

  /** Lets it close its share and end. */
  void finish() throws Exception {
    process.getOutputStream().close();
    process.waitFor();
  }

  /** As {@code kill -9} would. */
  void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    PostgresSettings settings =
        PostgresSettings.under(Path.of(arguments[0]))
            .withBinariesFolder(TestPostgres.binariesFolder());
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(settings)) {
      System.out.println((postgres.attached() ? "attached " : "started ") + postgres.port());
      System.out.flush();
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
