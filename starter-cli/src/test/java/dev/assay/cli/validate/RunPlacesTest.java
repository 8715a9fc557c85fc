package dev.assay.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Severity;
import dev.assay.registry.PlanRow;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlacesTest {
  private static final RunPlaces PLACES = new RunPlaces(Path.of("/repo"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record   | /repo/runs/a      | 2 problems; first: metrics.jsonl:9: broken | runs/a/metrics.jsonl:9",
        "record   | /repo/runs/a      | 1 problem; first: run.json: not JSON: x:3: | runs/a/run.json",
        "record   | /repo/r.jsonl     | 1 problem; first: r.jsonl:3: unknown key   | r.jsonl:3",
        "record   | /elsewhere/a      | 1 problem; first: m:0: x                   | /elsewhere/a/m",
        "record   | /repo/a           | 1 problem; first: ../../etc/x:1: y         | /etc/x:1",
        "artifact | /repo/runs/a      | model/w.bin: gone                          | runs/a/artifacts/model/w.bin",
        "artifact | /repo/runs/a      | no file matches model/**                   | runs/a",
        "metric   | /repo/runs/a      | 1 problem; first: m:9: x                   | runs/a",
        "metric   | /repo/ml.db#0a1b  | missing                                    | ml.db",
        "record   | https://h/api#r   | 1 problem; first: runs:9: x                | https://h/api"
      })
  void of_finding_isTheFileAndLineThatItNames(
      String type, String source, String observed, String place) {
    assertThat(PLACES.of(row(source), type, finding(CheckVerdict.FAIL, observed)))
        .hasToString(place);
  }

  @Test
  void of_pass_isWhereTheRunWasRead() {
    assertThat(PLACES.of(row("/repo/a"), "artifact", finding(CheckVerdict.PASS, "w: gone")))
        .hasToString("a");
  }

  private static PlanRow row(String source) {
    return new PlanRow(
        0,
        new RunIdentity("mlflow", "e", "r"),
        Sha256.of(new byte[0]),
        source,
        Optional.empty(),
        Optional.empty());
  }

  private static Finding finding(CheckVerdict verdict, String observed) {
    return new Finding("s", "c", Severity.BLOCK, verdict, observed, "", "m");
  }
}
