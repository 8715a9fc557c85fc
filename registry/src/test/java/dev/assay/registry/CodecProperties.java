package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.json.JsonException;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.PlannedCheck;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is stored comes back, and nothing else passes. */
class CodecProperties {
  private static final RunIdentity OWNER = new RunIdentity("assay", "e", "r");
  private static final Source SOURCE = new Source("assay", "runs.jsonl");

  @Provide
  Arbitrary<List<Finding>> findings() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).excludeChars(surrogates());
    return Combinators.combine(
            text,
            text,
            Arbitraries.of(Severity.class),
            Arbitraries.of(CheckVerdict.class),
            text,
            text,
            text)
        .as(Finding::new)
        .list()
        .ofMaxSize(5);
  }

  private static char[] surrogates() {
    char[] all = new char[0x800];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (0xD800 + i);
    }
    return all;
  }

  @Property
  void unpackFindings_packed_isEqual(
      @ForAll("findings") List<Finding> findings, @ForAll boolean planned) {
    PlannedChecks checks = checks(planned ? findings : List.of());
    assertThat(PackedFindings.pack(checks, findings).unpack(checks)).isEqualTo(findings);
  }

  @Property
  void unpackFindings_byteChanged_nothingButAMessageDiffers(
      @ForAll("findings") List<Finding> findings,
      @ForAll boolean planned,
      @ForAll int at,
      @ForAll byte value) {
    PlannedChecks checks = checks(planned ? findings : List.of());
    PackedFindings packed = PackedFindings.pack(checks, findings);
    byte[] body = packed.body().clone();
    body[Math.floorMod(at, body.length)] = value;
    try {
      assertThat(new PackedFindings(packed.digest(), body).unpack(checks))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("message")
          .isEqualTo(findings);
    } catch (JsonException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Example
  void unpackFindings_otherChecks_isRefused() {
    Finding finding =
        new Finding("s", "c", Severity.BLOCK, CheckVerdict.PASS, "o", "l", "a message");
    PackedFindings packed = PackedFindings.pack(checks(List.of(finding)), List.of(finding));
    PlannedChecks others =
        new PlannedChecks(List.of(new PlannedCheck("s", "c", Severity.BLOCK, "another limit")));
    assertThatThrownBy(() -> packed.unpack(others))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("they have digest");
    assertThatThrownBy(() -> packed.unpack(checks(List.of())))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("1 findings of 0 checks");
  }

  @Example
  void unpackFindings_beyondTheBounds_isRefusedBeforeItIsRead() {
    byte[] many = new byte[1 << 20];
    many[0] = 2; // spelled out
    many[1] = (byte) 0xA2; // 50,001, zigzag
    many[2] = (byte) 0x8D;
    many[3] = 0x06;
    for (byte[] body : List.of(many, new byte[(16 << 20) + 1])) {
      PackedFindings packed = new PackedFindings(TestRuns.digest("many"), body);
      assertThatThrownBy(() -> packed.unpack(checks(List.of())))
          .isInstanceOf(JsonException.class)
          .hasMessageMatching("found 50001, expected 0 to 50000|16777217 bytes, at most 16777216");
    }
  }

  private static PlannedChecks checks(List<Finding> findings) {
    return new PlannedChecks(findings.stream().map(PlannedCheck::of).toList());
  }

  @Property
  void unpack_randomBytes_givesOnlyItsException(@ForAll byte[] body) {
    PackedRun run = new PackedRun(TestRuns.digest("another"), body);
    try {
      run.unpack(OWNER, SOURCE);
      throw new AssertionError("accepted");
    } catch (EvidenceDamagedException expected) {
      assertThat(expected).hasMessageContaining(run.digest().hex());
    }
  }

  @Property
  void compareText_anyTwo_isTheOrderOfUtf8(@ForAll("planes") String a, @ForAll("planes") String b) {
    int bytes =
        java.util.Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(PlanOrder.TEXT.compare(a, b))).isEqualTo(Integer.signum(bytes));
  }

  /** Few code points from every length of UTF-8, so that equal prefixes are common. */
  @Provide
  Arbitrary<String> planes() {
    return Arbitraries.of("a", "b", "é", "\uffee", "\ue000", "😀", "\uD83D\uDE01", "\uDBFF\uDFFF")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
