package dev.assay.activities.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.programs.Ending.CouldNotStart;
import dev.assay.activities.programs.Ending.Exited;
import dev.assay.activities.programs.Ending.Killed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that means no harm gets, and how its end is told. */
@NeedsIsolation
class ProgramRunnerTest {
  private final ProgramRunner runner = new ProgramRunner(Isolation.full());

  @Test
  void run_programThatEnds_tellsCodeAndBothStreams() throws Exception {
    ProgramResult result = run(Program.of("sh", "-c", "echo out; echo err >&2; exit 3"));

    assertThat(result.ending()).isEqualTo(new Exited(3));
    assertThat(result.stdout().toStringUtf8()).isEqualTo("out\n");
    assertThat(result.stderr().toStringUtf8()).isEqualTo("err\n");
    assertThat(result.protections()).isEqualTo(EnumSet.allOf(Protection.class));
  }

  @Test
  void run_programKilledBySignal_tellsWhich() throws Exception {
    assertThat(run(Program.of("sh", "-c", "kill -11 $$")).ending()).isEqualTo(new Killed(11));
  }

  @Test
  void run_standardInputAndInputs_areReadableInItsDirectory() throws Exception {
    ProgramResult result =
        run(
            Program.of("sh", "-c", "cat; cat inputs/deep/b.txt; pwd")
                .standardInput(Input.text("a"))
                .inputs(Map.of("deep/b.txt", Input.text("b"))));

    assertThat(result.stdout().toStringUtf8()).isEqualTo("ab/work\n");
  }

  @Test
  void run_environment_isWhatWasNamedAndNoMore() throws Exception {
    String odd = "it's $HOME `id`\n\"x\"";
    ProgramResult result = run(Program.of("env", "-0").environment(Map.of("ODD", odd)));

    assertThat(Stream.of(result.stdout().toStringUtf8().split("\0")))
        .containsExactlyInAnyOrder(
            "PATH=/usr/local/bin:/usr/bin:/bin",
            "LANG=C.UTF-8",
            "HOME=/work",
            "TMPDIR=/work/tmp",
            "PWD=/work",
            "ODD=" + odd);
  }

  @Test
  void run_unknownProgram_couldNotStart() throws Exception {
    assertThat(run(Program.of("no-such-program")).ending())
        .isInstanceOfSatisfying(
            CouldNotStart.class, it -> assertThat(it.why()).contains("no such program"));
  }

  @Test
  void run_withoutTools_isRefusedAndSaysWhatToInstall(@TempDir Path empty) throws Exception {
    ProgramRunner bare = new ProgramRunner(Isolation.full().tools(List.of(empty)));

    ProgramResult result = bare.run(Program.of("true"), Limits.DEFAULT);

    assertThat(result.protections()).isEmpty();
    assertThat(result.ending())
        .isInstanceOfSatisfying(
            CouldNotStart.class, it -> assertThat(it.why()).contains("Install util-linux"));
  }

  /** Each tool that isolates, replaced by one that fails: the program must not run. */
  @Test
  void run_withAToolThatFails_isRefused(@TempDir Path folder) throws Exception {
    for (String tool : List.of("unshare", "prlimit", "mount", "umount", "pivot_root")) {
      Path tools = toolsWithout(tool, folder);
      ProgramRunner broken = new ProgramRunner(Isolation.full().tools(List.of(tools)));

      ProgramResult result = broken.run(Program.of("echo", "ran"), Limits.DEFAULT);

      assertThat(result.ending()).as(tool).isInstanceOf(CouldNotStart.class);
      assertThat(result.stdout().isEmpty()).as(tool).isTrue();
    }
  }

  /** As in a container that has one account: root, who isn't. */
  @Test
  void run_asRootWhereNobodyIsNot_isRefused() throws Exception {
    Process lonely =
        new ProcessBuilder(
                "unshare",
                "--user",
                "--map-root-user",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintedEnding.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String ending = new String(lonely.getInputStream().readAllBytes(), UTF_8);

    assertThat(ending).startsWith("CouldNotStart").contains("65534", "docs/programs.md");
  }

  @Test
  void run_readableFolderThatIsMissing_isRefused() throws Exception {
    ProgramRunner wanting =
        new ProgramRunner(Isolation.full().alsoReadable(Path.of("/no/such/folder")));

    assertThat(wanting.run(Program.of("true"), Limits.DEFAULT).ending())
        .isInstanceOfSatisfying(
            CouldNotStart.class, it -> assertThat(it.why()).contains("/no/such/folder"));
  }

  @Test
  void run_afterwards_leavesNoDirectory(@TempDir Path rooms) throws Exception {
    opened(rooms);
    ProgramRunner there = new ProgramRunner(Isolation.full().rooms(rooms));

    there.run(Program.of("sh", "-c", "echo x > left; exit 1"), Limits.DEFAULT);

    assertThat(rooms).isEmptyDirectory();
  }

  @Test
  void run_roomOfAWorkerThatDiedLongAgo_isRemoved(@TempDir Path rooms) throws Exception {
    opened(rooms);
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path old = Files.createDirectory(rooms.resolve("assay-program-" + gone.pid() + "-1"));
    Path recent = Files.createDirectory(rooms.resolve("assay-program-" + gone.pid() + "-2"));
    Path kept = Files.createFile(rooms.resolve("kept"));
    Files.createDirectories(old.resolve("inputs/deep"));
    Files.createSymbolicLink(old.resolve("link"), rooms);
    Files.createSymbolicLink(old.resolve("inputs/link"), kept);
    Files.setLastModifiedTime(
        old, FileTime.from(Files.getLastModifiedTime(old).toInstant().minus(Duration.ofDays(2))));

    new ProgramRunner(Isolation.full().rooms(rooms)).run(Program.of("true"), Limits.DEFAULT);

    try (Stream<Path> left = Files.list(rooms)) {
      assertThat(left).containsExactlyInAnyOrder(recent, kept);
    }
  }

  @Test
  void waive_protectionThatProgramsNeverLack_isRefused() {
    assertThatThrownBy(() -> Isolation.full().waive(Protection.PROCESSES))
        .hasMessageContaining("PROCESSES");
  }

  @Test
  void inputs_pathThatLeaves_isRefused() {
    for (String path : List.of("../x", "/x", "a/../x", "", "a//b", ".x")) {
      assertThatThrownBy(() -> Program.of("true").inputs(Map.of(path, Input.text(""))))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private ProgramResult run(Program program) throws InterruptedException {
    return runner.run(program, Limits.DEFAULT);
  }

  /** So that the account which programs of root run as gets through. */
  private static void opened(Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path toolsWithout(String failing, Path folder) throws Exception {
    opened(folder);
    Path tools = Files.createDirectory(folder.resolve(failing));
    opened(tools);
    for (String name :
        List.of(
            "sh setpriv unshare prlimit mount umount pivot_root env mkdir rmdir ln readlink"
                .split(" "))) {
      Path real =
          Stream.of("/usr/bin", "/usr/sbin")
              .map(at -> Path.of(at, name))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(
          tools.resolve(name), name.equals(failing) ? Path.of("/usr/bin/false") : real);
    }
    return tools;
  }
}
