package dev.assay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void bar_halfway_showsRateAndTimeLeft() {
    ProgressLine line = new ProgressLine("validate", "runs", 1200, 2400, Duration.ofSeconds(3));

    assertThat(line.bar())
        .isEqualTo("validate [############------------] 1,200/2,400 runs 400/s 0:03 left");
  }

  @Test
  void text_unknownTotal_showsTheCount() {
    ProgressLine line = new ProgressLine("import", "runs", 3, 0, Duration.ofSeconds(2));

    assertThat(line.text()).isEqualTo("import: 3 runs 1.5/s");
    assertThat(line.bar()).isEqualTo(line.text());
  }

  @Test
  void text_longWait_showsHours() {
    ProgressLine line = new ProgressLine("x", "runs", 1, 7201, Duration.ofSeconds(1));

    assertThat(line.text()).endsWith("2:00:00 left");
  }

  @Property
  void bar_anyCounts_hasOneWidth(
      @ForAll @LongRange(max = 1L << 40) long done,
      @ForAll @LongRange(min = 1, max = 1L << 40) long total) {
    String bar = new ProgressLine("x", "y", done, total, Duration.ofSeconds(1)).bar();

    assertThat(bar.indexOf(']') - bar.indexOf('[')).isEqualTo(25);
  }

  @Test
  void close_workUnderASecond_hasShownNothing() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (Progress progress =
        new ShownProgress("x", "y", new Terminal(stream, stream, false, true))) {
      progress.total(2);
      progress.done(1);
    }

    assertThat(err.size()).isZero();
  }
}
