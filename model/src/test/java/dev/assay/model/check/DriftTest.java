package dev.assay.model.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy: {@code resources/drift/make_drift.py} made the table. */
class DriftTest {
  private static final double CLOSE = 1e-9;

  record Line(
      String name,
      int bins,
      double psi,
      double ks,
      double probability,
      double[] baseline,
      double[] sample) {
    static Line parse(String text) {
      String[] cells = text.split("\t", -1);
      return new Line(
          cells[0],
          Integer.parseInt(cells[1]),
          cells[2].equals("nan") ? Double.NaN : Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          values(cells[5]),
          values(cells[6]));
    }

    private static double[] values(String text) {
      return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).sorted().toArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Line> table() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/drift/drift.tsv")).stream()
        .map(Line::parse)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("table")
  void psi_ofTheTable_isWhatScipyFinds(Line line) {
    if (Double.isNaN(line.psi)) {
      assertThat(Drift.psi(line.baseline, line.sample, line.bins)).isEmpty();
    } else {
      assertThat(Drift.psi(line.baseline, line.sample, line.bins).orElseThrow())
          .isCloseTo(line.psi, within(CLOSE));
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void ks_ofTheTable_isWhatScipyFinds(Line line) {
    double ks = Drift.ks(line.baseline, line.sample);
    assertThat(ks).isCloseTo(line.ks, within(CLOSE));
    assertThat(Drift.ksProbability(ks, line.baseline.length, line.sample.length))
        .isCloseTo(line.probability, within(CLOSE));
  }

  @Property(tries = 500)
  void statistics_anySamples_areWithinTheirRange(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 60) int m,
      @ForAll @IntRange(min = 2, max = 20) int bins) {
    Random random = new Random(seed);
    double[] a = random.doubles(n).map(v -> Math.rint(v * 20)).sorted().toArray();
    double[] b = random.doubles(m).map(v -> Math.rint(v * 30)).sorted().toArray();

    assertThat(Drift.ks(a, b)).isBetween(0.0, 1.0).isEqualTo(Drift.ks(b, a));
    assertThat(Drift.ks(a, a)).isZero();
    assertThat(Drift.ksProbability(Drift.ks(a, b), n, m)).isBetween(0.0, 1.0);
    Drift.psi(a, b, bins).ifPresent(psi -> assertThat(psi).isNotNegative().isFinite());
    Drift.psi(a, a, bins).ifPresent(psi -> assertThat(psi).isZero());
  }
}
