package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.registry.ExecutionState;
import dev.assay.worker.devserver.DevServerSettings.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay up} itself, killed in the middle of a validation that a command waits for. */
@Tag("devserver")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UpKilledTest {
  private static final int YES = 0;
  private static final int BAD_RUNS = 1;
  private static final int UNAVAILABLE = 5;

  @TempDir private Path folder;

  @Test
  void up_afterAKilledOne_takesItsPortsAndWhoWaitsGetsTheResult() throws Exception {
    try (UpHome first = UpHome.start(folder, folder.resolve("home"))) {
      Ports ports = first.state().orElseThrow().ports();
      try (CommandProcess waiting = killedWhileJudging(first)) {
        String killed = "(pid %d); its Temporal server still runs".formatted(first.pid());
        assertThat(said(first, UNAVAILABLE, "status")).contains(killed, "next: assay", " up\n");
        assertThat(said(first, YES, "doctor"))
            .contains(killed, "open, and not being worked on: validate/held#1");
        assertThat(said(first, YES, "workflow", "show", "held"))
            .contains("isn't running: 'assay up' or 'assay workflow wait validate/held#1'");

        waiting.awaitErr("'assay up' has ended; start it again, and validate/held#1 goes on");

        try (UpHome second = UpHome.startAgain(folder, first.folder())) {
          assertThat(second.state().orElseThrow().ports()).isEqualTo(ports);
          assertThat(waiting.await()).as(waiting.err()).isEqualTo(BAD_RUNS);
          assertThat(said(second, YES, "status")).doesNotContain("ended without");
        }
      }
    }
  }

  private static CommandProcess killedWhileJudging(UpHome up) throws Exception {
    try (Home home = Home.ofUp(up.folder());
        EngineView engine = EngineView.of(up);
        DatabaseHold _ = DatabaseHold.take(up, DatabaseHold.JUDGES)) {
      CommandProcess waiting =
          up.command(
              "validate",
              Inputs.MLRUNS.toString(),
              "--policy",
              Inputs.MLRUNS_POLICY.toString(),
              "--id",
              "held");
      UpHome.await(
          "it is planned",
          () ->
              home.registry()
                  .executions()
                  .latest("validate", "held")
                  .filter(found -> found.state() == ExecutionState.STARTED)
                  .isPresent());
      engine.pending("validate/held#1", "JudgeShard");
      List<ProcessHandle> workers =
          List.of(up.process(UpHome.Part.WORKER), up.process(UpHome.Part.SIGNER));
      up.kill();
      // They would end of themselves after their grace; so they can't judge after the hold.
      workers.forEach(ProcessHandle::destroyForcibly);
      UpHome.await("its workers end", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
      return waiting;
    }
  }

  private static String said(UpHome up, int exit, String... words) throws Exception {
    try (CommandProcess command = up.command(words)) {
      assertThat(command.await()).as(command.err()).isEqualTo(exit);
      return command.out();
    }
  }
}
