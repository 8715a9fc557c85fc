package dev.assay.worker.storage;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A database's URL, taken apart: as JDBC writes it ({@code jdbc:postgresql://HOST/DATABASE?…};
 * pgJDBC's documentation, "Connecting to the Database") or as libpq does ({@code
 * postgresql://USER:PASSWORD@HOST/DATABASE?…}; PostgreSQL's manual, 32.1.1.2). Hosts may be
 * several. No message repeats the URL: it may hold a password at a place where none belongs.
 *
 * @param hosts {@code HOST[:PORT]}, separated by commas
 * @param parameters for the driver, by its names; decoded
 */
record DatabaseUrl(
    String hosts,
    String database,
    Optional<String> user,
    Optional<Secret> password,
    Map<String, String> parameters) {
  private static final int MAX_LENGTH = 4_096;

  private static final Pattern HOSTS =
      Pattern.compile(
          "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?"
              + "(?:,(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?)*");

  DatabaseUrl {
    parameters = new LinkedHashMap<>(parameters);
  }

  static DatabaseUrl parse(String variable, String text) {
    if (text.length() > MAX_LENGTH) {
      throw refused(variable, "is longer than %d characters".formatted(MAX_LENGTH));
    }
    try {
      String url = text.strip();
      for (String prefix : new String[] {"postgresql://", "postgres://"}) {
        if (url.startsWith(prefix)) {
          return libpq(variable, url.substring(prefix.length()));
        }
      }
      if (url.startsWith("jdbc:postgresql://")) {
        return jdbc(variable, url.substring("jdbc:postgresql://".length()));
      }
    } catch (IllegalArgumentException e) {
      throw refused(variable, "has a % that isn't followed by two hex digits");
    }
    throw refused(variable, "is no URL of a PostgreSQL database");
  }

  private static DatabaseUrl libpq(String variable, String rest) {
    Parts parts = Parts.of(rest);
    int at = parts.authority().lastIndexOf('@');
    String[] account = parts.authority().substring(0, Math.max(at, 0)).split(":", 2);
    Map<String, String> given = new LinkedHashMap<>();
    if (!account[0].isEmpty()) {
      given.put("user", decoded(account[0]));
    }
    if (account.length == 2 && !account[1].isEmpty()) {
      given.put("password", decoded(account[1]));
    }
    String hosts = parts.authority().substring(at + 1);
    requirePlace(variable, hosts, parts.path());
    parts.parameters().forEach((name, value) -> given.put(name, decoded(value)));
    return of(hosts, decoded(parts.path()), LibpqParameters.forDriver(variable, given));
  }

  private static DatabaseUrl jdbc(String variable, String rest) {
    Parts parts = Parts.of(rest);
    if (parts.authority().contains("@")) {
      throw refused(
          variable, "has a user before its host, which a JDBC URL has in ?user=…&password=…");
    }
    requirePlace(variable, parts.authority(), parts.path());
    Map<String, String> given = new LinkedHashMap<>();
    parts
        .parameters()
        .forEach(
            (name, value) -> given.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8)));
    return of(parts.authority(), URLDecoder.decode(parts.path(), StandardCharsets.UTF_8), given);
  }

  private static DatabaseUrl of(String hosts, String database, Map<String, String> given) {
    Optional<String> user = Optional.ofNullable(given.remove("user"));
    Optional<Secret> password = Optional.ofNullable(given.remove("password")).map(Secret::new);
    return new DatabaseUrl(hosts, database, user, password, given);
  }

  private static void requirePlace(String variable, String hosts, String database) {
    if (!HOSTS.matcher(hosts).matches()) {
      throw refused(
          variable,
          "has no usable host (a name or address, :PORT if it isn't 5432; characters such as @ : / in a password are written as %40 %3A %2F)");
    }
    if (database.isEmpty()) {
      throw refused(variable, "names no database");
    }
  }

  /** libpq's way: a plus sign is itself. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static DatabaseSettingsException refused(String variable, String why) {
    return new DatabaseSettingsException(
        "%s %s; write postgresql://ROLE@HOST:PORT/DATABASE?sslmode=verify-full or jdbc:postgresql://HOST:PORT/DATABASE?user=ROLE&sslmode=verify-full"
            .formatted(variable, why));
  }

  /** With a parameter that the URL doesn't have. */
  DatabaseUrl withDefault(String name, String value) {
    if (parameters.containsKey(name)) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new DatabaseUrl(hosts, database, user, password, more);
  }

  /** For the driver; holds no account. */
  String jdbcUrl() {
    return "jdbc:postgresql://%s/%s?%s"
        .formatted(
            hosts,
            encoded(database),
            parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Hosts and database. */
  String place() {
    return "%s/%s".formatted(hosts, encoded(database));
  }

  /** A URL's parts, still encoded. */
  private record Parts(String authority, String path, Map<String, String> parameters) {
    static Parts of(String rest) {
      int question = rest.indexOf('?');
      String before = question < 0 ? rest : rest.substring(0, question);
      int slash = before.indexOf('/');
      Map<String, String> parameters = new LinkedHashMap<>();
      if (question >= 0) {
        for (String parameter : rest.substring(question + 1).split("&", -1)) {
          String[] pair = parameter.split("=", 2);
          if (!pair[0].isEmpty()) {
            parameters.put(pair[0], pair.length == 2 ? pair[1] : "");
          }
        }
      }
      return new Parts(
          slash < 0 ? before : before.substring(0, slash),
          slash < 0 ? "" : before.substring(slash + 1),
          parameters);
    }
  }
}
