package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormatTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void mayReplace_ownReport_isTrueAndThatOfOtherFormatsFalse(ReportFormat format)
      throws IOException {
    List<List<Subject>> samples =
        List.of(
            List.of(),
            List.of(Samples.passed("a")),
            List.of(Samples.unselected("a")),
            Samples.all(),
            Samples.all().reversed());
    for (List<Subject> subjects : samples) {
      Path file = Files.writeString(folder.resolve("r"), Samples.written(format::writer, subjects));
      for (ReportFormat one : ReportFormat.values()) {
        assertThat(one.mayReplace(file)).as("%s %s", one, subjects).isEqualTo(one == format);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mayReplace_nothingOrEmpty_isTrue(ReportFormat format) throws IOException {
    assertThat(format.mayReplace(folder.resolve("nothing"))).isTrue();
    assertThat(format.mayReplace(Files.createFile(folder.resolve("empty")))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void mayReplace_folderOrLink_isFalse(ReportFormat format) throws IOException {
    Path report =
        Files.writeString(
            folder.resolve("r"), Samples.written(format::writer, List.of(Samples.passed("a"))));

    assertThat(format.mayReplace(folder)).isFalse();
    assertThat(format.mayReplace(Files.createSymbolicLink(folder.resolve("link"), report)))
        .isFalse();
  }

  /** What other tools, and people, write in these formats. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jest tests\" tests=\"1\">",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"a\">\n<testsuite name=\"b\"",
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"runs\":[",
        "### Assay: how we use it\n\nAs a gate, validation of all runs",
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>PASS: a</title>",
        " "
      })
  void mayReplace_whatOthersWrote_isFalse(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("r"), text);

    assertThat(ReportFormat.values()).noneMatch(format -> mayReplace(format, file));
  }

  @Test
  void mayReplace_bytesThatAreNoText_isFalse() throws IOException {
    Path file = Files.write(folder.resolve("r"), new byte[] {0, -1, 7});

    assertThat(ReportFormat.values()).noneMatch(format -> mayReplace(format, file));
  }

  private static boolean mayReplace(ReportFormat format, Path file) {
    try {
      return format.mayReplace(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
