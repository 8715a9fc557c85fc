package dev.assay.worker.storage;

import java.time.Duration;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database, and who one is there. Nothing of it that is printed holds a password.
 *
 * @param variable the environment variable that named it
 * @param jdbcUrl for the driver, with all of its parameters; without user and password
 * @param place hosts and database, for messages
 * @param user the role to log in as
 * @param password empty if the driver finds one (a {@code .pgpass} file, a certificate)
 */
public record DatabaseAddress(
    String variable, String jdbcUrl, String place, String user, Optional<Secret> password) {
  /** How long a server may take to accept a connection; it may be on another continent. */
  static final Duration CONNECT = Duration.ofSeconds(10);

  static DatabaseAddress of(
      String variable, DatabaseUrl url, Optional<String> defaultUser, Optional<Secret> password) {
    return new DatabaseAddress(
        variable,
        url.withDefault("connectTimeout", Long.toString(CONNECT.toSeconds()))
            .withDefault("loginTimeout", Long.toString(CONNECT.toSeconds()))
            .withDefault("tcpKeepAlive", "true")
            .withDefault("ApplicationName", "assay")
            .jdbcUrl(),
        url.place(),
        url.user()
            .or(() -> defaultUser)
            .orElseThrow(
                () ->
                    new DatabaseSettingsException(
                        "%s names no role: write postgresql://ROLE@HOST/DATABASE"
                            .formatted(variable))),
        password);
  }

  /** Connections that are made when asked for. */
  PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    password.ifPresent(secret -> source.setPassword(secret.value()));
    return source;
  }

  /** The address as people write it, for messages. */
  @Override
  public String toString() {
    return "postgresql://%s@%s".formatted(user, place);
  }
}
