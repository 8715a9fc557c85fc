package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** What the environment says of a database. The driver itself reads what we make of a URL. */
class DatabaseSettingsTest {
  private static final String SECRET = "s3cr3t";

  @TempDir private Path folder;

  @Test
  void from_nothingSet_isEmbedded() {
    assertThat(DatabaseSettings.from(Map.of("ASSAY_DB_URL", "")))
        .isEqualTo(new DatabaseSettings.Embedded());
  }

  @Test
  void from_bothUrls_areToldApart() {
    var both =
        (DatabaseSettings.External)
            DatabaseSettings.from(
                Map.of(
                    "ASSAY_DB_URL", "postgresql://db/assay",
                    "ASSAY_DB_READER_URL", "postgresql://copy:5433/assay"));

    assertThat(both.writer()).hasToString("Optional[postgresql://assay_writer@db/assay]");
    assertThat(both.reader()).hasToString("Optional[postgresql://assay_reader@copy:5433/assay]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://w:p%40s%2B+@db/assay | w | p@s++ | db | 5432 | assay",
        "postgres://w@db:6543/as%20say?password=x%26y | w | x&y | db | 6543 | as say",
        "postgresql://[::1]:5433/assay?user=u&password=p | u | p | [::1] | 5433 | assay",
        "postgresql://w:p@a:1,b:2/assay | w | p | a,b | 1,2 | assay",
        "jdbc:postgresql://db:5433/assay?user=w&password=p+s%26 | w | p s& | db | 5433 | assay",
        "' jdbc:postgresql://db/assay?password=p ' | assay_writer | p | db | 5432 | assay"
      })
  void from_eachForm_driverReadsTheSame(
      String url, String user, String password, String host, String port, String database) {
    DatabaseAddress address = writer(Map.of("ASSAY_DB_URL", url));

    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).contains(new Secret(password));
    assertThat(address.jdbcUrl()).doesNotContain("password", "user");
    Properties read = Driver.parseURL(address.jdbcUrl(), new Properties());
    assertThat(read)
        .containsEntry("PGHOST", host)
        .containsEntry("PGPORT", port)
        .containsEntry("PGDBNAME", database)
        .containsEntry("connectTimeout", "10");
  }

  @Test
  void from_libpqParameters_reachTheDriverUnderItsNames() {
    DatabaseAddress address =
        writer(
            Map.of(
                "ASSAY_DB_URL",
                "postgresql://db/assay?sslmode=verify-full&sslrootcert=/ca%20s/ca.pem&connect_timeout=3&target_session_attrs=read-write&channel_binding=require"));

    assertThat(Driver.parseURL(address.jdbcUrl(), new Properties()))
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/ca s/ca.pem")
        .containsEntry("connectTimeout", "3")
        .containsEntry("targetServerType", "primary")
        .containsEntry("channelBinding", "require");
  }

  @Test
  void from_systemsCertificates_areJavas() {
    DatabaseAddress address =
        writer(
            Map.of("ASSAY_DB_URL", "postgresql://db/assay?sslmode=verify-full&sslrootcert=system"));

    assertThat(Driver.parseURL(address.jdbcUrl(), new Properties()))
        .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
        .doesNotContainKey("sslrootcert");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://w:s3cr3t@db/assay | no URL of a PostgreSQL database",
        "s3cr3t | no URL of a PostgreSQL database",
        "postgresql://w:s3cr3t@db | names no database",
        "postgresql:///assay?password=s3cr3t | no usable host",
        "postgresql://w:s3cr3t@%2Frun%2Fpostgresql/assay | no usable host",
        "postgresql://w:s3cr3t/x@db/assay | no usable host",
        "postgresql://w:s3cr3t?x@db/assay | no usable host",
        "postgresql://w:s3cr3t%@db/assay | two hex digits",
        "postgresql://db/assay?password=s3cr3t%zz | two hex digits",
        "postgresql://db/assay?sslmod=require&password=s3cr3t | the parameter sslmod",
        "postgresql://db/assay?s3cr3t@x=1 | has a parameter, which isn't known",
        "postgresql://db/assay?target_session_attrs=standby | any, primary, read-write",
        "jdbc:postgresql://w:s3cr3t@db/assay | has a user before its host",
        "jdbc:postgresql://db?password=s3cr3t | names no database",
        "jdbc:postgresql:assay?password=s3cr3t | no URL of a PostgreSQL database"
      })
  void from_badUrl_saysWhichVariableAndWhyWithoutTheSecret(String url, String why) {
    assertThatThrownBy(() -> DatabaseSettings.from(Map.of("ASSAY_DB_URL", url)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("ASSAY_DB_URL", why)
        .satisfies(e -> assertThat(e).hasMessageNotContaining(SECRET).hasNoCause());
  }

  @Property(tries = 500)
  void from_anyText_isReadOrRefused(@ForAll @StringLength(max = 60) String text) {
    for (String prefix : new String[] {"", "postgresql://", "jdbc:postgresql://db/"}) {
      try {
        DatabaseSettings.from(Map.of("ASSAY_DB_URL", prefix + text));
      } catch (DatabaseSettingsException expected) {
        assertThat(expected).hasMessageContaining("ASSAY_DB_URL");
      }
    }
  }

  @Test
  void from_passwordApart_isTakenUnlessTheUrlHasOne() throws IOException {
    Path file = Files.writeString(folder.resolve("writer"), SECRET + "\n");
    Map<String, String> named = Map.of("ASSAY_DB_WRITER_PASSWORD_FILE", file.toString());

    assertThat(writer(with(named, "postgresql://db/assay")).password())
        .contains(new Secret(SECRET));
    assertThat(writer(with(named, "postgresql://w:own@db/assay")).password())
        .contains(new Secret("own"));
    assertThat(
            writer(with(Map.of("ASSAY_DB_WRITER_PASSWORD", "p"), "postgresql://db/assay"))
                .password())
        .contains(new Secret("p"));
    assertThat(
            writer(with(Map.of("ASSAY_DB_READER_PASSWORD", "p"), "postgresql://db/assay"))
                .password())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two\nlines", "absent"})
  void from_badPasswordFile_isRefusedNamingIt(String content) throws IOException {
    Path file = folder.resolve("writer");
    if (!content.equals("absent")) {
      Files.writeString(file, content);
    }

    assertThatThrownBy(
            () ->
                DatabaseSettings.from(
                    with(
                        Map.of("ASSAY_DB_WRITER_PASSWORD_FILE", file.toString()),
                        "postgresql://db/assay")))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("ASSAY_DB_WRITER_PASSWORD_FILE", file.toString());
  }

  @Test
  void from_passwordAndItsFile_areRefused() {
    assertThatThrownBy(
            () ->
                DatabaseSettings.from(
                    with(
                        Map.of(
                            "ASSAY_DB_WRITER_PASSWORD",
                            SECRET,
                            "ASSAY_DB_WRITER_PASSWORD_FILE",
                            "f"),
                        "postgresql://db/assay")))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContaining("leave one out")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void owner_notSet_saysWhatItIs() {
    assertThatThrownBy(() -> DatabaseSettings.owner(Map.of("ASSAY_DB_URL", "postgresql://db/a")))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContaining("ASSAY_DB_OWNER_URL isn't set");
  }

  @Test
  void owner_withoutRole_isRefused() {
    assertThatThrownBy(
            () -> DatabaseSettings.owner(Map.of("ASSAY_DB_OWNER_URL", "postgresql://db/a")))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContaining("ASSAY_DB_OWNER_URL names no role");
  }

  @Test
  void toString_ofAnAddress_hidesThePassword() {
    var settings =
        DatabaseSettings.from(
            Map.of("ASSAY_DB_URL", "postgresql://w:%s@db/assay?sslmode=require".formatted(SECRET)));

    assertThat(settings.toString()).contains("db/assay").doesNotContain(SECRET);
  }

  private static DatabaseAddress writer(Map<String, String> environment) {
    return ((DatabaseSettings.External) DatabaseSettings.from(environment)).writer().orElseThrow();
  }

  private static Map<String, String> with(Map<String, String> environment, String url) {
    var all = new java.util.HashMap<>(environment);
    all.put("ASSAY_DB_URL", url);
    return all;
  }
}
