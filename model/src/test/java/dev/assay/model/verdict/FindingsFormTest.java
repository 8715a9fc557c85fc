package dev.assay.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FindingsFormTest {
  private static final String GOOD =
      "[{'check':'c','limit':'l','observed':'\u00e9','severity':'block','stage':'s','verdict':'FAIL'}]";

  @Example
  void decode_encoded_isEqual() {
    Finding finding = new Finding("s", "c", Severity.BLOCK, CheckVerdict.FAIL, "é", "l", "why");
    assertThat(FindingsForm.encode(List.of(finding))).isEqualTo(json(GOOD));
    assertThat(FindingsForm.decode(json(GOOD), List.of("why"))).containsExactly(finding);
    assertThat(FindingsForm.decode(json("[]"), List.of())).isEmpty();
  }

  @Example
  void decode_eachWayOfBeingBad_isRefused() {
    for (String bad :
        List.of(
            "",
            "{}",
            "[[]]",
            GOOD + "[]",
            GOOD.replace("}]", "}"),
            GOOD.replace("'check':'c',", ""),
            GOOD.replace("'limit':'l'", "'limit':1"),
            GOOD.replace("'stage'", "'Stage'"),
            GOOD.replace("block", "BLOCK"),
            GOOD.replace("FAIL", "fail"),
            GOOD.replace("'verdict':'FAIL'", "'verdict':'FAIL','x':''"),
            GOOD.replace("'check':'c','limit':'l'", "'limit':'l','check':'c'"))) {
      assertThatThrownBy(() -> FindingsForm.decode(json(bad), List.of("why")))
          .as(bad)
          .isInstanceOf(JsonException.class);
    }
  }

  @Example
  void decode_otherNumberOfMessages_isRefused() {
    for (List<String> messages : List.of(List.<String>of(), List.of("a", "b"))) {
      assertThatThrownBy(() -> FindingsForm.decode(json(GOOD), messages))
          .isInstanceOf(JsonException.class)
          .hasMessageContaining("findings than messages");
    }
  }

  @Property
  void decode_randomBytes_givesOnlyItsException(@ForAll byte[] bytes) {
    try {
      assertThat(FindingsForm.decode(bytes, List.of())).isEmpty();
    } catch (JsonException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
