package dev.assay.model.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.Source;
import org.junit.jupiter.api.Test;

class SummaryRecomputationTest {
  private static final Sha256 DIGEST = Sha256.of(new byte[] {1});
  private static final String FILE = "run_summary.json";

  private static RunBuilder run(String system) {
    return new RunBuilder(new Source(system, "a"), "r-1");
  }

  @Test
  void applyTo_differences_goAndOtherProblemsStay() {
    Run run =
        run("rustorch")
            .problem(FILE, "'loss'.last is 0.0001, the record gives 0.053212587")
            .problem(FILE, "total_records is missing, metrics.jsonl gives 40")
            .problem(FILE, "metric 'x' isn't in metrics.jsonl")
            .problem(FILE, "status is 'a', run.json has 'b'")
            .problem(FILE, "created_at_unix is 1, run.json gives 2")
            .problem("metrics.jsonl:4", "'loss'.last is 1, the record gives 2")
            .build();
    SummaryRecomputation found = SummaryRecomputation.of(run, DIGEST);
    Run derived = found.applyTo(run);

    assertThat(derived.problems())
        .extracting(Problem::what)
        .containsExactly(
            "'loss'.last is 1, the record gives 2",
            "created_at_unix is 1, run.json gives 2",
            "status is 'a', run.json has 'b'");
    assertThat(Derived.document(derived, Remedy.Kind.RECOMPUTE_SUMMARY)).contains(found.digest());
    assertThat(Sha256.of(found.encode())).isEqualTo(found.digest());
  }

  @Test
  void of_problemThatOnlyLooksLikeOne_isRefused() {
    for (Run run :
        new Run[] {
          run("rustorch").build(),
          run("assay").problem(FILE, "'loss'.last is 1, the record gives 2").build(),
          run("rustorch")
              .problem(FILE, "status is 'x is missing, the record gives 1', run.json has 'y'")
              .build(),
          run("rustorch").problem(FILE, "not JSON").build()
        }) {
      assertThatThrownBy(() -> SummaryRecomputation.of(run, DIGEST))
          .isInstanceOf(RemedyException.class);
    }
  }
}
