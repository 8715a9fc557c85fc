package dev.assay.worker.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.home.AssayHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledUpTest {
  private static final long PID = 4711;

  @TempDir private Path folder;
  private Path database = Path.of("");

  @BeforeEach
  void make() {
    database = AssayHome.open(folder).engine().resolve("temporal.db");
  }

  @Test
  void in_upEndedInOrder_isEmpty() {
    AssayHome home = AssayHome.open(folder);
    UpState.write(home.folder(), new UpState(PID, true, new Ports(1, 2)));
    UpState.remove(home.folder());
    assertThat(KilledUp.in(home)).isEmpty();
  }

  @Test
  void in_upLeftItsFile_saysWhetherItsServerRuns() throws Exception {
    AssayHome home = AssayHome.open(folder);
    UpState.write(home.folder(), new UpState(PID, true, new Ports(1, 2)));
    assertThat(KilledUp.in(home)).hasValue(new KilledUp(PID, false));
    try (Server _ = Server.on(database)) {
      assertThat(KilledUp.in(home)).hasValue(new KilledUp(PID, true));
    }
  }

  @Test
  void clear_killed_endsItsServerAndNoOther() throws Exception {
    AssayHome home = AssayHome.open(folder);
    UpState.write(home.folder(), new UpState(PID, true, new Ports(1, 2)));
    try (Server own = Server.on(database);
        Server others = Server.on(database.resolveSibling("temporal.db2"))) {
      assertThat(Up.clear(home, _ -> {})).hasValue(new KilledUp(PID, true));
      assertThat(own.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(others.process().isAlive()).isTrue();
    }
    assertThat(home.engine().resolve("up.json")).doesNotExist();
    assertThat(Up.clear(home, _ -> {})).as("once").isEmpty();
  }

  @Test
  void clear_nothingLeft_leavesTheServerOfACommandAlone() throws Exception {
    try (Server commands = Server.on(database)) {
      assertThat(Up.clear(AssayHome.open(folder), _ -> {})).isEmpty();
      assertThat(commands.process().isAlive()).isTrue();
    }
  }

  @Test
  void sentence_ofEach_saysWhatBecameOfTheServer() {
    assertThat(new KilledUp(PID, true).sentence())
        .isEqualTo("'assay up' ended without 'down' (pid 4711); its Temporal server still runs");
    assertThat(new KilledUp(PID, false).sentence()).endsWith("its Temporal server is gone");
  }

  /** A process with the command line of a dev server. */
  private record Server(Process process) implements AutoCloseable {
    static Server on(Path database) throws IOException, InterruptedException {
      Path started = Files.createTempFile("server", ".txt");
      Process process =
          new ProcessBuilder(
                  List.of(
                      "python3",
                      "-c",
                      "import time\nprint('up',flush=True)\ntime.sleep(60)",
                      "start-dev",
                      "--db-filename",
                      database.toString()))
              .redirectOutput(started.toFile())
              .start();
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (Files.size(started) == 0 || !DevServer.runsOn(database)) {
        if (System.nanoTime() > giveUp) {
          throw new AssertionError("python3 didn't start");
        }
        Thread.sleep(20);
      }
      Files.delete(started);
      return new Server(process);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
