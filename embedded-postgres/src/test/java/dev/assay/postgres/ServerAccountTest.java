package dev.assay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAccountTest {
  private static final ServerAccount.Other NOBODY = new ServerAccount.Other(65534, 65534);
  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(folder.resolve("log"));
  }

  @Test
  void account_noPostgresUser_isNobody() throws IOException {
    Path passwd = folder.resolve("passwd");
    Files.writeString(passwd, "root:x:0:0::/root:/bin/sh\nnobody:x:99:98::/:/bin/false\n");
    assertThat(ServerAccount.account(passwd)).isEqualTo(new ServerAccount.Other(99, 98));
  }

  @Test
  void account_postgresUser_isPreferred() throws IOException {
    Path passwd = folder.resolve("passwd");
    Files.writeString(passwd, "nobody:x:99:98::/:/bin/false\npostgres:x:26:27::/:/bin/sh\n");
    assertThat(ServerAccount.account(passwd)).isEqualTo(new ServerAccount.Other(26, 27));
  }

  @Test
  void account_damagedOrNoList_isTheReservedId() throws IOException {
    Path passwd = folder.resolve("passwd");
    Files.writeString(passwd, "nobody:x:many:98::/:/bin/false\n");
    assertThat(ServerAccount.account(passwd)).isEqualTo(NOBODY);
    assertThat(ServerAccount.account(folder.resolve("none"))).isEqualTo(NOBODY);
  }

  @Test
  void choose_ordinaryUser_isTheCaller() throws IOException {
    assumeTrue(uid(log) != 0, "run by an ordinary user");
    assertThat(ServerAccount.choose(folder, folder.resolve("data"), log))
        .isEqualTo(new ServerAccount.Caller());
  }

  @Test
  void choose_rootAndAnotherUsersData_runsAsThatUser() throws IOException {
    assumeTrue(uid(log) == 0, "run by root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx-----x"));
    Path data = Files.createDirectories(folder.resolve("pg/data"));
    NOBODY.giveAway(data);
    Path binaries = fakeBinaries();

    assertThat(ServerAccount.choose(binaries, data, log)).isEqualTo(NOBODY);
  }

  @Test
  void choose_rootAndUnreachableFolder_saysWhichAndWhatToDo() throws IOException {
    assumeTrue(uid(log) == 0, "run by root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path data = Files.createDirectories(folder.resolve("pg/data"));
    NOBODY.giveAway(data);

    assertThatThrownBy(() -> ServerAccount.choose(fakeBinaries(), data, log))
        .isInstanceOf(PostgresUnsupportedException.class)
        .hasMessageContaining(folder.resolve("pg").toString())
        .hasMessageContaining("chmod o+x")
        .hasMessageContaining("ASSAY_DB_URL");
  }

  @Test
  void open_rootAndAnotherUsersData_serverRunsAsThatUser() throws IOException {
    assumeTrue(uid(log) == 0, "run by root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx-----x"));
    Path home = Files.createDirectory(folder.resolve("pg"));
    NOBODY.giveAway(Files.createDirectory(home.resolve("data")));
    Path binaries = folder.resolve("binaries");
    PostgresSettings settings = PostgresSettings.under(home).withBinariesFolder(binaries);

    try (EmbeddedPostgres _ = EmbeddedPostgres.open(settings)) {
      String pid = Files.readString(home.resolve("data/postmaster.pid")).lines().findFirst().get();
      assertThat(uid(Path.of("/proc", pid))).isEqualTo(65534);
      assertThat(uid(home.resolve("data"))).isEqualTo(65534);
      assertThat(uid(home.resolve("password"))).isZero();
    }
    assertThat(home.resolve("data/postmaster.pid")).doesNotExist();
  }

  private Path fakeBinaries() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("binaries/build/bin"));
    Path postgres = Files.writeString(bin.resolve("postgres"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(postgres, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("binaries/build");
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}
