package dev.assay.connectors.rustorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake3ChunkTest {
  /** From test_vectors.json of the BLAKE3 project, the first 32 bytes; input bytes are i % 251. */
  @ParameterizedTest
  @CsvSource({
    "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
    "1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
    "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"
  })
  void hash_officialVector_isAsPublished(int length, String hash) {
    assertThat(HexFormat.of().formatHex(new Blake3Chunk().hash(input(length)))).isEqualTo(hash);
  }

  @Test
  void hash_everyLength_isAsTheLibrarys() {
    Blake3Chunk reused = new Blake3Chunk();
    for (int length = Blake3Chunk.MOST_BYTES; length >= 0; length--) {
      assertThat(reused.hash(input(length))).isEqualTo(Blake3.hash(input(length)));
    }
  }

  @Property(tries = 300)
  void hash_anyBytes_isAsTheLibrarys(@ForAll @Size(max = 300) byte[] bytes) {
    assertThat(new Blake3Chunk().hash(bytes)).isEqualTo(Blake3.hash(bytes));
  }

  @Test
  void hash_moreThanAChunk_isRefused() {
    assertThatThrownBy(() -> new Blake3Chunk().hash(input(1025)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chunk has at most 1024 bytes, got 1025");
  }

  private static byte[] input(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }
}
