package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.run.RunCodec.EncodedRun;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
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
import net.jqwik.api.constraints.IntRange;

/** What is stored comes back, and nothing else passes. */
class CodecProperties {
  private static final RunIdentity OWNER = new RunIdentity("assay", "e", "r");

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
  void decodeFindings_encoded_isEqual(@ForAll("findings") List<Finding> findings) {
    assertThat(FindingsCodec.decode(FindingsCodec.encode(findings))).isEqualTo(findings);
  }

  @Property
  void decodeFindings_randomBytes_givesOnlyItsException(@ForAll byte[] bytes) {
    refused(bytes);
  }

  @Property
  void decodeFindings_oneByteChanged_isRefusedOrCanonical(
      @ForAll("findings") List<Finding> findings, @ForAll int at, @ForAll byte value) {
    byte[] bytes = FindingsCodec.encode(findings);
    bytes[Math.floorMod(at, bytes.length)] = value;
    try {
      assertThat(FindingsCodec.encode(FindingsCodec.decode(bytes))).isEqualTo(bytes);
    } catch (JsonException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Example
  void decodeFindings_eachWayOfBeingBad_isRefused() {
    String good =
        "[{'check':'c','limit':'','message':'','observed':'','severity':'block','stage':'s','verdict':'PASS'}]";
    assertThat(decode(good)).hasSize(1);
    for (String bad :
        List.of(
            "{}",
            "[[]]",
            good + " ",
            good.replace("'check':'c',", ""),
            good.replace("'limit':''", "'limit':1"),
            good.replace("'stage'", "'Stage'"),
            good.replace("block", "BLOCK"),
            good.replace("PASS", "pass"),
            good.replace("{'check':'c','limit':''", "{'limit':'','check':'c'"),
            good.replace("'c'", "'\\u0063'"))) {
      refused(bad.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Finding> decode(String json) {
    return FindingsCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(byte[] bytes) {
    try {
      assertThat(FindingsCodec.decode(bytes)).isEmpty();
      assertThat(bytes).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
    } catch (JsonException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Property
  void unpack_packed_isEqual(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int times) {
    byte[] raw = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, raw, i * bytes.length, bytes.length);
    }
    assertThat(PackedRun.pack(new EncodedRun(Sha256.of(raw), raw)).unpack(OWNER)).isEqualTo(raw);
  }

  @Property
  void unpack_randomBytes_givesOnlyItsException(
      @ForAll byte[] body, @ForAll @IntRange(min = -1, max = 100_000) int rawSize) {
    PackedRun run = new PackedRun(TestRuns.digest("another"), rawSize, body);
    try {
      run.unpack(OWNER);
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
