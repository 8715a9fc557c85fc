package dev.assay.worker.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority that exists for one test: made by the JDK's {@code keytool}, valid for a day, gone
 * with the test's folder.
 *
 * @param folder where the files are
 * @param name names the authority's files, and is in its certificate
 */
record TestCertificates(Path folder, String name) {
  private static final String PASSWORD = "only-for-this-test";

  /**
   * What one side shows.
   *
   * @param certificate PEM
   * @param key PKCS#8 PEM
   */
  record Identity(Path certificate, Path key) {}

  static TestCertificates authority(Path folder, String name) throws Exception {
    TestCertificates authority = new TestCertificates(folder, name);
    authority.keytool("-alias", "ca", "-dname", "CN=test authority " + name, "-ext", "bc:c");
    Files.writeString(authority.certificate(), pem(authority.store().getCertificate("ca")));
    return authority;
  }

  /** The authority's own certificate, PEM. */
  Path certificate() {
    return folder.resolve(name + "-ca.pem");
  }

  /** A certificate for a host name, signed by the authority, with its key. */
  Identity issue(String hostName) throws Exception {
    keytool(
        "-alias",
        hostName,
        "-signer",
        "ca",
        "-dname",
        "CN=test " + hostName,
        "-ext",
        "san=dns:" + hostName);
    KeyStore store = store();
    Path certificate = folder.resolve("%s-%s.pem".formatted(name, hostName));
    Path key = folder.resolve("%s-%s.key.pem".formatted(name, hostName));
    Files.writeString(certificate, pem(store.getCertificate(hostName)));
    Files.writeString(key, pem(store.getKey(hostName, PASSWORD.toCharArray())));
    return new Identity(certificate, key);
  }

  private void keytool(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "1",
                "-keystore",
                storeFile().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  private Path storeFile() {
    return folder.resolve(name + ".p12");
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(storeFile().toFile(), PASSWORD.toCharArray());
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(Key key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
