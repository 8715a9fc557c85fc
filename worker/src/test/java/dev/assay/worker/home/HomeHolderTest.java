package dev.assay.worker.home;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeHolderTest {
  @Test
  void parse_whatAHolderWrites_comesBack() {
    HomeHolder holder = new HomeHolder(4711, "assay validate");
    assertThat(HomeHolder.parse(holder.text())).contains(holder);
    assertThat(holder).hasToString("pid 4711 (assay validate)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4711", "0\nassay", "-1\nassay", "x\nassay", "9999999999999999999\nx"})
  void parse_incompleteOrDamaged_isEmpty(String text) {
    assertThat(HomeHolder.parse(text)).isEmpty();
  }

  @Property
  void parse_anyText_neverFailsAndHoldsNoControls(@ForAll @StringLength(max = 400) String text) {
    HomeHolder.parse("7\n" + text)
        .ifPresent(
            holder ->
                assertThat(holder.command())
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotContain("\u001b"));
    HomeHolder.parse(text);
  }
}
