package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * One file of a bundle's zip file.
 *
 * @param path as the zip's directory has it, a character a byte
 * @param at where its header begins
 * @param header what must stand before its data
 * @param packed length of its data
 * @param size of what these unpack to
 * @param crc CRC-32 of that
 */
record PackedFile(String path, long at, byte[] header, long packed, long size, long crc) {
  private static final int BUFFER = 1 << 16;

  /** Where the next file's header begins. */
  long end() {
    return at + header.length + packed + ZipRecords.AFTER_BYTES;
  }

  /**
   * The SHA-256 of what the file holds; all of it is unpacked.
   *
   * @throws ZipException if a byte of it isn't what the zip's directory says
   */
  Sha256 check(FileChannel zip) throws IOException {
    ChannelStream around = new ChannelStream(zip, at, header.length);
    ChannelStream after =
        new ChannelStream(zip, at + header.length + packed, ZipRecords.AFTER_BYTES);
    if (!Arrays.equals(around.readAllBytes(), header)
        || !Arrays.equals(after.readAllBytes(), ZipRecords.after(crc, packed, size))) {
      throw new ZipException("what stands around it isn't what the zip's directory says");
    }
    MessageDigest digest = Sha256.newDigest();
    CRC32 sum = new CRC32();
    long unpacked = 0;
    Inflater inflater = new Inflater(true);
    try (InputStream in = new InflaterInputStream(data(zip), inflater, BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0 && unpacked <= size; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        sum.update(buffer, 0, read);
        unpacked += read;
      }
      if (unpacked != size || inflater.getBytesRead() != packed || sum.getValue() != crc) {
        throw new ZipException("it doesn't unpack to what the zip's directory says");
      }
    } finally {
      inflater.end();
    }
    return Sha256.ofBytes(digest.digest());
  }

  /** What the file holds, to be closed; for files that were checked. */
  InputStream stream(FileChannel zip) {
    Inflater inflater = new Inflater(true);
    return new InflaterInputStream(data(zip), inflater, BUFFER) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  private ChannelStream data(FileChannel zip) {
    return new ChannelStream(zip, at + header.length, packed);
  }
}
