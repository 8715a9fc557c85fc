package dev.assay.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(spec.path()).isAbsolute();
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
        "mlflow:http://localhost:5000 | this build reads MLflow's file stores and mlflow.db, not its servers",
        "mlflow:https://h?experiment=e | mlflow:file:///PATH or mlflow-db:PATH",
        "mlflow:../examples/rustorch | found a rustorch store; mlflow: wants the root",
        "mlflow:../examples/mlruns?exp=x | after '?' found 'exp=x'; write ?experiment=NAME",
        "mlflow:../examples/mlruns?experiment=%zz | isn't percent-encoded",
        "mlflow:file: | not a URI",
        "mlflow-db:../examples/README.md | found no SQLite database",
        "../examples/README.md | neither a SQLite database nor named .json"
      })
  void parse_unusable_saysWhatWasFoundAndWhatToWrite(String source, String message) {
    assertThatThrownBy(() -> SourceSpec.parse(source))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
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
