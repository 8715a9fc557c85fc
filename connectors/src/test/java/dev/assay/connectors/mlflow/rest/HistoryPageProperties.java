package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HistoryPageProperties {
  private final RunDraft draft = draft();

  private static RunDraft draft() {
    return new RunDraft(new Source("mlflow", "x"), "e", "r");
  }

  private List<Double> values(String recording) throws ReplyException {
    return HistoryPage.read(bytes(FakeServer.recording(recording)), draft, "m").points().stream()
        .map(HistoryPage.Point::value)
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Example
  void read_recordedPages_giveTheirPoints() throws ReplyException {
    assertThat(values("history.nan.json")).contains(Double.NaN).hasSize(12);
    HistoryPage.Read page =
        HistoryPage.read(bytes(FakeServer.recording("history.page1.json")), draft, "p");
    assertThat(page.points()).hasSize(5);
    assertThat(page.next()).contains("eyJvZmZzZXQiOiA1fQ==");
    assertThat(
            HistoryPage.read(
                bytes(FakeServer.recording("history.unknown-metric.json")), draft, "none"))
        .isEqualTo(new HistoryPage.Read(List.of(), Optional.empty()));
  }

  @Example
  void read_largestDouble_countsAsInfinite() throws ReplyException {
    assertThat(values("history.inf.json")).contains(Double.POSITIVE_INFINITY);
  }

  @Example
  void read_unsortedWithTwoValuesAtAStep_allStay() throws ReplyException {
    assertThat(values("history.dup_steps.json")).containsExactly(0.9, 1.0, 0.5, 0.7);
  }

  @Example
  void read_integersAsText_andSpecialValues_areTaken() throws ReplyException {
    String page =
        """
        {"metrics": [
          {"key": "m", "value": "-Infinity", "timestamp": "5", "step": "9223372036854775807"},
          {"key": "m", "value": 9007199254740993, "timestamp": 6, "step": -3}]}
        """;
    assertThat(HistoryPage.read(bytes(page), draft, "m").points())
        .containsExactly(
            new HistoryPage.Point(Long.MAX_VALUE, 5000, Double.NEGATIVE_INFINITY),
            new HistoryPage.Point(-3, 6000, 9007199254740992.0));
  }

  @Example
  void read_pointsThatAreNone_areProblemsAndTheOthersStay() throws ReplyException {
    for (String bad :
        List.of(
            "{\"value\": \"high\", \"timestamp\": 1, \"step\": 0}",
            "{\"timestamp\": 1, \"step\": 0}",
            "{\"value\": 1, \"step\": 0}",
            "{\"value\": 1, \"timestamp\": 1, \"step\": 1.5}",
            "{\"value\": {\"x\": 1}, \"timestamp\": 1, \"step\": 0}",
            "{\"value\": 1, \"timestamp\": 253402300800000, \"step\": 0}",
            "{\"value\": 1, \"timestamp\": 1, \"step\": 9223372036854775808}")) {
      RunDraft fresh = draft();
      byte[] page = bytes("{\"metrics\": [%s, {\"value\": 2, \"timestamp\": 1}]}".formatted(bad));
      assertThat(HistoryPage.read(page, fresh, "m").points())
          .containsExactly(new HistoryPage.Point(0, 1000, 2));
      assertThat(fresh.build().problems()).as(bad).hasSize(1);
    }
  }

  @Property(tries = 500)
  void read_anyText_onlyItsOwnException(@ForAll String text) {
    try {
      HistoryPage.read(bytes(text), draft, "m");
    } catch (ReplyException e) {
      assertThat(e).hasMessageContaining("metrics/get-history");
    }
  }

  @Property(tries = 500)
  void read_cutOffAnywhere_onlyItsOwnException(@ForAll int at) {
    byte[] page = bytes(FakeServer.recording("history.page1.json"));
    try {
      HistoryPage.read(Arrays.copyOf(page, Math.floorMod(at, page.length)), draft, "m");
    } catch (ReplyException e) {
      assertThat(e).hasMessageContaining("metrics/get-history");
    }
  }
}
