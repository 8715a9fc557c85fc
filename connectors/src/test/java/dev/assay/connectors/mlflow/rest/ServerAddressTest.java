package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RecordException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://h, http://h/x, true",
    "http://h, http://h:80/x, true",
    "http://h, https://h/x, true",
    "http://h:5000, http://h:5000/x, true",
    "https://h, http://h/x, false",
    "http://h:5000, http://h:5001/x, false",
    "http://h, http://h.evil/x, false",
    "http://h, http://evil/h, false",
    "http://h, ftp://h/x, false",
    "http://h, file:/x, false"
  })
  void mayRedirectTo_otherPlaces_onlyTheSameServer(String from, String to, boolean may)
      throws RecordException {
    assertThat(ServerAddress.parse(from).mayRedirectTo(URI.create(to))).isEqualTo(may);
  }

  @Test
  void api_pathAndQuery_areBelowTheServersPathAndEncoded() throws RecordException {
    assertThat(ServerAddress.parse("http://h:1/mlflow//").api("a/b", Map.of("k", "ü &=/+")))
        .hasToString("http://h:1/mlflow/api/2.0/a/b?k=%C3%BC%20%26%3D%2F%2B");
  }

  @Test
  void holds_runsOfAServerWhoseAddressBeginsAlike_isFalse() throws RecordException {
    ServerAddress address = ServerAddress.parse("http://h:500");
    assertThat(address.holds(address.run("1", "r"))).isTrue();
    assertThat(address.holds(ServerAddress.parse("http://h:5000").run("1", "r"))).isFalse();
  }
}
