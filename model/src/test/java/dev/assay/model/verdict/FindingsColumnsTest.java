package dev.assay.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FindingsColumnsTest {
  private static final Finding VECTOR =
      new Finding("numbers", "finite", Severity.BLOCK, CheckVerdict.FAIL, "NaN", "finite", "é");
  private static final PlannedChecks CHECKS = checks(List.of(VECTOR));

  private static PlannedChecks checks(List<Finding> findings) {
    return new PlannedChecks(findings.stream().map(PlannedCheck::of).toList());
  }

  @Example
  void pack_theVectorsOfTheDocument_isTheirBytes() {
    assertThat(FindingsColumns.pack(CHECKS, List.of(VECTOR)))
        .asHexString()
        .isEqualTo("000202064E614E04C3A9");
    assertThat(FindingsColumns.pack(checks(List.of()), List.of(VECTOR)))
        .asHexString()
        .isEqualTo("02020E6E756D626572730C66696E697465000C66696E69746502064E614E04C3A9");
  }

  @Property
  void unpack_packed_isEqualAndHasTheDigestOfTheForm(
      @ForAll("findings") List<Finding> findings, @ForAll("findings") List<Finding> others) {
    for (PlannedChecks checks : List.of(checks(findings), checks(others))) {
      List<Finding> found = FindingsColumns.unpack(checks, FindingsColumns.pack(checks, findings));
      assertThat(found).isEqualTo(findings);
      assertThat(checks.digest(found)).isEqualTo(Sha256.of(FindingsForm.encode(findings)));
    }
  }

  @Property
  void unpack_randomBytes_givesOnlyItsException(@ForAll byte[] bytes) {
    try {
      assertThat(FindingsColumns.unpack(CHECKS, bytes)).hasSizeLessThanOrEqualTo(bytes.length);
    } catch (JsonException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Example
  void unpack_eachWayOfBeingBad_isRefused() {
    for (String bad :
        List.of(
            "",
            "04",
            "00",
            "0000",
            "0004",
            "0002",
            "000208",
            "000201",
            "00020200",
            "0002020a4e61",
            "00020200000000",
            "0002020ffffffffffffffffff01",
            "0202",
            "02020000",
            "0202000006")) {
      assertThatThrownBy(() -> FindingsColumns.unpack(CHECKS, HexFormat.of().parseHex(even(bad))))
          .as(bad)
          .isInstanceOf(JsonException.class);
    }
  }

  private static String even(String hex) {
    return hex.length() % 2 == 0 ? hex : hex + "0";
  }

  @Property
  void readChecks_written_areEqual(@ForAll("findings") List<Finding> findings) {
    assertThat(PlannedChecks.read(checks(findings).toJson()).checks())
        .isEqualTo(checks(findings).checks());
  }

  @Example
  void readChecks_eachWayOfBeingBad_isRefused() {
    String good = "[{'check':'c','limit':'l','severity':'block','stage':'s'}]";
    assertThat(PlannedChecks.read(json(good)).checks())
        .containsExactly(new PlannedCheck("s", "c", Severity.BLOCK, "l"));
    for (String bad :
        List.of(
            "",
            "{}",
            "[[]]",
            good + "[]",
            good.replace("}]", "}"),
            good.replace("'check':'c',", ""),
            good.replace("'limit':'l'", "'limit':1"),
            good.replace("'stage'", "'Stage'"),
            good.replace("block", "BLOCK"),
            good.replace("'stage':'s'", "'stage':'s','x':''"),
            good.replace("'check':'c','limit':'l'", "'limit':'l','check':'c'"))) {
      assertThatThrownBy(() -> PlannedChecks.read(json(bad)))
          .as(bad)
          .isInstanceOf(JsonException.class);
    }
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<List<Finding>> findings() {
    Arbitrary<String> text =
        Arbitraries.of(
            "", "a", "é", "\"\\", "😀", "a text of more than sixty-three bytes, ".repeat(3));
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
        .ofMaxSize(4);
  }
}
