package dev.assay.worker.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.Anchor;
import dev.assay.evidence.AnchorException;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.SigningKey;
import dev.assay.model.digest.Sha256;
import dev.assay.worker.anchors.AnchorState.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorsTest {
  private static final String ORIGIN = "assay/main/0123";
  private static final SigningKey KEY = SigningKey.generate(KeyType.ED25519);

  @TempDir private Path folder;
  private Path home = Path.of("");
  private Path one = Path.of("");
  private Path two = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    one = Files.createDirectory(folder.resolve("one"));
    two = Files.createDirectory(folder.resolve("two"));
  }

  @Test
  void folders_addedTwiceAndRemoved_keepTheirOrder() {
    AnchorList list = new AnchorList(home);
    assertThat(list.folders()).isEmpty();
    list.add(two);
    list.add(one);
    list.add(two);
    assertThat(new AnchorList(home).folders()).containsExactly(two, one);
    assertThat(list.remove(two)).isTrue();
    assertThat(list.remove(two)).isFalse();
    assertThat(new AnchorList(home).folders()).containsExactly(one);
  }

  @Test
  void add_tooMany_isRefused() {
    AnchorList list = new AnchorList(home);
    IntStream.range(0, AnchorList.MAX).forEach(i -> list.add(folder.resolve("a" + i)));
    assertThatThrownBy(() -> list.add(one))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("at most 20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative/path\n", "\n", "\u0000\n"})
  void folders_damagedList_isRefusedWithItsLineAndStopsNoPublishing(String content)
      throws IOException {
    Files.writeString(home.resolve("anchors"), content);
    assertThatThrownBy(() -> new AnchorList(home).folders())
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("anchors, line 1");
    assertThat(new Anchors(home).publish(note(3)))
        .singleElement()
        .asString()
        .contains("is no absolute path");
  }

  @Test
  void read_oneIsGone_theOthersNotesAndWhyItIsDead() throws IOException {
    add();
    new Anchors(home).publish(note(3));
    Files.walk(one).sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());

    List<AnchorReading> read = new Anchors(home).read(ORIGIN);

    assertThat(read).extracting(AnchorReading::folder).containsExactly(one, two);
    assertThat(read.getFirst().notes()).isEmpty();
    assertThat(read.getFirst().problem()).contains(one.toString(), "is no folder");
    assertThat(read.getLast().problem()).isEmpty();
    assertThat(read.getLast().notes().orElseThrow().notes())
        .singleElement()
        .satisfies(found -> assertThat(found.note()).isEqualTo(note(3)));
  }

  @Test
  void publish_oneIsGone_theOtherGetsItAndTheGoneOneIsReported() throws IOException {
    add();
    Files.delete(one);

    assertThat(new Anchors(home).publish(note(3)))
        .singleElement()
        .asString()
        .contains(one.toString(), "mount its disk");
    assertThat(sizes(two)).containsExactly(3L);
  }

  /** What was missed needn't be made up for: the newest checkpoint covers it. */
  @Test
  void publish_goneAndBack_getsTheNewest() throws IOException {
    add();
    Files.delete(one);
    new Anchors(home).publish(note(3));
    Files.createDirectory(one);

    assertThat(new Anchors(home).publish(note(4))).isEmpty();
    assertThat(sizes(one)).containsExactly(4L);
    assertThat(sizes(two)).containsExactly(3L, 4L);
  }

  @Test
  void states_currentBehindAndDead_areTold() throws IOException {
    add();
    Path dead = folder.resolve("dead");
    new AnchorList(home).add(dead);
    Anchors anchors = new Anchors(home);
    anchors.publish(note(3));
    Files.delete(files(two).getFirst());

    assertThat(anchors.states(Optional.of(note(3))))
        .extracting(AnchorState::state)
        .containsExactly(State.CURRENT, State.BEHIND, State.DEAD);
    assertThat(anchors.states(Optional.empty()))
        .extracting(AnchorState::state)
        .containsExactly(State.EMPTY, State.EMPTY, State.DEAD);
    assertThat(anchors.states(Optional.empty()).getLast().problem()).contains(dead.toString());
  }

  @Test
  @Timeout(20)
  void each_oneNeverAnswers_othersDoAndItIsNotAskedAgainUntilItDid() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    List<Anchor> anchors = List.of(new Named("hung"), new Named("well"));
    BoundedCalls calls = new BoundedCalls(Duration.ofMillis(200));

    for (int i = 0; i < 3; i++) {
      List<BoundedCalls.Answer<Anchor, Boolean>> answers =
          calls.each(anchors, anchor -> ask(anchor, hangs, asked));
      assertThat(answers.getFirst().value()).isEmpty();
      assertThat(answers.getFirst().problem()).contains("hung", "answer");
      assertThat(answers.getLast().value()).contains(true);
    }
    assertThat(asked).hasValue(1);
    hangs.countDown();
    Thread.sleep(200);
    assertThat(calls.each(anchors, anchor -> ask(anchor, hangs, asked)))
        .allSatisfy(answer -> assertThat(answer.value()).contains(true));
  }

  private static boolean ask(Anchor anchor, CountDownLatch hangs, AtomicInteger asked) {
    if (anchor.name().equals("hung")) {
      asked.incrementAndGet();
      try {
        hangs.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return true;
  }

  private record Named(String name) implements Anchor {
    @Override
    public void publish(SignedNote checkpoint) {}

    @Override
    public boolean has(SignedNote checkpoint) {
      return true;
    }
  }

  private void add() {
    AnchorList list = new AnchorList(home);
    list.add(one);
    list.add(two);
  }

  private static List<Long> sizes(Path anchor) {
    return AnchorFolder.read(anchor, ORIGIN).notes().stream()
        .map(note -> note.checkpoint().size())
        .toList();
  }

  private static List<Path> files(Path anchor) {
    return AnchorFolder.read(anchor, ORIGIN).notes().stream()
        .map(AnchoredNotes.Anchored::source)
        .toList();
  }

  private static SignedNote note(long size) {
    return KEY.named(ORIGIN)
        .sign(new Checkpoint(ORIGIN, size, Sha256.of(new byte[] {(byte) size})).text());
  }
}
