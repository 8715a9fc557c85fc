package dev.assay.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsFormTest {
  @Test
  void encode_aFinding_isCanonicalJsonWithoutTheMessage() {
    Finding finding = new Finding("s", "c", Severity.BLOCK, CheckVerdict.FAIL, "é", "l", "why");
    assertThat(new String(FindingsForm.encode(List.of(finding)), StandardCharsets.UTF_8))
        .isEqualTo(
            "[{'check':'c','limit':'l','observed':'é','severity':'block','stage':'s','verdict':'FAIL'}]"
                .replace('\'', '"'));
    assertThat(FindingsForm.encode(List.of())).asString(StandardCharsets.UTF_8).isEqualTo("[]");
  }
}
