package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.programs.NeedsIsolation;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.verdict.Finding;
import dev.assay.registry.PlanRow;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of real runs: what they showed once is what the runs are judged by. */
@NeedsIsolation
@Timeout(180)
class ObservingActivitiesTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: programs
      stages:
        - {id: record, checks: [{id: readable, type: record}]}
        - id: programs
          needs: [record]
          checks:
            - {id: clock, type: command, run: [date, +%N]}
            - {id: tags, type: command, run: [sh, -c, 'grep -q tags && exit 1']}
      """;

  @TempDir private Path folder;

  @Test
  void observe_runsThatAreReached_areObservedAndJudgedByIt() {
    try (PlannedRuns runs = runs()) {
      runs.judge(runs.observe());

      Map<Integer, Map<String, Sha256>> index = index(runs);
      List<Integer> readable =
          IntStream.range(0, PlannedRuns.RUNS)
              .filter(ordinal -> !findings(runs, ordinal).get(1).observed().startsWith("record/"))
              .boxed()
              .toList();
      assertThat(readable).hasSizeBetween(5, PlannedRuns.RUNS - 1);
      assertThat(index).containsOnlyKeys(readable);
      for (int ordinal : readable) {
        Sha256 digest = observation(index, ordinal, "tags");
        Observation tags = document(runs, digest);
        assertThat(tags.runDigest()).isEqualTo(row(runs, ordinal).runDigest());
        assertThat(tags.seen()).isInstanceOf(Seen.Exited.class);
        assertThat(findings(runs, ordinal).get(2).observed())
            .isEqualTo("exit 1, observation " + digest.hex());
      }
    }
  }

  /** As the engine does when the reply was lost: no program runs again. */
  @Test
  void observe_again_keepsWhatWasObserved() {
    try (PlannedRuns runs = runs()) {
      ObservedShard first = runs.observe();
      Map<Integer, Map<String, Sha256>> before = index(runs);

      assertThat(runs.observe().observationsRoot()).isEqualTo(first.observationsRoot());
      assertThat(index(runs)).isEqualTo(before);
    }
  }

  /** As after a worker that was killed half-way: what it had made stays, and the rest is made. */
  @Test
  void observe_afterHalfOfIt_makesTheRest() throws Exception {
    try (PlannedRuns runs = runs()) {
      runs.observe();
      Map<Integer, Map<String, Sha256>> before = index(runs);
      runs.tamper("DELETE FROM registry.observation WHERE check_id = 'tags' OR ordinal % 2 = 0");

      runs.judge(runs.observe());

      Map<Integer, Map<String, Sha256>> after = index(runs);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      for (int ordinal : after.keySet()) {
        assertThat(observation(after, ordinal, "tags"))
            .isEqualTo(observation(before, ordinal, "tags"));
        if (ordinal % 2 == 1) {
          assertThat(observation(after, ordinal, "clock"))
              .isEqualTo(observation(before, ordinal, "clock"));
        }
      }
    }
  }

  @Test
  void judge_observationThatWasTakenAway_isRefused() throws Exception {
    try (PlannedRuns runs = runs()) {
      ObservedShard observed = runs.observe();
      runs.tamper("DELETE FROM registry.observation WHERE check_id = 'tags'");

      assertThatThrownBy(() -> runs.judge(observed))
          .hasStackTraceContaining("the note is about something else");
    }
  }

  @Test
  void judge_observationOfAnotherCheck_isRefused() throws Exception {
    try (PlannedRuns runs = runs()) {
      ObservedShard observed = runs.observe();
      runs.judge(observed);
      runs.tamper(
          """
          UPDATE registry.observation o SET digest =
            (SELECT digest FROM registry.observation WHERE check_id = 'clock' AND ordinal = o.ordinal)
          WHERE check_id = 'tags'
          """);

      assertThatThrownBy(runs::judge)
          .hasStackTraceContaining("the observation of check tags is one of check clock");
    }
  }

  @Test
  void judge_observationsThatNobodySigned_areRefused() {
    try (PlannedRuns runs = runs()) {
      ObservedShard observed = runs.observe();
      SignedShard judged = runs.judge(observed);
      ObservedShard forged =
          new ObservedShard(observed.shard(), observed.observationsRoot(), judged.note());

      assertThatThrownBy(() -> runs.judge(forged)).hasStackTraceContaining("ResultForged");
    }
  }

  /** Who gets round the programs gets no verdict by it. */
  @Test
  void judge_withoutObservation_isIndeterminate() {
    try (PlannedRuns runs = runs()) {
      runs.judge();

      assertThat(
              IntStream.range(0, PlannedRuns.RUNS)
                  .mapToObj(ordinal -> findings(runs, ordinal).get(1).observed()))
          .contains("not observed")
          .noneMatch(observed -> observed.startsWith("exit"));
    }
  }

  private PlannedRuns runs() {
    return new PlannedRuns(
        folder.resolve("key.pem"),
        PolicyReader.read(POLICY.getBytes(StandardCharsets.UTF_8), "p.yaml"));
  }

  private static Map<Integer, Map<String, Sha256>> index(PlannedRuns runs) {
    return Map.copyOf(
        runs.registry().observations().read(runs.request().workflowId(), 0, PlannedRuns.RUNS));
  }

  private static Sha256 observation(
      Map<Integer, Map<String, Sha256>> index, int ordinal, String check) {
    return Objects.requireNonNull(Objects.requireNonNull(index.get(ordinal)).get(check));
  }

  private static Observation document(PlannedRuns runs, Sha256 digest) {
    return Observation.fromJson(
        JsonReader.read(runs.registry().documents().find(digest).orElseThrow().bytes()));
  }

  private static PlanRow row(PlannedRuns runs, int ordinal) {
    return runs.registry()
        .plans()
        .shard(runs.request().workflowId(), ordinal, ordinal + 1)
        .getFirst();
  }

  private static List<Finding> findings(PlannedRuns runs, int ordinal) {
    String workflowId = runs.request().workflowId();
    return runs.registry()
        .judgements()
        .read(workflowId, ordinal, ordinal + 1)
        .getFirst()
        .judgement(runs.registry().plans().checks(workflowId), row(runs, ordinal))
        .findings();
  }
}
