package dev.assay.worker.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
  private static final Duration SHORT = Duration.ofMillis(600);
  @TempDir Path folder;

  @Test
  void acquire_free_tellsNobodyAndCanBeTakenAgain() {
    AssayHome home = AssayHome.open(folder);
    List<Optional<HomeHolder>> told = new ArrayList<>();
    HomeLock.acquire(home, "first", SHORT, told::add).close();
    HomeLock.acquire(home, "second", SHORT, told::add).close();
    assertThat(told).isEmpty();
  }

  @Test
  void acquire_twiceInOneProcess_isRefusedAndTheFirstKeepsIt() throws Exception {
    AssayHome home = AssayHome.open(folder);
    try (HomeLock _ = HomeLock.acquire(home, "first", SHORT, _ -> {})) {
      assertThatThrownBy(() -> HomeLock.acquire(home, "second", SHORT, _ -> {}))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("already holds");
      Process other = start("300");
      assertThat(answer(other)).startsWith("waiting").contains("(first)");
      assertThat(answer(other)).startsWith("busy");
    }
  }

  @Test
  void acquire_heldByAnother_tellsForWhomAndGivesUp() throws Exception {
    AssayHome home = AssayHome.open(folder);
    Process other = start("0");
    assertThat(answer(other)).isEqualTo("held");
    List<Optional<HomeHolder>> told = new ArrayList<>();
    assertThatThrownBy(() -> HomeLock.acquire(home, "me", SHORT, told::add))
        .isInstanceOf(HomeBusyException.class)
        .hasMessageContaining("pid " + other.pid())
        .hasMessageContaining("other test");
    assertThat(told).containsExactly(Optional.of(new HomeHolder(other.pid(), "other test")));
    other.destroyForcibly().waitFor();
    HomeLock.acquire(home, "me", SHORT, told::add).close();
  }

  private Process start(String patienceMillis) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HomeLockTest.class.getName(),
            folder.toString(),
            patienceMillis)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String answer(Process process) throws Exception {
    // One byte at a time, because the same stream is read again later.
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read();
        c != '\n' && c >= 0;
        c = process.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** The other process: takes the lock of a home and keeps it until its input ends. */
  public static void main(String[] arguments) throws Exception {
    AssayHome home = AssayHome.open(Path.of(arguments[0]));
    Duration patience = Duration.ofMillis(Long.parseLong(arguments[1]) + 500);
    try (HomeLock _ =
        HomeLock.acquire(
            home,
            "other test",
            patience,
            holder -> System.out.println("waiting for " + holder.orElseThrow()))) {
      System.out.println("held");
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (HomeBusyException e) {
      System.out.println("busy");
    }
  }
}
