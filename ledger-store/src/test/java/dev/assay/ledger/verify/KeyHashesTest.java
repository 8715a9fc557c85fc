package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class KeyHashesTest {
  @Property(tries = 200)
  void haveEqual_anyNumbersInASmallBuffer_agreesWithASet(
      @ForAll List<@LongRange(min = -60, max = 60) Long> numbers) throws IOException {
    Set<Long> set = new HashSet<>(numbers);
    try (KeyHashes hashes = new KeyHashes(4)) {
      hashes.add(numbers.stream().mapToLong(Long::longValue).toArray());
      assertThat(hashes.haveEqual()).isEqualTo(set.size() < numbers.size());
    }
  }

  @Test
  void haveEqual_zerosOnly_areFound() throws IOException {
    try (KeyHashes hashes = new KeyHashes(1)) {
      hashes.add(new long[] {0, 0});
      assertThat(hashes.haveEqual()).isTrue();
    }
  }
}
