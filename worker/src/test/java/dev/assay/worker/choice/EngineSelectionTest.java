package dev.assay.worker.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.EngineException;
import dev.assay.worker.engine.EngineMode;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSelectionTest {
  private static final String SECRET = "s3cr3t-key-of-this-test";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path program = Path.of("");

  @BeforeEach
  void noConfiguration() throws IOException {
    // Never the user's own file.
    file("[profile.default]\n");
    environment.put("PATH", "");
    program = Files.createFile(folder.resolve("temporal"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void auto_nothingThere_isEmbedded() {
    assertThat(choose(EngineWish.AUTO)).isInstanceOf(ChosenEngine.Embedded.class);
  }

  @Test
  void auto_temporalProgram_isLocal() {
    environment.put("ASSAY_TEMPORAL_CLI", program.toString());

    assertThat(choose(EngineWish.AUTO)).isEqualTo(new ChosenEngine.OwnServer(program));
  }

  @Test
  void auto_addressAndProgram_isConfigured() {
    environment.put("ASSAY_TEMPORAL_CLI", program.toString());
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");

    assertThat(choose(EngineWish.AUTO).mode()).isEqualTo(EngineMode.CONFIGURED);
  }

  @Test
  void auto_blankAddress_isNone() {
    environment.put("TEMPORAL_ADDRESS", " ");

    assertThat(choose(EngineWish.AUTO)).isInstanceOf(ChosenEngine.Embedded.class);
  }

  @Test
  void embedded_addressInTheEnvironment_isEmbeddedAllTheSame() {
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");

    assertThat(choose(EngineWish.EMBEDDED)).isInstanceOf(ChosenEngine.Embedded.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineWish.class,
      names = {"LOCAL", "EMBEDDED"})
  void choose_otherEngineAndAddressFlag_isAContradiction(EngineWish wish) {
    environment.put("ASSAY_TEMPORAL_CLI", program.toString());

    assertThatThrownBy(() -> choose(wish, flags(Optional.empty(), Optional.of("h:1"))))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("--engine " + wish.name().toLowerCase(java.util.Locale.ROOT))
        .hasMessageContaining("--address contradict each other");
  }

  @Test
  void local_noProgram_saysWhereToGetIt() {
    assertThatThrownBy(() -> choose(EngineWish.LOCAL))
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("'temporal'", "ASSAY_TEMPORAL_CLI", "--engine embedded");
  }

  @Test
  void configured_noAddress_saysWhatNamesOne() {
    assertThatThrownBy(() -> choose(EngineWish.CONFIGURED))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("--address", "TEMPORAL_ADDRESS", "profile");
  }

  @Test
  void configured_namedProfile_isReadFromTheFile() throws IOException {
    file(
        """
        [profile.default]
        address = "default.example:7233"
        [profile.plant]
        address = "plant.example:7233"
        namespace = "plant"
        api_key = "%s"
        [profile.plant.tls]
        server_name = "inner.example"
        """
            .formatted(SECRET));

    ClientConfigProfile profile =
        profile(EngineWish.AUTO, flags(Optional.of("plant"), Optional.empty()));

    assertThat(profile.getAddress()).isEqualTo("plant.example:7233");
    assertThat(profile.getNamespace()).isEqualTo("plant");
    assertThat(profile.getApiKey()).isEqualTo(SECRET);
    assertThat(profile.getTls().getServerName()).isEqualTo("inner.example");
  }

  @Test
  void configured_variablesOverFileAndFlagsOverBoth_win() throws IOException {
    file(
        """
        [profile.default]
        address = "file.example:7233"
        namespace = "of-file"
        api_key = "of-file"
        """);
    environment.put("TEMPORAL_NAMESPACE", "of-variable");
    environment.put("TEMPORAL_ADDRESS", "variable.example:7233");

    ClientConfigProfile profile =
        profile(EngineWish.CONFIGURED, flags(Optional.empty(), Optional.of("flag.example:7233")));

    assertThat(profile.getAddress()).isEqualTo("flag.example:7233");
    assertThat(profile.getNamespace()).isEqualTo("of-variable");
    assertThat(profile.getApiKey()).isEqualTo("of-file");
  }

  @Test
  void configured_profileByVariable_isRead() throws IOException {
    file("[profile.plant]\naddress = \"plant.example:7233\"\n");
    environment.put("TEMPORAL_PROFILE", "plant");

    assertThat(profile(EngineWish.AUTO, ConnectionFlags.NONE).getAddress())
        .isEqualTo("plant.example:7233");
  }

  @Test
  void configured_noSuchProfile_isRefusedNamingIt() throws IOException {
    file("[profile.plant]\naddress = \"plant.example:7233\"\n");

    assertThatThrownBy(
            () -> choose(EngineWish.AUTO, flags(Optional.of("absent"), Optional.empty())))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("profile absent", "temporal config");
  }

  @Test
  void configured_namedFileIsNotThere_isRefusedNamingIt() {
    environment.put("TEMPORAL_CONFIG_FILE", folder.resolve("absent.toml").toString());

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("TEMPORAL_CONFIG_FILE", "absent.toml");
  }

  @Test
  void configured_fileWithoutProfiles_isRefusedNamingIt() throws IOException {
    Path file = file("");

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll(file.toString(), "has no profile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[profile.default] api_key = " + SECRET,
        "[profile.default]\\napi_key = " + SECRET,
        "[profile.default]\\napi_key = \"" + SECRET,
        "[profile.default]\\n" + SECRET,
        "[profile.default]\\nnamespace = [1]\\napi_key = {a=\"" + SECRET + "\"}",
        "profile = \"" + SECRET + "\""
      })
  void configured_fileIsNoToml_isRefusedNamingItAndShowsNoneOfIt(String content)
      throws IOException {
    Path file = file(content.replace("\\n", "\n"));

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll(file.toString(), "line ")
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void configured_caFileIsNotThere_isRefusedNamingIt() {
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");
    environment.put("TEMPORAL_TLS_SERVER_CA_CERT_PATH", folder.resolve("absent.pem").toString());

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("TLS", "absent.pem");
  }

  @Test
  void configured_caFileIsNoCertificate_isRefused() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.pem"), "nothing");
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");
    environment.put("TEMPORAL_TLS_SERVER_CA_CERT_PATH", bad.toString());

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .hasMessageContainingAll("TLS", "certificate");
  }

  @Test
  void configured_keyIsNoKey_isRefusedAndShowsNoneOfIt() {
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");
    environment.put("TEMPORAL_TLS_CLIENT_CERT_DATA", "nothing");
    environment.put("TEMPORAL_TLS_CLIENT_KEY_DATA", SECRET);

    assertThatThrownBy(() -> choose(EngineWish.AUTO))
        .isInstanceOf(EngineChoiceException.class)
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void toString_ofWhatIsKnown_holdsNoSecret() {
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");
    environment.put("ASSAY_DB_WRITER_PASSWORD", SECRET);
    environment.put("TEMPORAL_TLS_CLIENT_KEY_DATA", "");
    ConnectionFlags flags =
        new ConnectionFlags(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(SECRET),
            ConnectionFlags.Tls.NONE);
    EngineSelection selection = new EngineSelection(EngineWish.AUTO, flags, environment);

    assertThat(selection.toString()).contains("AUTO").doesNotContain(SECRET);
    assertThat(flags.toString()).contains("apiKey=…").doesNotContain(SECRET);
    assertThat(selection.choose(folder).toString())
        .contains("temporal.example:7233")
        .doesNotContain(SECRET);
  }

  private ChosenEngine choose(EngineWish wish) {
    return choose(wish, ConnectionFlags.NONE);
  }

  private ChosenEngine choose(EngineWish wish, ConnectionFlags flags) {
    return new EngineSelection(wish, flags, environment).choose(folder.resolve("home"));
  }

  private ClientConfigProfile profile(EngineWish wish, ConnectionFlags flags) {
    return choose(wish, flags) instanceof ChosenEngine.Configured(ClientConfigProfile profile)
        ? profile
        : ClientConfigProfile.getDefaultInstance();
  }

  private Path file(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("temporal.toml"), content);
    environment.put("TEMPORAL_CONFIG_FILE", file.toString());
    return file;
  }

  private static ConnectionFlags flags(Optional<String> profile, Optional<String> address) {
    return new ConnectionFlags(
        profile, address, Optional.empty(), Optional.empty(), ConnectionFlags.Tls.NONE);
  }
}
