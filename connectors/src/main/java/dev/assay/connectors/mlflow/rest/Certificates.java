package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of one file, and in no others. */
final class Certificates {
  private Certificates() {}

  /**
   * A context that believes what the file's certificates vouch for.
   *
   * @param file certificates in PEM, at most 1 MiB
   */
  static SSLContext trusting(String file) throws RecordException {
    try {
      byte[] pem;
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        pem = in.readNBytes(Limits.SMALL_FILE_BYTES);
      }
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (found.isEmpty()) {
        throw unusable(file, "it holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : found) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (InvalidPathException | IOException e) {
      throw unusable(file, "it can't be read");
    } catch (GeneralSecurityException e) {
      throw unusable(file, "it holds something else than certificates");
    }
  }

  private static RecordException unusable(String file, String why) {
    return new RecordException(
        "%s=%s: %s; write the path of a file of certificates (PEM)"
            .formatted(ServerAccess.CERTIFICATES, file, why));
  }
}
