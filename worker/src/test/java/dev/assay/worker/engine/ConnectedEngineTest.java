package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.worker.engine.StubService.Answers;
import io.grpc.Status;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.ClientConfigTLS;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectedEngineTest {
  /** What a person waits for without a doubt that it hangs; an unreachable service takes 10 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final String SECRET = "s3cr3t-key-of-this-test";
  private static final String HOST = "temporal.test.invalid";
  private static final Optional<TestCertificates> NO_CLIENTS = Optional.empty();

  @TempDir private static Path folder;
  private static TestCertificates authority = new TestCertificates(Path.of(""), "");
  private static TestCertificates stranger = authority;
  private static TestCertificates.Identity server =
      new TestCertificates.Identity(Path.of(""), Path.of(""));
  private static TestCertificates.Identity client = server;
  private static TestCertificates.Identity strangersClient = server;

  @BeforeAll
  static void issue() throws Exception {
    authority = TestCertificates.authority(folder, "known");
    stranger = TestCertificates.authority(folder, "stranger");
    server = authority.issue(HOST);
    client = authority.issue("client.test.invalid");
    strangersClient = stranger.issue("client.test.invalid");
  }

  @Test
  void start_tlsWithAuthorityAndServerName_connects() throws Exception {
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.OK);
        Engine engine = start(profile(service, tls -> tls))) {
      assertThat(engine.capabilities().searchAttributes()).containsExactly("AssayVerdict");
      assertThat(engine.address()).contains(service.address());
    }
  }

  @Test
  void start_mutualTls_connects() throws Exception {
    try (StubService service = StubService.tls(server, Optional.of(authority), Answers.OK);
        Engine engine = start(profile(service, tls -> showing(tls, client)))) {
      assertThat(engine.namespace()).isEqualTo("tests");
    }
  }

  @Test
  void start_mutualTlsWithoutACertificate_saysThatOneIsWanted() throws Exception {
    try (StubService service = StubService.tls(server, Optional.of(authority), Answers.OK)) {
      assertThat(refusal(profile(service, tls -> tls)))
          .contains(service.address(), "TLS", "CERTIFICATE_REQUIRED", "--tls-cert-path");
    }
  }

  @Test
  void start_mutualTlsWithAStrangersCertificate_isRefusedAtOnce() throws Exception {
    try (StubService service = StubService.tls(server, Optional.of(authority), Answers.OK)) {
      assertThat(refusal(profile(service, tls -> showing(tls, strangersClient))))
          .contains(service.address(), "TLS", "--tls-cert-path");
    }
  }

  @Test
  void start_serverOfAnotherAuthority_isRefusedAtOnceNamingTheOption() throws Exception {
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.OK)) {
      assertThat(
              refusal(
                  profile(
                      service, tls -> tls.setServerCACertPath(stranger.certificate().toString()))))
          .contains(service.address(), "TLS", "certification path", "--tls-ca-path");
    }
  }

  @Test
  void start_otherServerName_isRefusedAtOnceNamingTheOption() throws Exception {
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.OK)) {
      assertThat(refusal(profile(service, tls -> tls.setServerName("other.test.invalid"))))
          .contains("TLS", "other.test.invalid", "--tls-server-name");
    }
  }

  @Test
  void start_tlsToAServiceWithout_isRefusedAtOnce() throws Exception {
    try (StubService service = StubService.plain(Answers.OK)) {
      assertThat(refusal(profile(service, tls -> tls))).contains(service.address(), "TLS");
    }
  }

  @Test
  void start_noTlsToAServiceWithIt_saysThatTlsMayBeMissing() throws Exception {
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.OK)) {
      EngineException thrown =
          catchThrowableOfType(EngineException.class, () -> start(plain(service)));

      assertThat(thrown)
          .hasMessageContainingAll(service.address(), "closed the connection at once", "--tls");
    }
  }

  @Test
  void start_nobodyListens_saysSoWithinTenSeconds() throws Exception {
    String free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = "127.0.0.1:" + socket.getLocalPort();
    }
    long begun = System.nanoTime();

    EngineException thrown =
        catchThrowableOfType(
            EngineException.class,
            () -> start(ClientConfigProfile.newBuilder().setAddress(free).build()));

    assertThat(thrown).hasMessageContainingAll(free, "can't be reached", "Connection refused");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void start_serviceComesUpLate_isWaitedFor() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(1_500);
                    try (StubService _ = StubService.plainAt(port, Answers.OK)) {
                      Thread.sleep(20_000);
                    }
                  } catch (IOException | InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (Engine engine =
        start(ClientConfigProfile.newBuilder().setAddress("127.0.0.1:" + port).build())) {
      assertThat(engine.capabilities().searchAttributes()).isNotEmpty();
    } finally {
      late.interrupt();
      late.join();
    }
  }

  @Test
  void start_apiKey_arrivesAsBearerWithEachCall() throws Exception {
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.OK);
        Engine _ = start(profile(service, tls -> tls).toBuilder().setApiKey(SECRET).build())) {
      assertThat(service.authorizations()).hasSizeGreaterThan(1).containsOnly("Bearer " + SECRET);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void start_notLetIn_namesWhatToCheckAndNotTheKey(Status.Code code) throws Exception {
    Status refused = code.toStatus().withDescription("no use for Bearer " + SECRET);
    try (StubService service = StubService.tls(server, NO_CLIENTS, Answers.refusing(refused))) {
      String message = refusal(profile(service, tls -> tls).toBuilder().setApiKey(SECRET).build());

      assertThat(message)
          .contains(service.address(), "namespace tests", code.name(), "TEMPORAL_API_KEY")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void start_noSuchNamespace_saysHowToMakeIt() throws Exception {
    try (StubService service = StubService.plain(Answers.refusing(Status.NOT_FOUND))) {
      assertThat(refusal(plain(service)))
          .contains(
              "has no namespace tests",
              "--namespace",
              "temporal operator namespace create -n tests");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"PERMISSION_DENIED", "UNIMPLEMENTED"})
  void start_notAnOperator_asksTheOlderWay(Status.Code code) throws Exception {
    Answers answers = new Answers(Status.OK, code.toStatus(), Status.OK);
    try (StubService service = StubService.plain(answers);
        Engine engine = start(plain(service))) {
      assertThat(engine.capabilities().searchAttributes()).containsExactly("AssayPolicy");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"PERMISSION_DENIED", "UNIMPLEMENTED"})
  void start_noQuestionAfterSearchAttributesAllowed_worksWithNone(Status.Code code)
      throws Exception {
    Answers answers = new Answers(Status.OK, code.toStatus(), code.toStatus());
    try (StubService service = StubService.plain(answers);
        Engine engine = start(plain(service))) {
      assertThat(engine.capabilities().searchAttributes()).isEmpty();
    }
  }

  @Test
  void settings_asText_holdNoKey() {
    ClientConfigProfile profile =
        ClientConfigProfile.newBuilder()
            .setAddress("temporal.example:7233")
            .setApiKey(SECRET)
            .setTls(
                ClientConfigTLS.newBuilder()
                    .setClientKeyData(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .build())
            .build();

    assertThat(settings(profile).toString())
        .contains("temporal.example:7233")
        .doesNotContain(SECRET);
  }

  /** Its message, which comes at once, in one line, and without what gRPC's classes are called. */
  private static String refusal(ClientConfigProfile profile) {
    long begun = System.nanoTime();
    EngineException thrown =
        catchThrowableOfType(EngineException.class, () -> start(profile).close());
    assertThat(thrown).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    String message = String.valueOf(thrown.getMessage());
    assertThat(message)
        .doesNotContain("\n", "io.grpc", "Pipeline", "Exception", "Handler", "io exception");
    return message;
  }

  private static Engine start(ClientConfigProfile profile) {
    return Engines.start(settings(profile));
  }

  private static EngineSettings.Connected settings(ClientConfigProfile profile) {
    return EngineSettings.Connected.uncounted(EngineMode.CONFIGURED, profile, Optional.empty());
  }

  private static ClientConfigProfile plain(StubService service) {
    return ClientConfigProfile.newBuilder()
        .setAddress(service.address())
        .setNamespace("tests")
        .build();
  }

  private static ClientConfigProfile profile(
      StubService service, UnaryOperator<ClientConfigTLS.Builder> further) {
    return plain(service).toBuilder()
        .setTls(
            further
                .apply(
                    ClientConfigTLS.newBuilder()
                        .setServerCACertPath(authority.certificate().toString())
                        .setServerName(HOST))
                .build())
        .build();
  }

  private static ClientConfigTLS.Builder showing(
      ClientConfigTLS.Builder tls, TestCertificates.Identity identity) {
    return tls.setClientCertPath(identity.certificate().toString())
        .setClientKeyPath(identity.key().toString());
  }
}
