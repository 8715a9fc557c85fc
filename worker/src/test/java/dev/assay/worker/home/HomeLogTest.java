package dev.assay.worker.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HomeLogTest {
  @Test
  void writeTo_home_logsToItsFileAndNotToTheScreen(@TempDir Path folder) throws Exception {
    PrintStream screen = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      AssayHome home = AssayHome.open(folder);
      HomeLog.writeTo(home);
      LoggerFactory.getLogger("dev.assay.sample").info("of ours");
      LoggerFactory.getLogger("io.other").info("of others");
      LoggerFactory.getLogger("io.other").warn("warning of others");
      assertThat(Files.readString(home.logFile()))
          .contains("INFO", "dev.assay.sample - of ours", "io.other - warning of others")
          .doesNotContain("- of others");
    } finally {
      System.setOut(screen);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
