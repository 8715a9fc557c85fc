package dev.assay.connectors.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array at once, as a long. To find one of a kind among them is the test for a
 * zero byte of S. E. Anderson, "Bit Twiddling Hacks".
 */
public final class EightBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  private static final long HIGHEST = 0x8080808080808080L;

  private EightBytes() {}

  /** The bytes from an index on, of which there are eight. */
  static long at(byte[] bytes, int at) {
    return (long) EIGHT.get(bytes, at);
  }

  /** Index of the first byte that is {@code ascii}; {@code end} if none is. */
  public static int indexOf(byte[] bytes, char ascii, int from, int end) {
    long sought = ONES * ascii;
    int i = from;
    while (i <= end - Long.BYTES) {
      long differing = at(bytes, i) ^ sought;
      if (((differing - ONES) & ~differing & HIGHEST) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    while (i < end && bytes[i] != ascii) {
      i++;
    }
    return i;
  }

  /**
   * Passes over eights of bytes of ASCII that are none of three; gives the index of the first eight
   * that has one of them or a byte beyond ASCII, or that isn't whole.
   */
  public static int skipOthers(byte[] bytes, char a, char b, char c, int from, int end) {
    long allA = ONES * a;
    long allB = ONES * b;
    long allC = ONES * c;
    int i = from;
    while (i <= end - Long.BYTES) {
      long eight = at(bytes, i);
      // Without a byte beyond ASCII no difference has its highest bit, and only a zero borrows.
      long found =
          eight | ((eight ^ allA) - ONES) | ((eight ^ allB) - ONES) | ((eight ^ allC) - ONES);
      if ((found & HIGHEST) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    return i;
  }
}
