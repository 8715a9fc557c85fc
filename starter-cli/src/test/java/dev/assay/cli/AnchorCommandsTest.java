package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.SignedNote;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ledger anchor …}, from arguments to exit code; none of it needs a database. */
class AnchorCommandsTest {
  private static final String ORIGIN = "assay/main/0123";

  @TempDir private Path folder;
  private Path anchor = Path.of("");

  @BeforeEach
  void make() throws IOException {
    anchor = Files.createDirectory(folder.resolve("anchor")).toRealPath();
  }

  @Test
  void publish_afterAdd_putsTheLastCheckpointThere() throws IOException {
    assertThat(run("add", anchor.toString()).exit()).isZero();
    SignedNote note = sign(3);

    CliRun run = run("publish");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("checkpoint of size 3: 1 of 1 anchor have it");
    assertThat(AnchorFolder.read(anchor, ORIGIN).notes())
        .singleElement()
        .satisfies(found -> assertThat(found.note()).isEqualTo(note));
    assertThat(run("list").out()).contains(anchor.toString(), "has the last checkpoint");
  }

  @Test
  void publish_oneIsAway_exits5NamingItAndTheOtherHasIt() throws IOException {
    Path away = Files.createDirectory(folder.resolve("away"));
    run("add", away.toString());
    run("add", anchor.toString());
    sign(3);
    Files.delete(away);

    CliRun run = run("publish");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains(away.toString());
    assertThat(AnchorFolder.read(anchor, ORIGIN).notes()).hasSize(1);
    CliRun list = run("list", "--format", "json");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains("\"state\":\"dead\"", "\"state\":\"current\"");
  }

  @Test
  void publish_nothingSigned_exits3() {
    run("add", anchor.toString());
    CliRun run = run("publish");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no signed checkpoint here yet");
  }

  @Test
  void publish_noAnchors_exits2() {
    assertThat(run("publish").exit()).isEqualTo(2);
  }

  @Test
  void add_noFolder_exits2AndAddsNothing() {
    CliRun run = run("add", folder.resolve("none").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run("list").out()).contains("no anchors yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void add_nothingOrAllFiles_exits2AndAddsNothing(String where) {
    CliRun run = run("add", where);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(where.isEmpty() ? "'' is no folder" : "is the root");
    assertThat(run("list").out()).contains("no anchors yet");
  }

  @Test
  void add_insideTheHome_isWarnedOf() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("home/anchor"));
    assertThat(run("add", inside.toString()).err()).contains("inside the home");
  }

  @Test
  void remove_known_keepsWhatIsThere() throws IOException {
    run("add", anchor.toString());
    sign(3);
    run("publish");

    assertThat(run("remove", anchor.toString()).exit()).isZero();
    assertThat(run("list").out()).contains("no anchors yet");
    assertThat(AnchorFolder.read(anchor, ORIGIN).notes()).hasSize(1);
  }

  @Test
  void remove_unknown_exits2NamingThoseThereAre() {
    run("add", anchor.toString());
    CliRun run = run("remove", folder.resolve("none").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(anchor.toString());
  }

  @Test
  void list_damagedListOfAnchors_exits2WithTheLine() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/anchors"), "not/absolute\n");
    CliRun run = run("list");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("anchors, line 1");
  }

  @Test
  void list_listThatCannotBeRead_exits2InsteadOfNone() throws IOException {
    Path list = Files.createDirectory(folder.resolve("home")).resolve("anchors");
    Files.createSymbolicLink(list, list); // not even root can
    CliRun run = run("list");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(list + " can't be read");
    assertThat(run.err()).doesNotContain("Exception");
    assertThat(run.exit()).isEqualTo(2);
  }

  private SignedNote sign(long size) throws IOException {
    Path keys = Files.createDirectories(folder.resolve("home/keys"));
    return CheckpointSigners.fileBacked(
            keys.resolve("checkpoint-main.pem"),
            keys.resolve("checkpoint-main.signed"),
            ORIGIN,
            (_, _) -> true)
        .sign(new Checkpoint(ORIGIN, size, Sha256.of(new byte[] {(byte) size})));
  }

  private CliRun run(String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "--home";
    all[1] = folder.resolve("home").toString();
    all[2] = "ledger";
    all[3] = "anchor";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return CliRun.in(folder, Map.of(), all);
  }
}
