package dev.assay.model.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.remedy.Corrections.MetricValue;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.Source;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorrectionsTest {
  private static final Sha256 DOCUMENT = Sha256.of(new byte[] {1});

  private static Run run() {
    RunBuilder run = new RunBuilder(new Source("mlflow", "a"), "r-1").tag("team", "vision");
    run.metric("loss").add(1, 10, 0.5).add(2, 20, Double.NaN).add(2, 21, 0.3).add(3, 30, 0.2);
    return run.build();
  }

  private static Corrections of(List<MetricValue> values, Map<String, String> tags) {
    return new Corrections(values, new TreeMap<>(tags));
  }

  @Test
  void applyTo_metricAndTags_changesThemAndNamesTheDocument() {
    Corrections corrections =
        of(List.of(new MetricValue("loss", 2, 0.25)), Map.of("team", "sound", "git.commit", "abc"));
    Run corrected = corrections.applyTo(run(), DOCUMENT);

    assertThat(RunDiff.between(run(), corrected).changes())
        .extracting(change -> change.where() + "=" + change.after().orElse("-"))
        .containsExactly(
            "tags.assay.derived=correct:" + DOCUMENT.hex(),
            "tags.git.commit=abc",
            "tags.team=sound",
            "metrics.loss[step 2]=0.25",
            "metrics.loss[step 2]=-");
    assertThat(corrected.identity()).isEqualTo(run().identity());
    assertThat(Derived.document(corrected, Remedy.Kind.CORRECT)).contains(DOCUMENT);
    assertThat(Derived.document(corrected, Remedy.Kind.RECOMPUTE_SUMMARY)).isEmpty();
    assertThat(corrections.holdIn(corrected)).isTrue();
    assertThat(corrections.holdIn(run())).isFalse();
  }

  @Test
  void applyTo_twice_givesOneDigest() {
    Corrections corrections = of(List.of(new MetricValue("loss", 1, -0.0)), Map.of());
    assertThat(RunCodec.encode(corrections.applyTo(run(), DOCUMENT)).digest())
        .isEqualTo(RunCodec.encode(corrections.applyTo(run(), DOCUMENT)).digest())
        .isNotEqualTo(
            RunCodec.encode(corrections.applyTo(run(), Sha256.of(new byte[] {2}))).digest());
  }

  @Test
  void applyTo_pointThatIsNotThere_addsNoEvidence() {
    for (MetricValue value :
        List.of(new MetricValue("loss", 9, 1.0), new MetricValue("acc", 1, 1.0))) {
      assertThatThrownBy(() -> of(List.of(value), Map.of()).applyTo(run(), DOCUMENT))
          .isInstanceOf(RemedyException.class)
          .hasMessageContaining("at step " + value.step());
    }
  }

  @Test
  void corrections_noneTwoOfOnePlaceOursOrNotFinite_areRefused() {
    assertThatThrownBy(() -> of(List.of(), Map.of())).isInstanceOf(RemedyException.class);
    assertThatThrownBy(
            () -> of(List.of(new MetricValue("a", 1, 1), new MetricValue("a", 1, 2)), Map.of()))
        .isInstanceOf(RemedyException.class);
    assertThatThrownBy(() -> of(List.of(), Map.of("assay.derived", "x")))
        .isInstanceOf(RemedyException.class);
    assertThatThrownBy(() -> of(List.of(), Map.of("git.author.email", "x")))
        .isInstanceOf(RemedyException.class)
        .hasMessageContaining("whose run it is");
    assertThatThrownBy(() -> new MetricValue("a", 1, Double.NaN))
        .isInstanceOf(RemedyException.class);
  }

  @Test
  void statement_writtenAndReadBack_isTheSame() {
    CorrectionStatement statement = statement();
    assertThat(CorrectionStatement.of(Statement.parse(statement.statement().encode())))
        .isEqualTo(statement);
  }

  @Test
  void statement_ofAnotherFormOrSubject_isRefused() {
    Statement good = statement().statement();
    for (Statement bad :
        List.of(
            new Statement("run/x", good.digest(), good.predicateType(), good.predicate()),
            new Statement(good.subject(), good.digest(), "urn:other", good.predicate()),
            new Statement(
                good.subject(),
                good.digest(),
                good.predicateType(),
                good.predicate().with("extra", "x")),
            new Statement(
                good.subject(),
                good.digest(),
                good.predicateType(),
                good.predicate().with("tags", JsonObject.EMPTY.with("assay.x", "y"))))) {
      assertThatThrownBy(() -> CorrectionStatement.of(bad)).isInstanceOf(StatementException.class);
    }
  }

  private static CorrectionStatement statement() {
    return new CorrectionStatement(
        "assay/main/x",
        "c-1",
        Sha256.of(new byte[] {3}),
        of(List.of(new MetricValue("loss", Long.MIN_VALUE, 0.1)), Map.of("team", "sound")),
        Sha256.of(new byte[] {4}));
  }
}
