package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conflict/a",
        "ledger/created",
        "artifacts/a/b",
        "decision/c-1/x/NO_ROLE",
        "key/x",
        "trust/0",
        "case/1/opened",
        "history/validate/a#1/r",
        "run/a/b/c/after-0",
        "validate/nightly#7/planned"
      })
  void requireUsers_keyThatAWriterOfOursMayUse_isRefusedNamingTheBeginnings(String key) {
    assertThat(EntryKeys.reserved()).anyMatch(key::startsWith);
    assertThatThrownBy(() -> EntryKeys.requireUsers(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "validated", "runs/1", "example.org/run/1"})
  void requireUsers_otherKey_isTaken(String key) {
    assertThat(EntryKeys.requireUsers(key)).isEqualTo(key);
  }

  @Test
  void requireUsers_length_isBoundedInBytes() {
    assertThat(EntryKeys.requireUsers("ä".repeat(256))).hasSize(256);
    assertThatThrownBy(() -> EntryKeys.requireUsers("ä".repeat(256) + "x"))
        .hasMessageContainingAll("513", "512");
  }

  @Test
  void requireCallers_keyOfAWorkflow_isTaken() {
    assertThat(EntryKeys.requireCallers("run/a")).isEqualTo("run/a");
  }
}
