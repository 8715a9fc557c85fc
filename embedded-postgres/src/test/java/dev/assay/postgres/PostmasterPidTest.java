package dev.assay.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterPidTest {
  /** As a PostgreSQL 18.6 wrote it, with another folder. */
  private static final String READY =
      """
      9931
      /srv/assay/pg/data
      1795358411
      40763

      127.0.0.1
       10289321         4
      ready  \s
      """;

  @Test
  void parse_runningServer_isReady() {
    assertThat(PostmasterPid.parse(READY)).contains(new PostmasterPid(9931, 40763, true));
  }

  @Test
  void parse_startingServer_isNotReady() {
    assertThat(PostmasterPid.parse(READY.replace("ready", "starting")))
        .contains(new PostmasterPid(9931, 40763, false));
  }

  @Test
  void parse_withoutStatus_isNotReady() {
    assertThat(PostmasterPid.parse("9931\n/data\n1\n40763\n"))
        .contains(new PostmasterPid(9931, 40763, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9931",
        "9931\n/data\n1\n",
        "x\n/data\n1\n40763\n",
        "-9931\n/data\n1\n40763\n",
        "0\n/data\n1\n40763\n",
        "9931\n/data\n1\n0\n",
        "9931\n/data\n1\n65536\n",
        "9931\n/data\n1\nport\n"
      })
  void parse_incompleteOrDamaged_isEmpty(String content) {
    assertThat(PostmasterPid.parse(content)).isEmpty();
  }

  @Property
  void parse_anyText_neverFails(@ForAll @StringLength(max = 200) String content) {
    PostmasterPid.parse(content).ifPresent(pid -> assertThat(pid.port()).isBetween(1, 0xffff));
  }
}
