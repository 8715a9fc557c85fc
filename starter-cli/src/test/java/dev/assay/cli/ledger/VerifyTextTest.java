package dev.assay.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.base.Output;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Terminal;
import dev.assay.ledger.verify.UnreadRange;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonNull;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyTextTest {
  private static final VerifyReport UNREAD =
      new VerifyReport(
          "main",
          "assay/main/test",
          9,
          Optional.empty(),
          List.of(),
          false,
          List.of(new UnreadRange(3, 5, "disk on fire"), new UnreadRange(7, 7, "no answer")),
          List.of(),
          Optional.empty(),
          List.of(),
          5,
          Duration.ofSeconds(1));

  @Test
  void print_unreadEntries_saysWhichInWords() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Output(new Terminal(printed, printed, false, false), OutputFormat.TEXT)
        .document(
            JsonNull.NULL,
            text ->
                VerifyText.print(
                    text, UNREAD, List.of(), Optional.empty(), Optional.empty(), Optional.empty()));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "could not be read: entries 3 to 5: disk on fire",
            "could not be read: entry 7: no answer");
  }

  @Test
  void json_unreadEntries_hasTheSameWords() {
    assertThat(
            new String(
                CanonicalJson.encode(
                    VerifyJson.of(
                        UNREAD, List.of(), Optional.empty(), Optional.empty(), Optional.empty())),
                StandardCharsets.UTF_8))
        .contains("\"unread\":[\"entries 3 to 5: disk on fire\",\"entry 7: no answer\"]");
  }
}
