package dev.assay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSpecTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mlruns, MlflowRoot",
    "mlruns/402786838574741825, MlflowExperiment",
    "mlruns/402786838574741825/e81fe510a614456cbe31a7419d751ced, MlflowRun",
    "mlruns/402786838574741825/990189a15bdc48b8897e5bca01f13d5e, MlflowRun",
    "rustorch, RustorchStore",
    "rustorch/lin-s1-1795351372-Ia08QK, RustorchRun"
  })
  void parse_examples_findsTheKind(String path, String kind) {
    SourceSpec spec = SourceSpec.parse(Imports.EXAMPLES.resolve(path).toString());
    assertThat(spec.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(Path.of(spec.place())).isAbsolute();
  }

  @Test
  void parse_jsonFileOrFolder_isAssayJson() throws IOException {
    Path file = Files.writeString(folder.resolve("r.jsonl"), "");
    assertThat(SourceSpec.parse(file.toString())).isInstanceOf(SourceSpec.AssayJsonFile.class);
    assertThat(SourceSpec.parse(folder.toString())).isInstanceOf(SourceSpec.AssayJsonFolder.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the SOURCE is empty",
        "no/such/place | no/such/place: no such file or folder; looked at /",
        "mlflow:http://u:hidden@h | the URI holds a user name or password; put them into MLFLOW_TRACKING_USERNAME",
        "mlflow:http://u:hid den@h | not a URI; write mlflow:http://HOST:PORT",
        "mlflow:https:///x | no host found in the URI",
        "mlflow:https://h#hidden | more than host, port and path",
        "mlflow:https://h?token=hidden | after '?' found something else; write ?experiment=NAME",
        "mlflow: | no URI follows, and MLFLOW_TRACKING_URI isn't set",
        "mlflow:../examples/rustorch | found a rustorch store; mlflow: wants a tracking server",
        "mlflow:../examples/mlruns?exp=x | after '?' found 'exp=x'; write ?experiment=NAME",
        "mlflow:../examples/mlruns?experiment=%zz | isn't percent-encoded",
        "mlflow:file: | not a URI",
        "mlflow-db:../examples/README.md | found no SQLite database",
        "../examples/README.md | neither a SQLite database nor named .json"
      })
  void parse_unusable_saysWhatWasFoundAndWhatToWrite(String source, String message) {
    assertThatThrownBy(() -> SourceSpec.parse(source))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("hid");
  }

  @Test
  void parse_mlflowAlone_isTheEnvironmentsServer() {
    Map<String, String> environment =
        Map.of(
            "MLFLOW_TRACKING_URI", "https://Tracking.example:8443/mlflow/",
            "MLFLOW_TRACKING_TOKEN", "hidden");
    SourceSpec spec = SourceSpec.parse("mlflow:?experiment=a%2Fb", environment);
    assertThat(spec.place()).isEqualTo("https://tracking.example:8443/mlflow");
    assertThat(spec)
        .isInstanceOfSatisfying(
            SourceSpec.MlflowTracking.class,
            server -> assertThat(server.experiment()).contains("a/b"));
    assertThat(spec.toString()).doesNotContain("hidden");
  }

  @Test
  void parse_mlflowAloneWithAFileStoreInTheEnvironment_isThatStore() {
    String store = Imports.EXAMPLES.resolve("mlruns").toString();
    assertThat(SourceSpec.parse("mlflow:", Map.of("MLFLOW_TRACKING_URI", store)))
        .isInstanceOf(SourceSpec.MlflowRoot.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MLFLOW_TRACKING_USERNAME | hidden | only one of MLFLOW_TRACKING_USERNAME and",
        "MLFLOW_TRACKING_TOKEN | hidden\u00fc | MLFLOW_TRACKING_TOKEN holds a line end or another"
      })
  void parse_credentialsThatCantBeUsed_namesTheVariableAlone(
      String name, String value, String message) {
    assertThatThrownBy(() -> SourceSpec.parse("mlflow:http://h", Map.of(name, value)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void parse_folderWithoutRuns_saysSo() {
    assertThatThrownBy(() -> SourceSpec.parse(folder.toString()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a folder of 0 entries, none of them a run; write the path of");
  }

  @Test
  void parse_folderAboveAStore_pointsToIt() {
    assertThatThrownBy(() -> SourceSpec.parse(Imports.EXAMPLES.toString()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("did you mean")
        .hasMessageContaining("mlruns?");
  }
}
