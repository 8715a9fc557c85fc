package dev.assay.cli.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final JsonObject DOCUMENT = JsonObject.EMPTY.with("b", "ü").with("a", 1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void document_json_isOneLineOfUtf8() {
    output(OutputFormat.JSON).document(DOCUMENT, text -> text.line("for eyes"));

    assertThat(out()).isEqualTo("{\"a\":1,\"b\":\"ü\"}\n");
  }

  @Test
  void document_text_isForEyesOnly() {
    output(OutputFormat.TEXT).document(DOCUMENT, text -> text.line("for eyes"));

    assertThat(out()).isEqualTo("for eyes\n");
  }

  @Test
  void document_second_isABug() {
    Output output = output(OutputFormat.JSON);
    output.document(DOCUMENT, _ -> {});

    assertThatThrownBy(() -> output.document(DOCUMENT, _ -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void item_json_isALineEach() {
    Output output = output(OutputFormat.JSON);
    output.item(DOCUMENT, _ -> {});
    output.item(DOCUMENT, _ -> {});

    assertThat(out().lines()).hasSize(2);
  }

  @Test
  void failure_afterADocument_leavesItTheOnlyOne() {
    Output output = output(OutputFormat.JSON);
    output.document(DOCUMENT, _ -> {});
    output.failure(ExitCode.UNAVAILABLE, "gone");

    assertThat(out().lines()).hasSize(1);
    assertThat(err()).isEqualTo("assay: gone\n");
  }

  @Test
  void hint_hostileText_cannotSteerTheTerminal() {
    output(OutputFormat.TEXT).hint("first\nsecond \u001b[31m");

    assertThat(err()).isEqualTo("assay: first\n  second \ufffd[31m\n");
  }

  @Test
  void hint_onATerminal_takesThePlaceOfTheProgressBar() {
    output(OutputFormat.TEXT, true).hint("first\nsecond");

    assertThat(err()).isEqualTo("\r\u001b[Kassay: first\n  second\n");
  }

  private Output output(OutputFormat format) {
    return output(format, false);
  }

  private Output output(OutputFormat format, boolean errTerminal) {
    return new Output(
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            errTerminal),
        format);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
