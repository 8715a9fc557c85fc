package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir private Path folder;

  @Test
  void close_beforeTheEnd_leavesWhatWasThereAndNoDraft() throws IOException {
    Path target = Files.writeString(folder.resolve("r.xml"), "old");
    try (ReportFile file = ReportFile.begin(Samples.REPORT, target, Reports::junit)) {
      file.add(Samples.failed("a"));
    }

    assertThat(folder).isDirectoryContaining(target::equals);
    assertThat(folder.toFile().list()).containsExactly("r.xml");
    assertThat(target).hasContent("old");
  }

  @Test
  void finish_replacesWhatWasThere_andLeavesNoDraft() throws IOException {
    Path target = Files.writeString(folder.resolve("r.xml"), "old");
    try (ReportFile file = ReportFile.begin(Samples.REPORT, target, Reports::junit)) {
      file.add(Samples.failed("a"));
      file.finish();
    }

    assertThat(folder.toFile().list()).containsExactly("r.xml");
    assertThat(target).content().contains("</testsuites>");
  }
}
