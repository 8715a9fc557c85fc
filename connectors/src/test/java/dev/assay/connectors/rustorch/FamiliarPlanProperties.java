package dev.assay.connectors.rustorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read of a plan without a parser is what one reads, and then there is no problem in it.
 */
class FamiliarPlanProperties {
  private static final String RUN = "lin-s1-1795351372-Ia08QK";
  private static final byte[] PLAN =
      bytes(Path.of("..", "examples", "rustorch", RUN, "governance_plan.json"));

  @Test
  void stages_trainersOwnPlan_areFamiliar() throws RecordException {
    assertThat(FamiliarPlan.stages(PLAN, RUN)).contains(goodStages(PLAN));
    assertThat(goodStages(PLAN)).hasSize(8).contains(RUN + ":init");
  }

  @Test
  void stages_ofAnotherRun_areNotFamiliar() {
    assertThat(FamiliarPlan.stages(PLAN, RUN + "x")).isEmpty();
    assertThat(FamiliarPlan.stages(PLAN, "lin")).isEmpty();
  }

  /** A folder's name may be anything, and some names are other JSON than they look. */
  @ParameterizedTest
  @ValueSource(strings = {"q\"q", "a\",\"run_id\":\"z", "b\\nq", "u\\u0041q", "nl\nq", "b\\", "ä"})
  void stages_nameThatJsonWouldEscape_areNotFamiliar(String name) {
    byte[] plan =
        new String(PLAN, StandardCharsets.UTF_8)
            .replace("\"" + RUN + "\"", "\"" + name + "\"")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(FamiliarPlan.stages(plan, name)).isEmpty();
  }

  @Property(tries = 10_000)
  void stages_anyByteReplaced_areThoseOfAGoodPlanOrUnfamiliar(
      @ForAll @IntRange(max = 5000) int at, @ForAll byte with) throws RecordException {
    byte[] bytes = PLAN.clone();
    bytes[at % bytes.length] = with;
    assertGood(bytes);
  }

  @Property(tries = 3_000)
  void stages_anyPartLeftOut_areThoseOfAGoodPlanOrUnfamiliar(
      @ForAll @IntRange(max = 5000) int from, @ForAll @IntRange(min = 1, max = 400) int count)
      throws RecordException {
    int start = from % PLAN.length;
    int end = Math.min(PLAN.length, start + count);
    byte[] bytes = new byte[PLAN.length - (end - start)];
    System.arraycopy(PLAN, 0, bytes, 0, start);
    System.arraycopy(PLAN, end, bytes, start, PLAN.length - end);
    assertGood(bytes);
  }

  private static void assertGood(byte[] bytes) throws RecordException {
    Optional<Set<String>> stages = FamiliarPlan.stages(bytes, RUN);
    if (stages.isPresent()) {
      assertThat(stages.get()).isEqualTo(goodStages(bytes));
    }
  }

  /** As a parser reads them; fails for what would be a problem. */
  private static Set<String> goodStages(byte[] bytes) throws RecordException {
    JsonObject plan = (JsonObject) JsonFiles.parse(bytes);
    Set<String> stages = new TreeSet<>();
    for (var entry : ((JsonArray) plan.members().get("entries")).items()) {
      assertThat(JsonFiles.text((JsonObject) entry, "run_id")).contains(RUN);
      stages.add(JsonFiles.text((JsonObject) entry, "stage_id").orElseThrow());
    }
    assertThat(JsonFiles.number(plan, "total_stages")).contains((double) stages.size());
    return stages;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
