package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code governance_plan.json} as rustorch writes it, without anything to object to; only the
 * stages' ids are kept of it. Any other plan is read by {@link GovernanceCheck} itself.
 */
final class FamiliarPlan {
  private static final byte[] SEED = PlainJson.ascii("\"seed\":");
  private static final byte[] TIME = PlainJson.ascii("\"generated_at_unix\":");
  private static final byte[] ENTRIES = PlainJson.ascii("\"entries\":");
  private static final byte[] STAGE_ID = PlainJson.ascii("\"stage_id\":");
  private static final byte[] RUN_ID = PlainJson.ascii("\"run_id\":");
  private static final byte[] STAGE = PlainJson.ascii("\"stage\":");
  private static final byte[] PRIORITY = PlainJson.ascii("\"priority\":");
  private static final byte[] ORDINAL = PlainJson.ascii("\"ordinal\":");
  private static final byte[] WAVE = PlainJson.ascii("\"wave\":");
  private static final byte[] LANE = PlainJson.ascii("\"lane\":");
  private static final byte[] DEPENDENCIES = PlainJson.ascii("\"dependencies\":");
  private static final byte[] WAVES = PlainJson.ascii("\"total_waves\":");
  private static final byte[] STAGES = PlainJson.ascii("\"total_stages\":");

  private final PlainJson json;
  private final byte[] runIdAndQuote;
  private final Set<String> stages = new TreeSet<>();

  private FamiliarPlan(byte[] bytes, String runId) {
    json = new PlainJson(bytes, 0, bytes.length);
    runIdAndQuote = PlainJson.ascii(runId + '"');
  }

  /** Ids of the planned stages; empty if the plan isn't familiar, or not a good one of this run. */
  static Optional<Set<String>> stages(byte[] bytes, String runId) {
    if (!PlainJson.isPlain(runId)) {
      return Optional.empty(); // a folder's name may be anything; as JSON it would need escapes
    }
    try {
      return Optional.of(new FamiliarPlan(bytes, runId).read());
    } catch (Unfamiliar _) {
      return Optional.empty();
    }
  }

  private Set<String> read() throws Unfamiliar {
    number('{', SEED);
    number(',', TIME);
    member(',', ENTRIES);
    json.literal('[');
    do {
      entry();
    } while (json.skips(','));
    json.literal(']');
    json.skipSpace();
    number(',', WAVES);
    member(',', STAGES);
    if (json.natural() != stages.size()) {
      throw PlainJson.unfamiliar();
    }
    json.skipSpace();
    json.literal('}');
    json.skipSpace();
    json.end();
    return stages;
  }

  private void entry() throws Unfamiliar {
    json.skipSpace();
    member('{', STAGE_ID);
    json.literal('"');
    stages.add(json.text());
    member(',', RUN_ID);
    json.literal('"');
    json.literal(runIdAndQuote);
    member(',', STAGE);
    json.literal('"');
    json.skipText();
    number(',', PRIORITY);
    number(',', ORDINAL);
    number(',', WAVE);
    number(',', LANE);
    member(',', DEPENDENCIES);
    dependencies();
    json.skipSpace();
    json.literal('}');
    json.skipSpace();
  }

  private void dependencies() throws Unfamiliar {
    json.literal('[');
    json.skipSpace();
    if (json.skips(']')) {
      return;
    }
    do {
      json.skipSpace();
      json.literal('"');
      json.skipText();
      json.skipSpace();
    } while (json.skips(','));
    json.literal(']');
  }

  private void number(char before, byte[] key) throws Unfamiliar {
    member(before, key);
    json.skipNatural();
    json.skipSpace();
  }

  /** Passes over what stands before a member's value. */
  private void member(char before, byte[] key) throws Unfamiliar {
    json.skipSpace();
    json.literal(before);
    json.skipSpace();
    json.literal(key);
    json.skipSpace();
  }
}
