package dev.assay.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.engine.TaskQueuePollers.Poller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueCheckupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String WORKER = "assay worker --queues assay-signer";

  @Test
  void of_nobody_fails() {
    Checkup found = QueueCheckup.of("assay-signer", List.of(), NOW, WORKER);
    assertThat(found.state()).isEqualTo(Checkup.State.FAIL);
    assertThat(found.remedy()).isEqualTo("start " + WORKER);
  }

  @Test
  void of_allSilentForLongerThanAPoll_warnsSayingSinceWhen() {
    Checkup found =
        QueueCheckup.of(
            "assay-signer", List.of(silent("1@a", 200), silent("2@a", 71)), NOW, WORKER);
    assertThat(found.state()).isEqualTo(Checkup.State.WARN);
    assertThat(found.found()).startsWith("last seen 71 s ago");
  }

  @Test
  void of_theOnlyOneSilent_namesIt() {
    assertThat(QueueCheckup.of("assay-signer", List.of(silent("1@a", 90)), NOW, WORKER).remedy())
        .contains("1@a");
  }

  @Test
  void of_oneSilentBesideOneThatAsks_isFine() {
    Checkup found =
        QueueCheckup.of("assay", List.of(silent("1@a", 200), silent("2@a", 69)), NOW, WORKER);
    assertThat(found.state()).isEqualTo(Checkup.State.OK);
    assertThat(found.found()).isEqualTo("2 took tasks in the last 5 minutes");
  }

  @Test
  void of_engineGivesNoTime_isFine() {
    List<Poller> pollers = List.of(new Poller("1@a", Optional.empty()));
    assertThat(QueueCheckup.of("assay", pollers, NOW, WORKER).state()).isEqualTo(Checkup.State.OK);
  }

  private static Poller silent(String identity, long seconds) {
    return new Poller(identity, Optional.of(NOW.minusSeconds(seconds)));
  }
}
