package dev.assay.worker.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The records of a zip file as {@link BundleZip} writes them. Source: PKWARE's APPNOTE.TXT,
 * sections 4.3.7 (local file header), 4.3.9 (data descriptor), 4.3.12 (central directory) and
 * 4.3.14 to 4.3.16 (its end).
 */
final class ZipRecords {
  /** What stands here in 32 bits is in a Zip64 field. */
  static final long MAX_32 = 0xFFFF_FFFFL;

  static final int MAX_16 = 0xFFFF;

  /** Length of what follows a file's data. */
  static final int AFTER_BYTES = 16;

  /** Length of a directory's record without name and extra fields. */
  static final int RECORD_BYTES = 46;

  /** Length of the field that says where a file begins, beyond 4 GiB. */
  static final int FAR_BYTES = 12;

  /** Length of the end of a zip file; before it stand {@link #BIG_BYTES} if it is a big one. */
  static final int END_BYTES = 22;

  static final int BIG_BYTES = 56 + 20;

  /** Bit 3, sizes follow the data; bit 11, names are UTF-8. */
  private static final int FLAGS = 0x808;

  private static final int DEFLATED = 8;

  private ZipRecords() {}

  /** What stands before a file's data. */
  static byte[] local(int dated, byte[] name, byte[] stamp) {
    return bytes(
        30 + name.length + stamp.length,
        out -> {
          out.putInt(0x04034B50).putShort((short) 20);
          out.putShort((short) FLAGS).putShort((short) DEFLATED).putInt(dated);
          out.putInt(0).putInt(0).putInt(0);
          out.putShort((short) name.length).putShort((short) stamp.length);
          out.put(name).put(stamp);
        });
  }

  /** What stands behind a file's data. */
  static byte[] after(long crc, long packed, long size) {
    return bytes(
        AFTER_BYTES,
        out -> out.putInt(0x08074B50).putInt((int) crc).putInt((int) packed).putInt((int) size));
  }

  /** A file's record in the directory. */
  static byte[] central(
      int dated, long crc, long packed, long size, byte[] name, byte[] stamp, long at) {
    byte[] far =
        at < MAX_32
            ? new byte[0]
            : bytes(FAR_BYTES, out -> out.putShort((short) 1).putShort((short) 8).putLong(at));
    short version = (short) (at < MAX_32 ? 20 : 45);
    return bytes(
        RECORD_BYTES + name.length + far.length + stamp.length,
        out -> {
          out.putInt(0x02014B50).putShort(version).putShort(version);
          out.putShort((short) FLAGS).putShort((short) DEFLATED).putInt(dated);
          out.putInt((int) crc).putInt((int) packed).putInt((int) size);
          out.putShort((short) name.length).putShort((short) (far.length + stamp.length));
          out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
          out.putInt((int) Math.min(at, MAX_32)).put(name).put(far).put(stamp);
        });
  }

  /** What follows the directory. */
  static byte[] end(long count, long length, long start) {
    boolean big = count >= MAX_16 || length >= MAX_32 || start >= MAX_32;
    return bytes(
        END_BYTES + (big ? BIG_BYTES : 0),
        out -> {
          if (big) {
            out.putInt(0x06064B50).putLong(44).putShort((short) 45).putShort((short) 45);
            out.putInt(0).putInt(0).putLong(count).putLong(count).putLong(length).putLong(start);
            out.putInt(0x07064B50).putInt(0).putLong(start + length).putInt(1);
          }
          short files = (short) Math.min(count, MAX_16);
          out.putInt(0x06054B50).putInt(0).putShort(files).putShort(files);
          out.putInt((int) Math.min(length, MAX_32)).putInt((int) Math.min(start, MAX_32));
          out.putShort((short) 0);
        });
  }

  private static byte[] bytes(int length, Consumer<ByteBuffer> writer) {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    writer.accept(out);
    return out.array();
  }
}
