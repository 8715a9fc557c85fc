package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir private Path folder;

  @Test
  void close_beforeTheEnd_leavesWhatWasThereAndNoDraft() throws IOException {
    Path target = Files.writeString(folder.resolve("r.xml"), "old");
    try (ReportFile file = ReportFile.begin(Samples.REPORT, target, ReportFormat.JUNIT)) {
      file.add(Samples.failed("a"));
    }

    assertThat(folder).isDirectoryContaining(target::equals);
    assertThat(folder.toFile().list()).containsExactly("r.xml");
    assertThat(target).hasContent("old");
  }

  @Test
  void finish_earlierReport_isReplacedAndNoDraftIsLeft() throws IOException {
    Path target =
        Files.writeString(
            folder.resolve("r.xml"),
            Samples.written(ReportFormat.JUNIT::writer, List.of(Samples.passed("b"))));
    try (ReportFile file = ReportFile.begin(Samples.REPORT, target, ReportFormat.JUNIT)) {
      file.add(Samples.failed("a"));
      file.finish();
    }

    assertThat(folder.toFile().list()).containsExactly("r.xml");
    assertThat(target).content().contains("broken a", "</testsuites>");
  }

  @Test
  void finish_somethingElseCameToBeThere_staysAndIsNamed() throws IOException {
    Path target = folder.resolve("r.xml");
    try (ReportFile file = ReportFile.begin(Samples.REPORT, target, ReportFormat.JUNIT)) {
      Files.writeString(target, "evidence");

      assertThatThrownBy(file::finish)
          .isInstanceOf(IOException.class)
          .hasMessage(target + ": it came to be there meanwhile, and is no report");
    }
    assertThat(folder.toFile().list()).containsExactly("r.xml");
    assertThat(target).hasContent("evidence");
  }

  /** Drafts once had names that follow from the report's. */
  @Test
  void begin_fileNamedAsADraft_stays() throws IOException {
    Path other = Files.writeString(folder.resolve(".r.xml.draft"), "evidence");
    try (ReportFile file =
        ReportFile.begin(Samples.REPORT, folder.resolve("r.xml"), ReportFormat.JUNIT)) {
      file.finish();
    }

    assertThat(other).hasContent("evidence");
  }
}
