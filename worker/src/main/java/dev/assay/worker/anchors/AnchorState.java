package dev.assay.worker.anchors;

import java.nio.file.Path;

/**
 * How an anchor is.
 *
 * @param problem a sentence; empty unless {@link State#DEAD}
 */
public record AnchorState(Path folder, State state, String problem) {
  /** Compared with the last signed checkpoint. */
  public enum State {
    /** Has it. */
    CURRENT("has the last checkpoint"),
    /** Answers, but hasn't got it. */
    BEHIND("hasn't got the last checkpoint"),
    /** Answers; nothing was signed yet. */
    EMPTY("nothing signed yet"),
    /** Can't be used, or doesn't answer. */
    DEAD("dead");

    private final String sentence;

    State(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }
}
