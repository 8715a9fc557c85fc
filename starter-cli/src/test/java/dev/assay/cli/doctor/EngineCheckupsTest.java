package dev.assay.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Settings;
import dev.assay.worker.choice.ConnectionFlags;
import dev.assay.worker.choice.EngineSelection;
import dev.assay.worker.choice.EngineWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineCheckupsTest {
  @Test
  void queue_nobodyTakesItsTasks_namesAWorkerForTheSameServiceWithoutTheKey() {
    ConnectionFlags flags =
        new ConnectionFlags(
            Optional.empty(),
            Optional.of("temporal.example:7233"),
            Optional.of("plant 7"),
            Optional.of("s3cr3t"),
            new ConnectionFlags.Tls(
                true,
                Optional.of("/etc/ca.pem"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

    assertThat(EngineCheckups.queue("assay-judge", List.of(), settings(flags)).remedy())
        .endsWith(
            " --home /srv/assay --address temporal.example:7233 --namespace 'plant 7' --tls"
                + " --tls-ca-path /etc/ca.pem worker --queues assay-judge");
  }

  @Test
  void retention_oneDay_isNoPlural() {
    assertThat(EngineCheckups.retention(Duration.ofDays(1), "default").found())
        .isEqualTo("finished workflows are kept for 1 day");
    assertThat(EngineCheckups.retention(Duration.ofDays(90), "default").found())
        .endsWith("90 days");
  }

  private static Settings settings(ConnectionFlags flags) {
    return new Settings(
        OutputFormat.TEXT,
        true,
        Path.of("/srv/assay"),
        true,
        Settings.DEFAULT_LEDGER,
        new EngineSelection(EngineWish.AUTO, flags, Map.of()));
  }
}
