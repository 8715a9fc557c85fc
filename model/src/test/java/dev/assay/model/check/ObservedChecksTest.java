package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Observations;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.RunStatus;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObservedChecksTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: p
      stages:
        - {id: first, checks: [{id: finished, type: status, in: [FINISHED]}]}
        - id: second
          needs: [first]
          checks:
            - {id: look, type: command, run: [look]}
            - {id: rows, type: sql, query: SELECT 1, severity: warn}
        - {id: third, needs: [second], checks: [{id: late, type: command, run: [late]}]}
      """;

  private static final Evaluator EVALUATOR =
      Evaluator.compile(PolicyReader.read(POLICY.getBytes(StandardCharsets.UTF_8), "p.yaml"));

  static Stream<Arguments> seen() {
    return Stream.of(
        Arguments.of(new Seen.Exited(0, "fine", ""), CheckVerdict.PASS, "exit 0", "fine"),
        Arguments.of(
            new Seen.Exited(1, "out", "first\nlast \n"), CheckVerdict.FAIL, "exit 1", ": last"),
        Arguments.of(
            new Seen.Exited(2, "", ""), CheckVerdict.INDETERMINATE, "exit 2", "neither yes"),
        Arguments.of(
            new Seen.Nothing("it took too long"),
            CheckVerdict.INDETERMINATE,
            "nothing",
            "it took too long"),
        Arguments.of(rows("{\"rows\":[]}"), CheckVerdict.PASS, "no row", "found nothing"),
        Arguments.of(
            rows("{\"rows\":[[1,\"a\"],[2,\"b\"]]}"), CheckVerdict.FAIL, "2 rows", "[1,\"a\"]"),
        Arguments.of(
            rows("{\"more\":true,\"rows\":[[1]]}"), CheckVerdict.FAIL, "1 row and more", "[1]"),
        Arguments.of(
            rows("{\"columns\":[]}"), CheckVerdict.INDETERMINATE, "no rows", "has no rows"));
  }

  @ParameterizedTest
  @MethodSource("seen")
  void judge_whatWasSeen_decidesAndIsNamedByDigest(
      Seen seen, CheckVerdict verdict, String observed, String message) {
    Observation observation = observation(seen);

    Finding finding = findings(check -> Optional.of(observation)).get(1);

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.observed())
        .isEqualTo(observed + ", observation " + observation.digest().hex());
    assertThat(finding.message()).contains(message);
  }

  @Test
  void judge_nothingObserved_isIndeterminate() {
    assertThat(findings(Observations.NONE).subList(1, 3))
        .allMatch(
            finding ->
                finding.verdict() == CheckVerdict.INDETERMINATE
                    && finding.observed().equals("not observed"));
  }

  /** What isn't judged isn't run. */
  @Test
  void judge_stageThatIsNotReached_asksForNoObservation() {
    List<String> asked = new ArrayList<>();
    Observations failing =
        check -> {
          asked.add(check);
          return Optional.of(observation(new Seen.Exited(1, "", "")));
        };

    findings(failing);
    assertThat(asked).containsExactly("look", "rows");

    asked.clear();
    EVALUATOR.judge(Runs.evidence(Runs.empty().status(RunStatus.FAILED).build()).observed(failing));
    assertThat(asked).isEmpty();
  }

  @Test
  void judge_hugeOutput_isBounded() {
    Observation observation = observation(new Seen.Exited(1, "", "x".repeat(100_000)));

    Finding finding = findings(check -> Optional.of(observation)).get(1);

    assertThat(finding.message()).hasSizeLessThan(400);
  }

  private static List<Finding> findings(Observations observations) {
    return EVALUATOR
        .judge(
            Runs.evidence(Runs.empty().status(RunStatus.FINISHED).build()).observed(observations))
        .findings();
  }

  private static Observation observation(Seen seen) {
    return new Observation(Sha256.of(new byte[0]), "look", seen, new TreeMap<>(), new TreeSet<>());
  }

  private static Seen rows(String json) {
    return new Seen.Rows((JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
