package dev.assay.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.base.Progress;
import dev.assay.cli.base.UsageException;
import dev.assay.worker.engine.KeptHistory;
import dev.assay.worker.histories.LiveHistories.LiveRun;
import dev.assay.worker.replay.ReplayReport;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With histories that the workflows' own tests keep. */
class ReplaysTest {
  private static final Path SEALED = history("sealed");
  private static final Path RESUMED = history("resumed");
  private static final Live CHAIN =
      new Live(
          (id, reader) -> {
            if (id.equals("validate/live#1")) {
              reader.accept(new LiveRun("second", read(RESUMED)));
              reader.accept(new LiveRun("first", read(SEALED)));
            }
          },
          List.of("validate/live#1"));

  private final Progress progress = Progress.silent();

  @Test
  void of_idOfALiveWorkflow_replaysRunByRun() {
    ReplayReport report = new Replays(List.of(), CHAIN).of(List.of("validate/live#1"), progress);

    assertThat(report.histories()).isEqualTo(2);
    assertThat(report.failed()).isEmpty();
  }

  @Test
  void of_runThatIsKeptToo_replaysItOnce() {
    List<KeptHistory> kept = List.of(new KeptHistory("validate/live#1", "first", SEALED));

    assertThat(new Replays(kept, CHAIN).of(List.of("validate/live#1"), progress).histories())
        .isEqualTo(2);
  }

  @Test
  void all_keptAndLive_replaysBoth() {
    List<KeptHistory> kept = List.of(new KeptHistory("validate/kept#1", "run", SEALED));

    assertThat(new Replays(kept, CHAIN).all(progress).histories()).isEqualTo(3);
  }

  @Test
  void all_historyOfOtherCode_isNamed() {
    List<KeptHistory> kept =
        List.of(new KeptHistory("validate/kept#1", "run", history("must-fail")));

    assertThat(new Replays(kept, Live.NONE).all(progress).failed()).hasSize(1);
  }

  @Test
  void of_neitherFileNorWorkflow_saysSo() {
    assertThatThrownBy(() -> new Replays(List.of(), CHAIN).of(List.of("nothing"), progress))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'nothing' is neither a file nor a workflow");
  }

  private static Path history(String name) {
    return Path.of("../workflows/src/test/resources/histories", name + ".json");
  }

  private static WorkflowExecutionHistory read(Path file) {
    try {
      return WorkflowExecutionHistory.fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
