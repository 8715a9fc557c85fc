package dev.assay.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void measure_aBusyProgram_countsItsCpuMemoryExitAndOutput(@TempDir Path folder) throws Exception {
    Commands.Outcome outcome =
        Commands.measure(
            List.of(
                "sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo $WHO; exit 3"),
            folder,
            Map.of("WHO", "me"));
    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.output()).isEqualTo("me\n");
    assertThat(outcome.cpu()).isPositive();
    assertThat(outcome.peakMib()).isPositive();
    assertThat(outcome.wall()).isPositive();
  }
}
