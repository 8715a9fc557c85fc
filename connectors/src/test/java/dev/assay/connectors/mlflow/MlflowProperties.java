package dev.assay.connectors.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Rfc3339;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.Source;
import dev.assay.model.run.Timestamps;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Whatever the files hold, only a {@link RecordException} or a problem comes of it. */
class MlflowProperties {
  @Property(tries = 500)
  void parse_anyYaml_onlyItsOwnException(@ForAll("bytes") byte[] bytes) {
    try {
      MetaYaml.parse(bytes);
    } catch (RecordException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 300)
  void read_anyMetricFile_givesARun(@ForAll("bytes") byte[] bytes) {
    RunDraft draft = new RunDraft(new Source("mlflow", "test"), "e", "r");
    MetricFile.read(bytes, draft, "metrics/m", "m");
    RunCodec.encode(draft.build());
  }

  @Property(tries = 300)
  void micros_anyText_onlyItsOwnException(@ForAll String text) {
    try {
      Rfc3339.micros(text);
    } catch (RecordException e) {
      assertThat(e).hasMessageContaining("write RFC 3339");
    }
  }

  @Property
  void micros_formattedTime_isTheTime(
      @ForAll @LongRange(min = -62_167_219_200_000_000L, max = 253_402_300_799_999_999L)
          long micros)
      throws RecordException {
    assertThat(Rfc3339.micros(Timestamps.format(micros))).isEqualTo(micros);
  }

  @Property(tries = 300)
  void clean_anyText_canBeEncodedInUtf8(@ForAll String text) {
    String clean = Texts.clean(text);
    assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(clean);
    assertThat(Texts.isClean(Texts.cut(clean, 3))).isTrue();
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> almost =
        Arbitraries.strings()
            .withChars("ab: -'\"&*!{}[],#|>%@`?\n\t0123456789.e+naif")
            .ofMaxLength(120)
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(noise, almost);
  }
}
