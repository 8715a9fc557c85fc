package dev.assay.worker.storage;

import java.util.Map;
import java.util.Optional;

/** Which database a process works with. What the variables mean: docs/deploy.md. */
public sealed interface DatabaseSettings {
  /** Names the database for commands and workers; role assay_writer. */
  String WRITER_URL = "ASSAY_DB_URL";

  /** Names it for commands that only read; role assay_reader. */
  String READER_URL = "ASSAY_DB_READER_URL";

  /** Names it for {@code assay db migrate} alone. */
  String OWNER_URL = "ASSAY_DB_OWNER_URL";

  /** The database of the home's own server. */
  record Embedded() implements DatabaseSettings {}

  /**
   * A database that somebody else keeps; at least one of the two is there.
   *
   * @param writer for whoever writes
   * @param reader for who only reads; {@code writer} serves if there is none
   */
  record External(Optional<DatabaseAddress> writer, Optional<DatabaseAddress> reader)
      implements DatabaseSettings {
    public External {
      if (writer.isEmpty() && reader.isEmpty()) {
        throw new IllegalArgumentException("an external database needs an address");
      }
    }
  }

  /**
   * What the environment says; an empty variable counts as none. Connects to nothing.
   *
   * @throws DatabaseSettingsException if a variable or a file that it names can't be used; the
   *     message holds no secret
   */
  static DatabaseSettings from(Map<String, String> environment) {
    Optional<DatabaseAddress> writer =
        address(environment, WRITER_URL, DatabaseRole.WRITER, Optional.of(DatabaseRole.WRITER));
    Optional<DatabaseAddress> reader =
        address(environment, READER_URL, DatabaseRole.READER, Optional.of(DatabaseRole.READER));
    return writer.isEmpty() && reader.isEmpty() ? new Embedded() : new External(writer, reader);
  }

  /**
   * Where {@code assay db migrate} works.
   *
   * @throws DatabaseSettingsException as {@link #from} does, and if it isn't named
   */
  static DatabaseAddress owner(Map<String, String> environment) {
    return address(environment, OWNER_URL, DatabaseRole.OWNER, Optional.empty())
        .orElseThrow(
            () ->
                new DatabaseSettingsException(
                    "%s isn't set: it names the external database and a role that may create schemas and roles, as postgresql://ROLE@HOST/DATABASE. A home's own database needs no migrating: each command does it"
                        .formatted(OWNER_URL)));
  }

  private static Optional<DatabaseAddress> address(
      Map<String, String> environment,
      String variable,
      DatabaseRole role,
      Optional<DatabaseRole> user) {
    return Secrets.value(environment, variable)
        .map(
            url -> {
              DatabaseUrl parsed = DatabaseUrl.parse(variable, url);
              return DatabaseAddress.of(
                  variable,
                  parsed,
                  user.map(DatabaseRole::sqlName),
                  parsed.password().or(() -> Secrets.password(environment, role)));
            });
  }
}
