package dev.assay.activities.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.programs.Ending.Exited;
import dev.assay.activities.programs.Ending.Killed;
import dev.assay.activities.programs.Ending.OutOfMemory;
import dev.assay.activities.programs.Ending.TimedOut;
import dev.assay.activities.programs.Ending.TooMuchOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that mean harm. After each, the same runner runs a good one. */
@NeedsIsolation
class HostileProgramTest {
  private static final long MIB = 1 << 20;
  private static final Limits SHORT = Limits.DEFAULT.wall(Duration.ofSeconds(3));

  /** An argument that no other process on the machine has. */
  private final String mark = "mark" + UUID.randomUUID().toString().replace("-", "");

  private final ProgramRunner runner = new ProgramRunner(Isolation.full());

  @AfterEach
  void theRunner_afterwards_stillRuns() throws Exception {
    assertThat(runner.run(Program.of("echo", "ok"), Limits.DEFAULT).stdout().toStringUtf8())
        .isEqualTo("ok\n");
    assertThat(marked()).isEmpty();
  }

  @Test
  void forkBomb_anyTime_staysWithinItsProcesses() throws Exception {
    ProgramResult result = sh(SHORT.processes(20), "bomb() { bomb | bomb & }; bomb; wait; sleep 9");

    assertThat(result.stderr().toStringUtf8()).contains("annot fork");
  }

  @Test
  void processes_oneMoreThanAllowed_isNotMade() throws Exception {
    ProgramResult result =
        sh(SHORT.processes(10), "n=0; while [ $n -lt 30 ]; do sleep 9 & n=$((n+1)); echo $n; done");

    // the shell counts, too
    assertThat(result.stdout().toStringUtf8()).endsWith("\n9\n");
  }

  @Test
  void output_withoutEnd_isCutAndSaid() throws Exception {
    for (String stream : List.of("1", "2")) {
      ProgramResult result =
          sh(Limits.DEFAULT.output(100_000), "exec yes " + mark + " >&" + stream);

      assertThat(result.ending()).as(stream).isEqualTo(new TooMuchOutput(100_000));
      assertThat(result.stdout().size() + result.stderr().size()).isEqualTo(100_000);
    }
  }

  @Test
  void output_ofOneThatEndsAtOnce_isCutAndSaid() throws Exception {
    ProgramResult result = sh(Limits.DEFAULT.output(10), "echo 0123456789");

    assertThat(result.ending()).isEqualTo(new TooMuchOutput(10));
    assertThat(result.stdout().toStringUtf8()).isEqualTo("0123456789");
  }

  @Test
  void memory_ofOneProcess_endsAtItsAddressSpace() throws Exception {
    ProgramResult result = sh(Limits.DEFAULT.memory(2_000 * MIB, 100 * MIB), "tail /dev/zero");

    assertThat(result.ending()).isEqualTo(new Exited(1));
    assertThat(result.stderr().toStringUtf8()).contains("memory");
  }

  @Test
  void memory_ofAllTogether_isWatched() throws Exception {
    ProgramResult result =
        sh(
            Limits.DEFAULT.memory(100 * MIB, 400 * MIB),
            "tail /dev/zero & tail /dev/zero & tail /dev/zero");

    assertThat(result.ending()).isInstanceOf(OutOfMemory.class);
  }

  @Test
  void sharedMemory_outsideAnyAddressSpace_isNotGiven() throws Exception {
    ProgramResult result = sh(SHORT, "ipcmk -M 1000000; ipcmk -Q");

    assertThat(result.ending()).isEqualTo(new Exited(1));
    assertThat(result.stdout().toStringUtf8()).doesNotContain("id:");
  }

  @Test
  void userNamespace_forMoreMemoryOrRights_isNotGiven() throws Exception {
    assertThat(sh(SHORT, "unshare --user --mount true").ending()).isEqualTo(new Exited(1));
  }

  @Test
  void cpu_withoutEnd_isKilled() throws Exception {
    Limits limits = Limits.DEFAULT.cpu(Duration.ofSeconds(1));

    assertThat(sh(limits, "while :; do :; done").ending()).isEqualTo(new Killed(24));
  }

  @Test
  void time_pastItsLimit_isTold() throws Exception {
    Limits limits = Limits.DEFAULT.wall(Duration.ofMillis(500));

    assertThat(sh(limits, "trap '' TERM INT HUP; sleep 600").ending())
        .isEqualTo(new TimedOut(Duration.ofMillis(500)));
  }

  @Test
  void descendants_thatHide_endWithIt() throws Exception {
    String stay = "trap \"\" TERM HUP INT; sleep 600 & wait; : " + mark;
    String start =
        """
        setsid sh -c '%1$s' & nohup sh -c '%1$s' >/dev/null 2>&1 &
        (setsid sh -c '(%1$s) &' &) ; setsid setsid -f sh -c '%1$s'
        """
            .formatted(stay);

    assertThat(sh(SHORT, start + "exit 0").ending()).isEqualTo(new Exited(0));
    assertThat(marked()).isEmpty();
    assertThat(sh(SHORT.wall(Duration.ofSeconds(1)), start + "sleep 600").ending())
        .isInstanceOf(TimedOut.class);
    assertThat(marked()).isEmpty();
  }

  @Test
  void interrupted_runner_endsTheProgram() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<Object> outcome = new AtomicReference<>("nothing");
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome.set(sh(Limits.DEFAULT, "setsid sleep 600; : " + mark));
                  } catch (InterruptedException e) {
                    outcome.set(e);
                  }
                  ended.countDown();
                });
    awaitMarked();

    caller.interrupt();
    ended.await();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(marked()).isEmpty();
  }

  @Test
  void worker_killed_takesItsProgramsAlong() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RunningWorker.class.getName(),
                mark)
            .redirectErrorStream(true)
            .start();
    awaitMarked();

    worker.destroyForcibly().waitFor();

    while (!marked().isEmpty()) {
      Thread.sleep(20); // the surrounding build's time limit bounds it
    }
  }

  @Test
  void files_ofTheMachine_areNotThere(@TempDir Path home) throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = Files.writeString(home.resolve("signing.key"), "secret");
    String read =
        "cat /etc/passwd %1$s /proc/1/root%1$s /old%1$s; ls /root /home /tmp /old".formatted(key);

    ProgramResult apart = sh(SHORT, read);
    assertThat(apart.stdout().toStringUtf8()).isEmpty();

    ProgramResult waived =
        new ProgramRunner(Isolation.full().waive(Protection.FILES))
            .run(Program.of("sh", "-c", read), SHORT);
    assertThat(waived.stdout().toStringUtf8()).contains("root:").contains("secret");
    assertThat(waived.protections()).doesNotContain(Protection.FILES);
  }

  @Test
  void links_thatLeadOut_endNowhere() throws Exception {
    ProgramResult result =
        sh(SHORT, "ln -s /etc/passwd a; ln -s ../../../../etc/shadow b; cat a b");

    assertThat(result.stdout().isEmpty()).isTrue();
    assertThat(result.stderr().toStringUtf8()).contains("No such file");
  }

  @Test
  void writes_outsideItsDirectory_areRefused() throws Exception {
    ProgramResult result =
        runner.run(
            Program.of(
                    "sh",
                    "-c",
                    "for f in /x /usr/x /usr/bin/x /etc/x /dev/x inputs/x inputs/given"
                        + " /proc/sys/user/max_user_namespaces; do"
                        + " (echo 9 >$f) 2>/dev/null && echo wrote $f; done; echo ok > mine")
                .inputs(Map.of("given", Input.text("kept"))),
            SHORT);

    assertThat(result.ending()).isEqualTo(new Exited(0));
    assertThat(result.stdout().toStringUtf8()).isEmpty();
  }

  /** Permissions of the machine would let it. */
  @Test
  void writes_toAReadableFolder_areRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("shared"), "kept");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    ProgramRunner reading = new ProgramRunner(Isolation.full().alsoReadable(folder));

    ProgramResult result =
        reading.run(
            Program.of(
                "sh", "-c", "cd %s && cat shared; echo x > new; echo x > shared".formatted(folder)),
            SHORT);

    assertThat(result.stdout().toStringUtf8()).isEqualTo("kept");
    assertThat(folder).isDirectoryNotContaining("glob:**/new");
    assertThat(file).hasContent("kept");
  }

  @Test
  void file_tooLarge_isStopped() throws Exception {
    ProgramResult result =
        sh(Limits.DEFAULT.directory(MIB, 100), "exec dd if=/dev/zero of=big bs=64k count=100");

    assertThat(result.ending()).isEqualTo(new Killed(25));
  }

  @Test
  void files_tooLargeTogether_areStopped() throws Exception {
    ProgramResult result =
        sh(
            Limits.DEFAULT.directory(MIB, 100),
            "for n in 1 2 3; do dd if=/dev/zero of=big$n bs=64k count=8; done; du -sk . | cut -f1");

    assertThat(result.stderr().toStringUtf8()).contains("No space left");
  }

  @Test
  void files_tooMany_areStopped() throws Exception {
    ProgramResult result =
        sh(
            Limits.DEFAULT.directory(MIB, 50),
            "n=0; while [ $n -lt 100 ]; do : >f$n || exit 7; n=$((n+1)); done");

    assertThat(result.ending()).isNotEqualTo(new Exited(0));
    assertThat(result.stderr().toStringUtf8()).contains("f4");
  }

  @Test
  void openFiles_tooMany_areRefused() throws Exception {
    assertThat(sh(SHORT, "ulimit -n; ulimit -n 100").stdout().toStringUtf8()).isEqualTo("64\n");
  }

  @Test
  void network_evenLoopback_isNotThere() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "exec 3<>/dev/tcp/127.0.0.1/%d".formatted(listener.getLocalPort());
      Program program = Program.of("bash", "-c", connect);

      ProgramResult apart = runner.run(program, SHORT);
      assertThat(apart.ending()).isEqualTo(new Exited(1));
      assertThat(apart.stderr().toStringUtf8()).contains("unreachable");

      ProgramResult waived =
          new ProgramRunner(Isolation.full().waive(Protection.NETWORK)).run(program, SHORT);
      assertThat(waived.ending()).isEqualTo(new Exited(0));
    }
  }

  @Test
  void names_ofHosts_areNotResolved() throws Exception {
    assertThat(sh(SHORT, "getent hosts example.com").ending()).isEqualTo(new Exited(2));
  }

  @Test
  void rights_afterTheStart_areNone() throws Exception {
    ProgramResult result =
        sh(SHORT, "grep -E '^(CapEff|CapPrm|NoNewPrivs)' /proc/self/status; ls /proc/self/fd");

    assertThat(result.stdout().toStringUtf8())
        .isEqualTo(
            "CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n"
                + "0\n1\n2\n3\n");
  }

  @Test
  void processes_ofTheMachine_areNotSeen() throws Exception {
    ProgramResult result = sh(SHORT, "ls -d /proc/[0-9]* | wc -l; cat /proc/1/environ");

    assertThat(result.stdout().toStringUtf8().strip()).isIn("3", "4");
  }

  private ProgramResult sh(Limits limits, String script) throws InterruptedException {
    return runner.run(Program.of("sh", "-c", script), limits);
  }

  private void awaitMarked() throws Exception {
    while (marked().stream().noneMatch(line -> line.startsWith("sh\0-c\0setsid"))) {
      Thread.sleep(20); // the surrounding build's time limit bounds it
    }
  }

  /** Command lines of living processes that carry the mark, but for workers'. */
  private List<String> marked() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .map(HostileProgramTest::commandLine)
          .filter(line -> line.contains(mark) && !line.contains(RunningWorker.class.getName()))
          .toList();
    }
  }

  private static String commandLine(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return new String(Arrays.copyOf(line, line.length), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
