package dev.assay.worker.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What libpq's parameters (PostgreSQL's manual, 32.1.2) are called in pgJDBC. */
final class LibpqParameters {
  private static final Map<String, String> SAME_MEANING =
      Map.ofEntries(
          Map.entry("user", "user"),
          Map.entry("password", "password"),
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("application_name", "ApplicationName"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("options", "options"));

  /** Only servers that can be written to make sense here, and whichever there is. */
  private static final String SERVERS = "target_session_attrs";

  private static final Map<String, String> SERVER_KINDS =
      Map.of("any", "any", "read-write", "primary", "primary", "primary");

  private LibpqParameters() {}

  static Map<String, String> forDriver(String variable, Map<String, String> given) {
    Map<String, String> driver = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (name.equals(SERVERS)) {
            driver.put("targetServerType", serverKind(variable, value));
          } else if (name.equals("sslrootcert") && value.equals("system")) {
            driver.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
          } else {
            driver.put(
                Optional.ofNullable(SAME_MEANING.get(name))
                    .orElseThrow(() -> unknown(variable, name)),
                value);
          }
        });
    return driver;
  }

  private static String serverKind(String variable, String value) {
    return Optional.ofNullable(SERVER_KINDS.get(value))
        .orElseThrow(
            () ->
                DatabaseUrl.refused(
                    variable,
                    "has a %s that isn't one of %s"
                        .formatted(
                            SERVERS, String.join(", ", new TreeSet<>(SERVER_KINDS.keySet())))));
  }

  private static DatabaseSettingsException unknown(String variable, String name) {
    List<String> known = new ArrayList<>(new TreeSet<>(SAME_MEANING.keySet()));
    known.add(SERVERS);
    return DatabaseUrl.refused(
        variable,
        "has %s, which isn't known; known are %s, and in the JDBC form all that the driver knows"
            .formatted(
                name.matches("[A-Za-z_]{1,40}") ? "the parameter " + name : "a parameter",
                String.join(", ", known)));
  }
}
