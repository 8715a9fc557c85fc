package dev.assay.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.run.MetricSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AggregateTest {
  @Test
  void of_smallSeries_isWhatItsNameSays() {
    MetricSeries series = series(3, 1, 2, 10, 4);
    assertThat(Aggregate.FIRST.of(series)).isEqualTo(3);
    assertThat(Aggregate.LAST.of(series)).isEqualTo(4);
    assertThat(Aggregate.MIN.of(series)).isEqualTo(1);
    assertThat(Aggregate.MAX.of(series)).isEqualTo(10);
    assertThat(Aggregate.MEAN.of(series)).isEqualTo(4);
    assertThat(Aggregate.P50.of(series)).isEqualTo(3);
    assertThat(Aggregate.P95.of(series)).isEqualTo(10);
  }

  /** Nearest rank: of four values the second is the median, of twenty the 19th is p95. */
  @Test
  void of_percentiles_takeAValueThatIsThere() {
    assertThat(Aggregate.P50.of(series(1, 2, 3, 4))).isEqualTo(2);
    double[] twenty = new double[20];
    Arrays.setAll(twenty, i -> i + 1);
    assertThat(Aggregate.P95.of(series(twenty))).isEqualTo(19);
    assertThat(Aggregate.P95.of(series(7))).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(names = {"MIN", "MAX", "MEAN", "P50", "P95"})
  void of_aNanAmongThePoints_isNan(Aggregate aggregate) {
    assertThat(aggregate.of(series(1, Double.NaN, 2))).isNaN();
  }

  @Test
  void of_mean_keepsWhatAPlainSumLoses() {
    assertThat(Aggregate.MEAN.of(series(1e16, 1, 1, -1e16))).isEqualTo(0.5);
  }

  @Test
  void of_meanOfHugeValues_doesNotOverflow() {
    assertThat(Aggregate.MEAN.of(series(1.5e308, 1.5e308))).isEqualTo(1.5e308);
  }

  @Test
  void of_meanWithInfinity_isInfinite() {
    assertThat(Aggregate.MEAN.of(series(1, Double.POSITIVE_INFINITY, 2)))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Property(tries = 300)
  void of_mean_isTheExactMeanRounded(@ForAll @NotEmpty @Size(max = 50) int[] whole) {
    double[] values = Arrays.stream(whole).mapToDouble(value -> value / 7.0).toArray();
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    double exact = sum.divide(BigDecimal.valueOf(values.length), new MathContext(60)).doubleValue();
    assertThat(Aggregate.MEAN.of(series(values)))
        .isCloseTo(exact, Offset.offset(1e-12 + Math.abs(exact) * 1e-12));
  }

  private static MetricSeries series(double... values) {
    MetricSeries.Builder series = new MetricSeries.Builder();
    for (int i = 0; i < values.length; i++) {
      series.add(i, MetricSeries.NO_TIME, values[i]);
    }
    return series.build();
  }
}
