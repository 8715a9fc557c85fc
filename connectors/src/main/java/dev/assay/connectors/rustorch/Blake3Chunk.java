package dev.assay.connectors.rustorch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE3 of up to 1024 bytes, a single chunk: what an event of the governance ledger needs, two
 * times as fast as the library that hashes the longer ones. Its sixteen words of state and of
 * message are local variables, or each would be written to memory and read again for each step.
 * Source: the BLAKE3 specification, sections 2.1 to 2.4. Not safe for use by several threads.
 */
final class Blake3Chunk {
  static final int MOST_BYTES = 1024;

  private static final int BLOCK_BYTES = 64;
  private static final int ROUNDS = 7;
  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 2;
  private static final int ROOT = 8;
  private static final int[] START = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
  };
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] chain = new int[START.length];
  private final byte[] lastBlock = new byte[BLOCK_BYTES];

  /**
   * The hash's 32 bytes.
   *
   * @throws IllegalArgumentException for more than {@link #MOST_BYTES} bytes
   */
  byte[] hash(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a chunk has at most 1024 bytes, got " + bytes.length);
    }
    System.arraycopy(START, 0, chain, 0, START.length);
    int flags = CHUNK_START;
    int at = 0;
    for (; bytes.length - at > BLOCK_BYTES; at += BLOCK_BYTES) {
      compress(bytes, at, BLOCK_BYTES, flags);
      flags = 0;
    }
    int left = bytes.length - at;
    Arrays.fill(lastBlock, left, BLOCK_BYTES, (byte) 0);
    System.arraycopy(bytes, at, lastBlock, 0, left);
    compress(lastBlock, 0, left, flags | CHUNK_END | ROOT);
    byte[] hash = new byte[chain.length * Integer.BYTES];
    for (int i = 0; i < chain.length; i++) {
      WORD.set(hash, i * Integer.BYTES, chain[i]);
    }
    return hash;
  }

  /** The compression function, its output cut to the next chaining value. */
  private void compress(byte[] block, int at, int length, int flags) {
    int m0 = word(block, at, 0);
    int m1 = word(block, at, 1);
    int m2 = word(block, at, 2);
    int m3 = word(block, at, 3);
    int m4 = word(block, at, 4);
    int m5 = word(block, at, 5);
    int m6 = word(block, at, 6);
    int m7 = word(block, at, 7);
    int m8 = word(block, at, 8);
    int m9 = word(block, at, 9);
    int m10 = word(block, at, 10);
    int m11 = word(block, at, 11);
    int m12 = word(block, at, 12);
    int m13 = word(block, at, 13);
    int m14 = word(block, at, 14);
    int m15 = word(block, at, 15);
    int v0 = chain[0];
    int v1 = chain[1];
    int v2 = chain[2];
    int v3 = chain[3];
    int v4 = chain[4];
    int v5 = chain[5];
    int v6 = chain[6];
    int v7 = chain[7];
    int v8 = START[0];
    int v9 = START[1];
    int v10 = START[2];
    int v11 = START[3];
    int v12 = 0; // the chunk's number
    int v13 = 0;
    int v14 = length;
    int v15 = flags;
    for (int round = 0; round < ROUNDS; round++) {
      // a step mixes a column of the state with two words, then a diagonal
      v0 += v4 + m0;
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 += v4 + m1;
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 += v5 + m2;
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 += v5 + m3;
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 += v6 + m4;
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 += v6 + m5;
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 += v7 + m6;
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 += v7 + m7;
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 += v5 + m8;
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 += v5 + m9;
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 += v6 + m10;
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 += v6 + m11;
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 += v7 + m12;
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 += v7 + m13;
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 += v4 + m14;
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 += v4 + m15;
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
      // the words in their order for the next round
      int even = m0;
      m0 = m2;
      m2 = m3;
      m3 = m10;
      m10 = m12;
      m12 = m9;
      m9 = m11;
      m11 = m5;
      m5 = even;
      int odd = m1;
      m1 = m6;
      m6 = m4;
      m4 = m7;
      m7 = m13;
      m13 = m14;
      m14 = m15;
      m15 = m8;
      m8 = odd;
    }
    chain[0] = v0 ^ v8;
    chain[1] = v1 ^ v9;
    chain[2] = v2 ^ v10;
    chain[3] = v3 ^ v11;
    chain[4] = v4 ^ v12;
    chain[5] = v5 ^ v13;
    chain[6] = v6 ^ v14;
    chain[7] = v7 ^ v15;
  }

  private static int word(byte[] block, int at, int index) {
    return (int) WORD.get(block, at + index * Integer.BYTES);
  }
}
