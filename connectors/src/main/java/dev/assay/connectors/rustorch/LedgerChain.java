package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.Blake3;

/**
 * {@code governance_ledger.jsonl}: events, each with the hash of the one before. An event's hash is
 * BLAKE3 of its compact JSON without the hash; since the hash stands last, that is the line up to
 * it.
 */
final class LedgerChain {
  static final String FILE = "governance_ledger.jsonl";
  private static final byte[] HASH_KEY = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_DIGITS = 64;

  private final String runId;
  private final RunDraft draft;
  private final Blake3Chunk blake3 = new Blake3Chunk();
  private final Set<String> stages = new HashSet<>();
  private final Set<String> completed = new HashSet<>();
  private String previous = "";
  private String lastEvent = "";
  private long next;

  private LedgerChain(String runId, RunDraft draft) {
    this.runId = runId;
    this.draft = draft;
  }

  static LedgerChain read(byte[] bytes, String runId, RunDraft draft) {
    LedgerChain chain = new LedgerChain(runId, draft);
    int line = 1;
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (i > from) {
          chain.line(Arrays.copyOfRange(bytes, from, i), FILE + ":" + line);
        }
        line++;
        from = i + 1;
      }
    }
    return chain;
  }

  /** Ids of stages that any event is about. */
  Set<String> stages() {
    return stages;
  }

  /** Ids of stages with an event Completed. */
  Set<String> completed() {
    return completed;
  }

  /** Stage and action of the last event, as {@code finalize Completed}; empty without events. */
  String lastEvent() {
    return lastEvent;
  }

  private void line(byte[] line, String where) {
    int split = line.length - HASH_KEY.length - HASH_DIGITS - 2;
    if (line.length > Limits.LINE_BYTES || !endsWithHash(line, split)) {
      draft.problem(where, "an event ends with ,\"hash\":\"…\"} and 64 digits; this doesn't");
      return;
    }
    String hash =
        new String(line, split + HASH_KEY.length, HASH_DIGITS, StandardCharsets.ISO_8859_1);
    byte[] content = Arrays.copyOf(line, split + 1);
    content[split] = '}';
    if (!HexFormat.of().formatHex(hash(content)).equals(hash)) {
      draft.problem(where, "the event's hash is not the BLAKE3 of its content: it was changed");
    }
    try {
      event(LedgerEvent.read(content), where);
    } catch (RecordException e) {
      draft.problem(where, e);
    }
    previous = hash;
  }

  private byte[] hash(byte[] content) {
    return content.length <= Blake3Chunk.MOST_BYTES ? blake3.hash(content) : Blake3.hash(content);
  }

  private static boolean endsWithHash(byte[] line, int split) {
    return split > 0
        && line[line.length - 1] == '}'
        && line[line.length - 2] == '"'
        && Arrays.equals(line, split, split + HASH_KEY.length, HASH_KEY, 0, HASH_KEY.length);
  }

  private void event(LedgerEvent event, String where) {
    if (event.index() != next) {
      draft.problem(
          where,
          "the event's index is %s, expected %d: events are missing or moved"
              .formatted(shown(event.index()), next));
    }
    next = (long) event.index() + 1;
    boolean linked =
        previous.isEmpty()
            ? event.linksToNothing()
            : event.previousHash().equals(Optional.of(previous));
    if (!linked) {
      draft.problem(where, "prev_hash is not the hash of the event before");
    }
    if (!event.runId().equals(runId)) {
      draft.problem(where, "the event is about run %s".formatted(Texts.shown(event.runId())));
    }
    stages.add(event.stageId());
    if (event.action().equals("Completed")) {
      completed.add(event.stageId());
    }
    lastEvent = event.stage() + " " + event.action();
  }

  private static String shown(double index) {
    return index < 0 ? "missing" : Long.toString((long) index);
  }
}
