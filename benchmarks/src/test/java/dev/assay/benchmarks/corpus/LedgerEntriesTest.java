package dev.assay.benchmarks.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.entry.EntryBytes;
import org.junit.jupiter.api.Test;

class LedgerEntriesTest {
  @Test
  void verdict_anyNumber_is300BytesEncoded() {
    for (int number : new int[] {0, 99_999_999}) {
      assertThat(new EntryBytes("verify", LedgerEntries.verdict(number)).at(0, 0)).hasSize(300);
    }
  }
}
