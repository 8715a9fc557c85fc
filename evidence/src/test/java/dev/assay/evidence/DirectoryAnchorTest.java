package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryAnchorTest {
  private static final String ORIGIN = "assay/main/0123-test";
  private static final NoteSigner SIGNER =
      new SigningKey(KeyType.ED25519, new byte[32]).named(ORIGIN);

  @TempDir private Path folder;

  @Test
  void publish_checkpoint_liesUnderItsSizeAndRoot() {
    anchor().publish(note(7, "seven"));

    Path file =
        folder.resolve(
            ORIGIN + "/00000000000000000007-" + root("seven").hex().substring(0, 16) + ".note");
    assertThat(file).hasContent(note(7, "seven").toString());
    assertThat(anchor().has(note(7, "seven"))).isTrue();
    assertThat(anchor().has(note(8, "eight"))).isFalse();
  }

  @Test
  void publish_again_changesNothing() throws IOException {
    anchor().publish(note(7, "seven"));
    anchor().publish(note(7, "seven"));

    assertThat(files()).hasSize(1);
  }

  @Test
  void publish_sameSizeOtherRoot_bothStayAndAreRead() {
    anchor().publish(note(7, "seven"));
    anchor().publish(note(7, "another seven"));

    assertThat(AnchorFolder.read(folder, ORIGIN).notes())
        .extracting(AnchoredNotes.Anchored::note)
        .containsExactlyInAnyOrder(note(7, "seven"), note(7, "another seven"));
  }

  @Test
  void publish_folderIsGone_saysSoAndMakesNone() {
    Path gone = folder.resolve("unmounted");
    assertThatThrownBy(() -> new DirectoryAnchor(gone).publish(note(1, "one")))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("mount its disk");
    assertThat(gone).doesNotExist();
  }

  @Test
  void publish_writeFails_isToldAndTheNextOneSucceeds() {
    DirectoryAnchor failing =
        new DirectoryAnchor(
            folder,
            (_, _) -> {
              throw new IOException("the disk is full");
            });
    assertThatThrownBy(() -> failing.publish(note(7, "seven")))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("the disk is full");
    assertThat(anchor().has(note(7, "seven"))).isFalse();
    anchor().publish(note(7, "seven"));
    assertThat(anchor().has(note(7, "seven"))).isTrue();
  }

  @Test
  void publish_wroteButTheReplyWasLost_isThereOnce() throws IOException {
    DirectoryAnchor loses =
        new DirectoryAnchor(
            folder,
            (file, content) -> {
              DurableFiles.writeNew(file, content);
              throw new IOException("interrupted");
            });
    assertThatThrownBy(() -> loses.publish(note(7, "seven"))).isInstanceOf(AnchorException.class);
    anchor().publish(note(7, "seven"));

    assertThat(files()).hasSize(1);
  }

  /** The power failed: a part of the file is there, and is never overwritten. */
  @Test
  void publish_tornBefore_liesBesideIt() throws IOException {
    DirectoryAnchor tears =
        new DirectoryAnchor(
            folder,
            (file, content) -> {
              DurableFiles.writeNew(file, Arrays.copyOf(content, content.length / 2));
              throw new IOException("power failed");
            });
    assertThatThrownBy(() -> tears.publish(note(7, "seven"))).isInstanceOf(AnchorException.class);
    anchor().publish(note(7, "seven"));

    AnchoredNotes read = AnchorFolder.read(folder, ORIGIN);
    assertThat(read.notes())
        .extracting(AnchoredNotes.Anchored::note)
        .containsExactly(note(7, "seven"));
    assertThat(read.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.problem()).contains("not written to its end");
              assertThat(issue.forged()).isFalse();
            });
    assertThat(files()).hasSize(2);
  }

  @Test
  void publish_othersInTheWayEachTime_givesUpAndOverwritesNone() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    DirectoryAnchor late =
        new DirectoryAnchor(
            folder,
            (file, _) -> {
              tries.incrementAndGet();
              throw new FileAlreadyExistsException(file.toString());
            });
    assertThatThrownBy(() -> late.publish(note(7, "seven")))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("10 other notes");
    assertThat(tries).hasValue(AnchorNames.SAME);
    assertThat(files()).isEmpty();
  }

  @Test
  void publish_byManyAtOnce_isThereOnce() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      Callable<Void> publish =
          () -> {
            anchor().publish(note(7, "seven"));
            return null;
          };
      for (var done : pool.invokeAll(java.util.Collections.nCopies(16, publish))) {
        done.get();
      }
    }
    assertThat(AnchorFolder.read(folder, ORIGIN).notes()).isNotEmpty();
    assertThat(anchor().has(note(7, "seven"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "a/../../b", "a//b", "/etc", "a/", ".", "a\\b"})
  void publish_originThatLeadsElsewhere_isRefused(String origin) {
    SignedNote note =
        new SigningKey(KeyType.ED25519, new byte[32])
            .named(origin)
            .sign(new Checkpoint(origin, 1, root("x")).text());
    assertThatThrownBy(() -> anchor().publish(note))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("can't be a folder");
    assertThatThrownBy(() -> AnchorFolder.read(folder, origin)).isInstanceOf(AnchorException.class);
  }

  @Test
  void read_originNotThere_isEmpty() {
    AnchoredNotes read = AnchorFolder.read(folder, ORIGIN);
    assertThat(read.notes()).isEmpty();
    assertThat(read.issues()).isEmpty();
  }

  @Test
  void read_noFolder_saysSo() {
    assertThatThrownBy(() -> AnchorFolder.read(folder.resolve("none"), ORIGIN))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void read_strangeFiles_areIssuesAndNotesAreReadAllTheSame() throws IOException {
    anchor().publish(note(7, "seven"));
    Path own = folder.resolve(ORIGIN);
    Files.writeString(own.resolve("README.txt"), "not looked at");
    Files.writeString(own.resolve("latest.note"), "no");
    Files.write(own.resolve("00000000000000000009-0123456789abcdef.note"), note(8, "8").encode());
    Files.write(
        own.resolve("00000000000000000001-0123456789abcdef.note"),
        new SigningKey(KeyType.ED25519, new byte[32])
            .named("other")
            .sign(new Checkpoint("other", 1, root("x")).text())
            .encode());

    AnchoredNotes read = AnchorFolder.read(folder, ORIGIN);
    assertThat(read.notes())
        .extracting(AnchoredNotes.Anchored::note)
        .containsExactly(note(7, "seven"), note(8, "8"));
    assertThat(read.issues())
        .extracting(AnchoredNotes.Issue::problem)
        .hasSize(4)
        .anyMatch(problem -> problem.contains("its name is no checkpoint's"))
        .anyMatch(problem -> problem.contains("was renamed or changed"))
        .anyMatch(problem -> problem.contains("is a checkpoint of other"));
  }

  @Test
  void read_noNote_isForgedUnlessItIsTheBeginningOfOne() throws IOException {
    byte[] whole = note(7, "seven").encode();
    Path file =
        anchored("00000000000000000007-%s.note".formatted(root("seven").hex().substring(0, 16)));
    for (int length : new int[] {0, 1, ORIGIN.length() + 2, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(onlyIssue().forged()).as("first %d bytes", length).isFalse();
    }
    for (String other : List.of("hello", "hello\n", ORIGIN + "\n8\nAA", ORIGIN + "\n7\nAA\n")) {
      Files.writeString(file, other);
      assertThat(onlyIssue().forged()).as(other).isTrue();
      assertThat(onlyIssue().file()).isEqualTo(file);
    }
  }

  private Path anchored(String name) throws IOException {
    return Files.createDirectories(folder.resolve(ORIGIN)).resolve(name);
  }

  private AnchoredNotes.Issue onlyIssue() {
    AnchoredNotes read = AnchorFolder.read(folder, ORIGIN);
    assertThat(read.notes()).isEmpty();
    assertThat(read.issues()).hasSize(1);
    return read.issues().getFirst();
  }

  @Test
  void readAll_links_areNotFollowed() throws IOException {
    anchor().publish(note(7, "seven"));
    Path elsewhere = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-else"));
    new DirectoryAnchor(elsewhere).publish(note(8, "eight"));
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    Files.createSymbolicLink(
        folder.resolve(ORIGIN + "/00000000000000000009-0123456789abcdef.note"),
        elsewhere.resolve(ORIGIN));

    AnchoredNotes read = AnchorFolder.readAll(folder);
    assertThat(read.notes())
        .extracting(AnchoredNotes.Anchored::note)
        .containsExactly(note(7, "seven"));
    assertThat(read.issues())
        .singleElement()
        .satisfies(issue -> assertThat(issue.problem()).contains("is no plain file"));
  }

  @Test
  void readAll_severalOrigins_givesAllOfThem() {
    anchor().publish(note(7, "seven"));
    SignedNote other =
        new SigningKey(KeyType.ED25519, new byte[32])
            .named("assay/other/45")
            .sign(new Checkpoint("assay/other/45", 2, root("two")).text());
    anchor().publish(other);

    assertThat(AnchorFolder.readAll(folder).notes())
        .extracting(note -> note.checkpoint().origin())
        .containsExactlyInAnyOrder(ORIGIN, "assay/other/45");
  }

  @Test
  void read_moreThanAreRead_newestForksAndASampleAndSaysSo() throws IOException {
    Path own = Files.createDirectories(folder.resolve(ORIGIN));
    List<SignedNote> all = IntStream.range(0, 60).mapToObj(i -> note(i, "root " + i)).toList();
    for (SignedNote note : all) {
      Files.write(own.resolve(AnchorNames.file(Checkpoint.parse(note.text()), 0)), note.encode());
    }
    SignedNote fork = note(3, "fork");
    Files.write(own.resolve(AnchorNames.file(Checkpoint.parse(fork.text()), 0)), fork.encode());

    AnchoredNotes read = new OriginReader(own, 20).read();

    assertThat(read.notes()).hasSize(20);
    assertThat(read.notes()).extracting(AnchoredNotes.Anchored::note).contains(fork, all.get(3));
    assertThat(read.notes())
        .extracting(AnchoredNotes.Anchored::note)
        .containsAll(all.subList(50, 60));
    assertThat(read.notes()).filteredOn(n -> n.checkpoint().size() < 50).hasSize(10);
    assertThat(read.leftOut())
        .singleElement()
        .asString()
        .contains("of 61 notes the newest 10 were read", "20 in all");
  }

  @Property(tries = 200)
  void chosen_anyNumber_isBoundedAndHasTheNewest(
      @ForAll @IntRange(max = 500) int count, @ForAll @IntRange(min = 4, max = 100) int max) {
    NoteSelection selection = new NoteSelection(max);
    IntStream.range(0, count)
        .forEach(i -> selection.add("%020d-0123456789abcdef.note".formatted(i)));
    assertThat(selection.chosen()).hasSize(Math.min(count, max));
    assertThat(selection.leftOut().isPresent()).isEqualTo(count > max);
    if (count > 0) {
      assertThat(selection.chosen()).contains("%020d-0123456789abcdef.note".formatted(count - 1));
    }
  }

  @Property(tries = 300)
  void parse_randomName_givesANameOrNothing(@ForAll String name) {
    assertThat(AnchorNames.parse(name)).isEmpty();
  }

  private DirectoryAnchor anchor() {
    return new DirectoryAnchor(folder);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static SignedNote note(long size, String root) {
    return SIGNER.sign(new Checkpoint(ORIGIN, size, root(root)).text());
  }

  private static Sha256 root(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
  }
}
