package dev.assay.integration.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.integration.deploy.ComposeFile.Service;
import dev.assay.worker.EngineOpening;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docker-compose.temporal.yml promises; nothing is started here. */
class ComposeFileTest {
  private static final ComposeFile FILE = ComposeFile.read();

  static Stream<Service> services() {
    return FILE.services().stream();
  }

  static Stream<Service> longRunning() {
    return services().filter(Service::longRunning);
  }

  static Stream<Service> jobs() {
    return services().filter(service -> !service.longRunning());
  }

  @Test
  void schema_theFile_accepts() throws IOException {
    assertThat(errors(FILE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restart: unless-stopped | restarts: unless-stopped",
        "read_only: true | read_only: [yes]",
        "condition: service_completed_successfully | condition: service_done",
        "retries: 12 | retries: [12]",
        "internal: true | internals: true",
        "replicas: 2 | replicas: [2]"
      })
  void schema_aBrokenVariant_refuses(String good, String bad) throws IOException {
    String text = ComposeFile.text("docker-compose.temporal.yml");
    assertThat(text).contains(good);

    assertThat(errors(ComposeFile.parse(text.replace(good, bad)))).isNotEmpty();
  }

  @Test
  void services_areThoseOfTheDocument() {
    assertThat(longRunning())
        .extracting(Service::name)
        .containsExactlyInAnyOrder(
            "temporal-db", "temporal", "temporal-ui", "assay-db", "worker", "signer");
    assertThat(jobs())
        .extracting(Service::name)
        .containsExactlyInAnyOrder("temporal-schema", "temporal-namespace", "assay-migrate");
    assertThat(FILE.service("worker").map("deploy")).containsEntry("replicas", 2);
  }

  @ParameterizedTest
  @MethodSource("services")
  void image_ofEachService_hasAPinnedTag(Service service) {
    assertThat(service.text("image"))
        .matches("[a-z/-]+:(\\$\\{ASSAY_VERSION:-)?\\d+\\.\\d+[a-zA-Z0-9._-]*}?")
        .doesNotContain("latest");
  }

  @Test
  void image_ofAssay_isOfThisVersion() {
    Matches version = Matches.of("<version>([^<]+)</version>", ComposeFile.text("pom.xml"));

    assertThat(FILE.service("worker").text("image"))
        .isEqualTo("assay:${ASSAY_VERSION:-%s}".formatted(version.first()));
  }

  @ParameterizedTest
  @MethodSource("services")
  void ports_ofEachService_areOnLoopback(Service service) {
    assertThat(service.list("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void rights_ofEachService_areNone(Service service) {
    assertThat(service.settings()).containsEntry("read_only", true);
    assertThat(service.list("cap_drop")).containsExactly("ALL");
    assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
    assertThat(service.text("user")).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(service.settings())
        .doesNotContainKeys("privileged", "cap_add", "network_mode", "pid", "ipc", "devices");
    assertThat(service.list("tmpfs")).anyMatch(mount -> mount.startsWith("/tmp:"));
  }

  @ParameterizedTest
  @MethodSource("longRunning")
  void healthcheck_ofEachLongRunningService_isThere(Service service) {
    assertThat(service.map("healthcheck")).containsKeys("test", "interval", "timeout", "retries");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void job_each_isWaitedFor(Service job) {
    assertThat(job.text("restart")).startsWith("on-failure:");
    assertThat(services())
        .anySatisfy(
            service ->
                assertThat(service.map("depends_on").get(job.name()))
                    .asString()
                    .contains("service_completed_successfully"));
  }

  @Test
  void volumes_each_hasOneService() {
    List<String> mounted = services().flatMap(service -> service.namedVolumes().stream()).toList();

    assertThat(mounted).doesNotHaveDuplicates().contains("signer-home");
    assertThat(FILE.service("signer").namedVolumes()).containsExactly("signer-home");
  }

  @Test
  void signer_aloneServesItsQueue() {
    assertThat(FILE.service("signer").list("command"))
        .containsExactly("worker", "--queues", "assay-signer");
    assertThat(FILE.service("worker").list("command"))
        .containsExactly("worker", "--queues", "assay,assay-judge");
  }

  @ParameterizedTest
  @MethodSource("services")
  void passwords_each_comeFromTheEnvironment(Service service) {
    assertThat(service.map("environment"))
        .allSatisfy(
            (name, value) -> {
              if (name.contains("PASSWORD")) {
                assertThat(value).asString().matches("\\$\\{[A-Z_]+(:\\?set it in \\.env|:-)}");
              }
              assertThat(value).asString().doesNotMatch(".*://[^/]*:[^/]*@.*");
            });
  }

  /** Temporal's database and Assay's have nothing in common; who works isn't who migrates. */
  @Test
  void passwords_each_areKnownToWhoNeedsThem() {
    assertThat(whoKnows("TEMPORAL_DB_PASSWORD"))
        .containsExactlyInAnyOrder("temporal-db", "temporal-schema", "temporal");
    assertThat(whoKnows("ASSAY_DB_OWNER_PASSWORD"))
        .containsExactlyInAnyOrder("assay-db", "assay-migrate");
    assertThat(whoKnows("ASSAY_DB_WRITER_PASSWORD"))
        .containsExactlyInAnyOrder("assay-migrate", "worker", "signer");
  }

  private static List<String> whoKnows(String password) {
    return services()
        .filter(
            service ->
                service.map("environment").values().stream()
                    .anyMatch(value -> String.valueOf(value).contains("${" + password + ":")))
        .map(Service::name)
        .toList();
  }

  @Test
  void envExample_namesEachVariableAndSetsNone() {
    String example = ComposeFile.text(".env.example");
    List<String> used =
        Matches.of("\\$\\{([A-Z_]+):", ComposeFile.text("docker-compose.temporal.yml")).all();

    assertThat(used)
        .filteredOn(name -> !List.of("ASSAY_VERSION", "ASSAY_COMMIT").contains(name))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(example).containsPattern("(?m)^(# )?" + name + "="));
    assertThat(Matches.of("(?m)^([A-Z_]+)=(?=.)", example).all()).isEmpty();
    assertThat(ComposeFile.text(".gitignore").lines()).contains(".env");
  }

  @Test
  void bindMounts_each_existInTheRepository() {
    assertThat(services().flatMap(service -> service.list("volumes").stream()))
        .filteredOn(volume -> volume.startsWith("."))
        .isNotEmpty()
        .allSatisfy(
            volume -> {
              assertThat(ComposeFile.ROOT.resolve(volume.split(":")[0])).exists();
              assertThat(volume).endsWith(":ro");
            });
  }

  @Test
  void searchAttributes_thatTheJobRegisters_areOurs() {
    assertThat(ComposeFile.text("deploy/temporal/namespace.sh"))
        .contains(
            EngineOpening.ATTRIBUTES.stream()
                .map(key -> key.getName() + "=" + type(key))
                .collect(Collectors.joining(" ", "for attribute in ", "; do")));
  }

  /** As the temporal program writes it. */
  private static String type(SearchAttributeKey<?> key) {
    return key.getValueType() == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
        ? "Datetime"
        : "Keyword";
  }

  @Test
  void dockerfile_imagesArePinnedAndTheUserIsNotRoot() {
    String dockerfile = ComposeFile.text("Dockerfile");

    assertThat(Matches.of("(?m)^FROM (\\S+)", dockerfile).all())
        .hasSize(2)
        .allMatch(image -> image.matches("eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-(jdk|jre)-noble"));
    assertThat(Matches.of("(?m)^USER (\\S+)", dockerfile).all())
        .containsExactly(FILE.service("worker").text("user"));
  }

  /** A distribution's launcher and a checkout's start the JVM alike. */
  @Test
  void launchers_both_passTheSameFlags() {
    String flags = "(?m)^readonly SHARED_FLAGS='([^']+)'";

    assertThat(Matches.of(flags, ComposeFile.text("starter-cli/src/dist/bin/assay")).first())
        .isEqualTo(Matches.of(flags, ComposeFile.text("assay")).first());
  }

  private static List<String> errors(ComposeFile file) throws IOException {
    try (var in = ComposeFileTest.class.getResourceAsStream("/compose/compose-spec.json")) {
      // Its $id is relative, which the validator takes for a mistake; nothing refers to it.
      String published =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("\"$id\": \"compose_spec.json\",", "");
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(published);
      return schema
          .validate(new ObjectMapper().writeValueAsString(file.content()), InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  /** The first group of each match. */
  private record Matches(List<String> all) {
    static Matches of(String pattern, String text) {
      return new Matches(
          Pattern.compile(pattern)
              .matcher(text)
              .results()
              .map((MatchResult match) -> match.group(1))
              .distinct()
              .toList());
    }

    String first() {
      return all.getFirst();
    }
  }
}
