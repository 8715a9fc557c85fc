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
  /** Where nothing stands any more: what does is in a Zip64 field, which bundles don't need. */
  static final long MAX_32 = 0xFFFF_FFFFL;

  /** The number of files that stands here is in the Zip64 end. */
  static final int MAX_16 = 0xFFFF;

  /** Length of what follows a file's data. */
  static final int AFTER_BYTES = 16;

  /** Length of a directory's record without the name. */
  static final int RECORD_BYTES = 46;

  /** Length of the end of a zip file; before it stand {@link #BIG_BYTES} if it is a big one. */
  static final int END_BYTES = 22;

  static final int BIG_BYTES = 56 + 20;

  /** Bit 3, sizes follow the data; bit 11, names are UTF-8. */
  private static final int FLAGS = 0x808;

  private static final int DEFLATED = 8;

  /** 1980-01-01 00:00:02. */
  private static final int DATED = 33 << 16 | 1;

  private ZipRecords() {}

  /** What stands before a file's data. */
  static byte[] local(byte[] name) {
    return bytes(
        30 + name.length,
        out -> {
          out.putInt(0x04034B50).putShort((short) 20);
          out.putShort((short) FLAGS).putShort((short) DEFLATED).putInt(DATED);
          out.putInt(0).putInt(0).putInt(0);
          out.putShort((short) name.length).putShort((short) 0);
          out.put(name);
        });
  }

  /** What stands behind a file's data. */
  static byte[] after(long crc, long packed, long size) {
    return bytes(
        AFTER_BYTES,
        out -> out.putInt(0x08074B50).putInt((int) crc).putInt((int) packed).putInt((int) size));
  }

  /** A file's record in the directory. */
  static byte[] central(long crc, long packed, long size, byte[] name, long at) {
    return bytes(
        RECORD_BYTES + name.length,
        out -> {
          out.putInt(0x02014B50).putShort((short) 20).putShort((short) 20);
          out.putShort((short) FLAGS).putShort((short) DEFLATED).putInt(DATED);
          out.putInt((int) crc).putInt((int) packed).putInt((int) size);
          out.putShort((short) name.length).putShort((short) 0);
          out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
          out.putInt((int) at).put(name);
        });
  }

  /** What follows the directory. */
  static byte[] end(long count, long length, long start) {
    boolean big = count >= MAX_16;
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
          out.putInt((int) length).putInt((int) start);
          out.putShort((short) 0);
        });
  }

  private static byte[] bytes(int length, Consumer<ByteBuffer> writer) {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    writer.accept(out);
    return out.array();
  }
}
