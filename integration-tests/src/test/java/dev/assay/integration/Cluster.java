package dev.assay.integration;

import com.google.protobuf.util.Durations;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.VerifierKey;
import dev.assay.integration.deploy.ComposeFile;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.worker.EngineOpening;
import dev.assay.worker.devserver.DevServer;
import dev.assay.worker.devserver.DevServerNamespace;
import dev.assay.worker.devserver.DevServerSettings;
import dev.assay.worker.devserver.FreePorts;
import dev.assay.worker.devserver.TemporalCli;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineMode;
import dev.assay.worker.engine.EngineSettings;
import dev.assay.worker.engine.Engines;
import dev.assay.worker.engine.SearchAttributes;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What docker-compose.temporal.yml arranges, as processes of this machine: an external database, a
 * dev server in place of the cluster, and the file's own commands and variables for what is ours.
 */
final class Cluster implements AutoCloseable {
  static final String NAMESPACE = "assay";

  /** It must not be seen anywhere. */
  static final String WRITER_PASSWORD = "writer-password-of-this-test";

  private static final ComposeFile FILE = ComposeFile.read();

  private final Path folder;
  private final TestDatabase database;
  private final DevServerSettings settings;
  private final List<ClusterWorker> workers = new ArrayList<>();
  private DevServer server;

  private Cluster(Path folder, TestDatabase database, DevServerSettings settings) {
    this.folder = folder;
    this.database = database;
    this.settings = settings;
    this.server = DevServer.start(settings);
  }

  /** A database and an engine, prepared as the file's jobs do; nobody takes tasks yet. */
  static Cluster start(Path folder) throws Exception {
    DevServerSettings settings =
        new DevServerSettings(
            Path.of(UpHome.temporal().get(TemporalCli.VARIABLE)),
            folder.resolve("temporal.db"),
            folder.resolve("temporal.log"),
            FreePorts.any(),
            List.of());
    Cluster cluster = new Cluster(folder, TestPostgres.freshDatabase(), settings);
    try {
      cluster.migrate();
      cluster.makeNamespace();
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void migrate() throws Exception {
    try (CommandProcess job =
        CommandProcess.start(folder, environment("assay-migrate"), words("assay-migrate"))) {
      if (job.await() != 0) {
        throw new AssertionError(job.err());
      }
    }
  }

  private void makeNamespace() throws InterruptedException {
    try (Engine engine = DevServerNamespace.prepare(server)) {
      engine
          .stubs()
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(NAMESPACE)
                  .setWorkflowExecutionRetentionPeriod(Durations.fromDays(30))
                  .build());
      UpHome.await(
          "the namespace takes search attributes",
          () -> {
            try {
              SearchAttributes.register(engine.stubs(), NAMESPACE, EngineOpening.ATTRIBUTES);
              return true;
            } catch (RuntimeException _) {
              return false; // the server looks for new namespaces every few seconds
            }
          });
    }
  }

  /** Homes of workers that believe each other's results, each with a key of its own. */
  void makeKeys(String... names) throws IOException {
    List<VerifierKey> keys = new ArrayList<>();
    for (String name : names) {
      Path file = privateFolder(home(name).resolve("keys")).resolve("results-1.pem");
      keys.add(CheckpointSigners.noteSigner(file, "assay/results/worker-1").verifierKey());
    }
    for (String name : names) {
      List<String> lines = new ArrayList<>(List.of("# all of this cluster"));
      keys.forEach(key -> lines.add(key.toString()));
      Files.write(home(name).resolve("keys/trusted-results"), lines);
    }
  }

  private static Path privateFolder(Path path) throws IOException {
    return Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Starts a process of a service; returns at once.
   *
   * @param service of the file
   * @param name of its home
   */
  ClusterWorker worker(String service, String name, String... further) throws IOException {
    List<String> words = new ArrayList<>(words(service));
    // Each container has a loopback of its own; here they share one.
    words.addAll(List.of("--metrics-address", "127.0.0.1:0"));
    words.addAll(List.of(further));
    Map<String, String> environment = new TreeMap<>(environment(service));
    environment.put("ASSAY_HOME", home(name).toString());
    ClusterWorker worker =
        new ClusterWorker(CommandProcess.start(folder, environment, words), home(name));
    workers.add(worker);
    return worker;
  }

  /** A command of somebody with a home of their own, outside of containers. */
  CommandProcess command(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--no-progress");
    return CommandProcess.start(folder, clientEnvironment(), all);
  }

  /** As docs/deploy.md tells people to set it. */
  Map<String, String> clientEnvironment() {
    return Map.of(
        "TEMPORAL_ADDRESS", settings.ports().address(),
        "TEMPORAL_NAMESPACE", NAMESPACE,
        "ASSAY_DB_URL", local("postgresql://assay_writer@assay-db:5432/assay"),
        "ASSAY_DB_WRITER_PASSWORD", WRITER_PASSWORD,
        "ASSAY_HOME", home("client").toString());
  }

  Path home(String name) {
    return folder.resolve("home-" + name);
  }

  /** The engine, for a test that looks on; its own to close. */
  Engine engine() {
    return Engines.start(
        EngineSettings.Connected.uncounted(
            EngineMode.CONFIGURED,
            ClientConfigProfile.newBuilder().setAddress(address()).setNamespace(NAMESPACE).build(),
            Optional.empty()));
  }

  /** Where the engine listens. */
  String address() {
    return settings.ports().address();
  }

  void stopEngine() {
    server.close();
  }

  void startEngine() {
    server = DevServer.start(settings);
    DevServerNamespace.prepare(server).close();
  }

  /** Whether the database lets anybody in; those inside are thrown out. */
  void databaseOpen(boolean open) throws SQLException {
    String name = database.jdbcUrl().replaceFirst(".*/", "").replaceFirst("[?].*", "");
    String other = database.jdbcUrl().replace("/" + name, "/postgres");
    try (Connection connection =
            DriverManager.getConnection(other, database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE %s WITH ALLOW_CONNECTIONS %s".formatted(name, open));
      if (!open) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                .formatted(name));
      }
    }
  }

  /** The words after {@code assay} of a service's process. */
  private static List<String> words(String service) {
    return FILE.service(service).list("command");
  }

  /** A service's variables, with what they name at places of this machine. */
  private Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    FILE.service(service)
        .map("environment")
        .forEach((name, value) -> environment.put(name, value(name, String.valueOf(value))));
    environment.values().removeAll(Collections.singleton(""));
    return environment;
  }

  /** A variable that isn't known here makes the test fail: it must be given a meaning. */
  private String value(String name, String inFile) {
    return switch (name) {
      case "TEMPORAL_ADDRESS" -> inFile.replace("temporal:7233", settings.ports().address());
      case "TEMPORAL_NAMESPACE" -> inFile.replaceFirst("^\\$\\{TEMPORAL_NAMESPACE:-(.*)}$", "$1");
      case "ASSAY_DB_URL" -> local(inFile);
      case "ASSAY_DB_OWNER_URL" -> local(inFile).replace("assay_admin@", database.user() + "@");
      case "ASSAY_DB_OWNER_PASSWORD" -> database.password();
      case "ASSAY_DB_WRITER_PASSWORD" -> WRITER_PASSWORD;
      case "ASSAY_DB_READER_PASSWORD", "ASSAY_JAVA_OPTS", "ASSAY_HOME" -> "";
      default -> throw new AssertionError("what is %s of the compose file here?".formatted(name));
    };
  }

  private String local(String url) {
    String place = database.jdbcUrl().replaceFirst("^jdbc:postgresql://([^?]*).*$", "$1");
    String moved = url.replace("assay-db:5432/assay", place);
    if (moved.equals(url)) {
      throw new AssertionError(url + " names another database than the test expects");
    }
    return moved;
  }

  @Override
  public void close() {
    try (DevServer _ = server) {
      workers.forEach(ClusterWorker::close);
    }
  }
}
