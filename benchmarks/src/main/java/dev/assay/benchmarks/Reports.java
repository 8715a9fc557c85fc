package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where a finished section goes. */
final class Reports {
  private Reports() {}

  /** Appends to {@code file}, or prints if its path is empty. */
  static void finish(Report section, Path file) throws IOException, InterruptedException {
    Path project = Path.of(System.getProperty("assay.project", "."));
    if (file.toString().isEmpty()) {
      System.out.println(section.markdown(project));
    } else {
      section.append(project, file);
    }
  }

  /** Numbers as an option takes them. */
  static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
