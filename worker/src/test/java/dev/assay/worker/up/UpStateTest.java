package dev.assay.worker.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.devserver.DevServerSettings.Ports;
import dev.assay.worker.home.AssayHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpStateTest {
  private static final Ports PORTS = new Ports(7233, 8233);

  @TempDir private Path folder;

  @Test
  void find_noHome_isEmptyAndMakesNone() {
    assertThat(UpState.find(folder.resolve("none"))).isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void find_nobodyHoldsTheLock_isEmptyWhateverTheFileSays() {
    AssayHome home = AssayHome.open(folder);
    UpState.write(home.folder(), new UpState(4711, true, PORTS));
    assertThat(UpState.find(home.folder())).isEmpty();
  }

  @Test
  void find_writerHoldsTheLock_isWhatItWrote() throws Exception {
    AssayHome home = AssayHome.open(folder);
    try (Holder holder = Holder.of(home.folder())) {
      UpState state = new UpState(holder.pid(), true, PORTS);
      UpState.write(home.folder(), state);
      assertThat(UpState.find(home.folder())).hasValue(state);
      UpState.write(home.folder(), new UpState(holder.pid() + 1, true, PORTS));
      assertThat(UpState.find(home.folder())).as("another's").isEmpty();
      Files.writeString(home.folder().resolve("engine/up.json"), "{\"pid\":");
      assertThat(UpState.find(home.folder())).as("half a file").isEmpty();
    }
  }

  /** Another process that holds the lock of a home. */
  private record Holder(Process process) implements AutoCloseable {
    static Holder of(Path home) throws IOException, InterruptedException {
      // Java's locks are those of fcntl; Python's lockf is the same.
      Process process =
          new ProcessBuilder(
                  List.of(
                      "python3",
                      "-c",
                      "import fcntl,os,sys,time\n"
                          + "f=open(sys.argv[1],'w+')\n"
                          + "fcntl.lockf(f,fcntl.LOCK_EX)\n"
                          + "f.write('%d\\nassay up\\n'%os.getpid());f.flush()\n"
                          + "time.sleep(60)\n",
                      home.resolve("lock").toString()))
              .start();
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!Files.exists(home.resolve("lock"))
          || !Files.readString(home.resolve("lock")).endsWith("up\n")) {
        if (System.nanoTime() > giveUp) {
          throw new AssertionError("python3 took no lock");
        }
        Thread.sleep(20);
      }
      return new Holder(process);
    }

    long pid() {
      return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
