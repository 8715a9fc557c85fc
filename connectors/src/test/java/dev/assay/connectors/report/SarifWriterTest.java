package dev.assay.connectors.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SarifWriterTest {
  private static final Pattern FINGERPRINT = Pattern.compile("\"assayRunAndCheck/v1\":\"(\\w+)\"");

  @Test
  void report_ofEveryKindAndHostileText_isSarif() throws IOException {
    String sarif = Samples.written(ReportFormat.SARIF::writer, Samples.all());

    assertThat(schema().validate(sarif, InputFormat.JSON)).isEmpty();
    assertThat(sarif)
        .contains(
            "\"startLine\":9",
            "\"uri\":\"runs/m.jsonl\",\"uriBaseId\":\"%SRCROOT%\"",
            "can't be judged: unknown",
            "\"uri\":\"file:///%5D%5D",
            "\\\\[x\\\\](http://e.example)",
            "\"uri\":\"https://h:1/%5D%5D");
  }

  @Test
  void rules_eachWithAPage_carryItWithoutItsLinks() throws IOException {
    String sarif = Samples.written(ReportFormat.SARIF::writer, Samples.all());

    assertThat(sarif)
        .contains("\"markdown\":\"# trend\\n\\n**What it means.**", "How to write the check: ")
        .doesNotContain("](../policies.md");
  }

  @Test
  void page_ofATypeWithoutOneOrThatIsAPath_isNone() throws IOException {
    assertThat(FindingPage.markdown("no-such-type")).isEmpty();
    assertThat(FindingPage.markdown("../findings/metric")).isEmpty();
    try (Stream<Path> pages = Files.list(Path.of("../docs/findings"))) {
      assertThat(pages)
          .map(page -> page.getFileName().toString())
          .filteredOn(name -> !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(
              name ->
                  assertThat(FindingPage.markdown(name.substring(0, name.length() - 3)))
                      .as(name)
                      .isPresent());
    }
  }

  @Test
  void schema_anotherMember_isRefused() throws IOException {
    String sarif =
        Samples.written(ReportFormat.SARIF::writer, Samples.all()).replace("\"level\"", "\"lvl\"");

    assertThat(schema().validate(sarif, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void results_moreThanTheLimit_leaveOutTheLeastSevereAndSaySo() throws IOException {
    String sarif =
        limited(
            new SarifLimits(2, 1_000_000),
            List.of(Samples.warned("w1"), Samples.failed("f1"), Samples.failed("f2")));

    assertThat(sarif).contains("id-f1", "id-f2", "1 result is left out").doesNotContain("id-w1");
    assertThat(schema().validate(sarif, InputFormat.JSON)).isEmpty();
  }

  @Test
  void results_thatDontCompress_stayWithinTheBytes() throws IOException {
    Random random = new Random(7);
    List<Subject> subjects =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Samples.failed(Long.toHexString(random.nextLong()).repeat(2)))
            .toList();

    String sarif = limited(new SarifLimits(25_000, 150_000), subjects);

    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(sarif.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(sarif).contains("results are left out");
    assertThat(zipped.size()).isBetween(50_000, 150_000);
    assertThat(schema().validate(sarif, InputFormat.JSON)).isEmpty();
  }

  @Test
  void fingerprint_ofAnotherMessage_staysAndOfAnotherRunDiffers() throws IOException {
    assertThat(fingerprint("a", "loss 1")).isEqualTo(fingerprint("a", "loss 2"));
    assertThat(fingerprint("a", "loss 1")).isNotEqualTo(fingerprint("b", "loss 1"));
  }

  private static String fingerprint(String name, String message) throws IOException {
    Subject subject =
        Samples.subject(
            name, RunVerdict.FAIL, Samples.result(Samples.BLOCKS, CheckVerdict.FAIL, message));
    return FINGERPRINT
        .matcher(Samples.written(ReportFormat.SARIF::writer, List.of(subject)))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String limited(SarifLimits limits, List<Subject> subjects) throws IOException {
    return Samples.written((report, out) -> new SarifWriter(report, out, limits), subjects);
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
        .getSchema(
            Files.readString(Path.of("src/test/resources/report/sarif-schema-2.1.0.json")),
            InputFormat.JSON);
  }
}
