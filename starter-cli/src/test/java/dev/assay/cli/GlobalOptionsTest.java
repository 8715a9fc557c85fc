package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalOptionsTest {
  private static final Path FOLDER = Path.of("/work-folder");

  @Test
  void settings_nothingGiven_areTheDefaults() {
    Settings settings = settings(Map.of());

    assertThat(settings.home()).isEqualTo(FOLDER.resolve(".assay"));
    assertThat(settings.format()).isEqualTo(OutputFormat.TEXT);
    assertThat(settings.progress()).isTrue();
    assertThat(settings.ledger()).isEqualTo("main");
  }

  @Test
  void settings_homeInTheEnvironment_isTaken() {
    assertThat(settings(Map.of("ASSAY_HOME", "/somewhere")).home())
        .isEqualTo(Path.of("/somewhere"));
  }

  @Test
  void settings_emptyHomeInTheEnvironment_isNone() {
    assertThat(settings(Map.of("ASSAY_HOME", "")).home()).isEqualTo(FOLDER.resolve(".assay"));
  }

  @Test
  void settings_homeOption_goesBeforeTheEnvironment() {
    assertThat(settings(Map.of("ASSAY_HOME", "/somewhere"), "--home", "x/../mine").home())
        .isEqualTo(FOLDER.resolve("mine"));
  }

  @Test
  void settings_optionAfterTheCommand_isTheSame() {
    assertThat(settings(Map.of(), "help", "--ledger", "lab", "--no-progress"))
        .isEqualTo(settings(Map.of(), "--ledger", "lab", "--no-progress", "help"));
  }

  private static Settings settings(Map<String, String> environment, String... arguments) {
    Root root = new Root();
    Cli.commandLine(root).parseArgs(arguments);
    return root.global.settings(environment, FOLDER);
  }
}
