package dev.assay.worker.anchors;

import dev.assay.evidence.AnchorException;
import dev.assay.evidence.AnchoredNotes;
import dev.assay.evidence.DirectoryAnchor;
import dev.assay.evidence.SignedNote;
import dev.assay.worker.anchors.AnchorState.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The anchors of a home. A dead one never blocks, and is reported. Safe for use by many threads.
 */
public final class Anchors {
  /** A folder that is there takes milliseconds, one behind a slow network a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** A thousand notes, each of which takes a slow network some milliseconds. */
  private static final Duration READING = Duration.ofSeconds(15);

  private final AnchorList list;
  private final BoundedCalls calls;
  private final BoundedCalls readings;

  /**
   * @param home whose list it is; read anew at each call
   */
  public Anchors(Path home) {
    this(new AnchorList(home), PATIENCE, READING);
  }

  Anchors(AnchorList list, Duration patience) {
    this(list, patience, patience);
  }

  private Anchors(AnchorList list, Duration patience, Duration reading) {
    this.list = list;
    this.calls = new BoundedCalls(patience);
    this.readings = new BoundedCalls(reading);
  }

  /**
   * The folders, in the order added.
   *
   * @throws AnchorException if the list of anchors can't be read
   */
  public List<Path> folders() {
    return list.folders();
  }

  /**
   * Publishes a checkpoint to each anchor; takes 3 s at most.
   *
   * @return the anchors that didn't get it, and why, a sentence each
   */
  public List<String> publish(SignedNote checkpoint) {
    List<Path> folders;
    try {
      folders = list.folders();
    } catch (AnchorException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
    return calls
        .each(
            folders.stream().map(DirectoryAnchor::new).toList(),
            anchor -> {
              anchor.publish(checkpoint);
              return true;
            })
        .stream()
        .filter(answer -> answer.value().isEmpty())
        .map(BoundedCalls.Answer::problem)
        .toList();
  }

  /**
   * How each anchor is; takes 3 s at most.
   *
   * @param last the last signed checkpoint, if there is one
   * @throws AnchorException if the list of anchors can't be read
   */
  public List<AnchorState> states(Optional<SignedNote> last) {
    List<Path> folders = list.folders();
    List<BoundedCalls.Answer<DirectoryAnchor, State>> answers =
        calls.each(
            folders.stream().map(DirectoryAnchor::new).toList(), anchor -> state(anchor, last));
    List<AnchorState> states = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      states.add(
          new AnchorState(
              folders.get(i), answers.get(i).value().orElse(State.DEAD), answers.get(i).problem()));
    }
    return List.copyOf(states);
  }

  /**
   * The checkpoints of one ledger that each anchor has; takes 15 s at most. No signature has been
   * looked at.
   *
   * @param origin the ledger's, from a key or note that is trusted, never from its database
   * @throws AnchorException if the list of anchors can't be read
   */
  public List<AnchorReading> read(String origin) {
    List<Path> folders = list.folders();
    List<BoundedCalls.Answer<DirectoryAnchor, AnchoredNotes>> answers =
        readings.each(
            folders.stream().map(DirectoryAnchor::new).toList(), anchor -> anchor.read(origin));
    List<AnchorReading> all = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      all.add(new AnchorReading(folders.get(i), answers.get(i).value(), answers.get(i).problem()));
    }
    return List.copyOf(all);
  }

  private static State state(DirectoryAnchor anchor, Optional<SignedNote> last) {
    if (last.isEmpty()) {
      anchor.requireThere();
      return State.EMPTY;
    }
    return anchor.has(last.get()) ? State.CURRENT : State.BEHIND;
  }
}
