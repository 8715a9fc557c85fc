package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate only a file of the user's own vouches for. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;
  private HttpsServer server;
  private Path certificate;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    certificate = folder.resolve("ca.pem");
    keytool(
        "-genkeypair -alias s -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1",
        store);
    keytool("-exportcert -rfc -alias s -file " + certificate, store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    byte[] reply = "{\"run\":{}}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void keytool(String arguments, Path store)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private byte[] read(Map<String, String> environment) throws RecordException, ReplyException {
    ServerAddress address =
        ServerAddress.parse("https://127.0.0.1:" + server.getAddress().getPort());
    try (Http http = Http.open(address, ServerAccess.of(environment), FakeServer.HASTY)) {
      return http.get(address.api("mlflow/runs/get", Map.of()), 100);
    }
  }

  @Test
  void get_certificateNamed_isBelieved() throws RecordException, ReplyException {
    Map<String, String> environment =
        Map.of("MLFLOW_TRACKING_SERVER_CERT_PATH", certificate.toString());
    assertThat(read(environment)).asString().isEqualTo("{\"run\":{}}");
  }

  @Test
  void get_unknownCertificate_saysHowToName() {
    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("set MLFLOW_TRACKING_SERVER_CERT_PATH to that authority's");
  }

  @Test
  void open_fileWithoutCertificate_isToldWithItsName() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), "no certificate");
    for (Path file : List.of(wrong, folder.resolve("missing.pem"))) {
      assertThatThrownBy(() -> read(Map.of("MLFLOW_TRACKING_SERVER_CERT_PATH", file.toString())))
          .isInstanceOf(RecordException.class)
          .hasMessageContaining(file + ": it ")
          .hasMessageContaining("write the path of a file of certificates (PEM)");
    }
  }
}
