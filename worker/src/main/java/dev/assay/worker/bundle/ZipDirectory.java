package dev.assay.worker.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the directory of a bundle's zip file. Other zip readers forgive much, and each something
 * else: what one shows, another may not see. So what can be read is written again, and must give
 * the very bytes that are there.
 */
final class ZipDirectory {
  private final FileChannel zip;

  private ZipDirectory(FileChannel zip) {
    this.zip = zip;
  }

  /**
   * The files, in their order: they begin at the first byte, follow each other without a gap, and
   * end where the directory begins.
   *
   * @throws BundleException if the file is no zip file as Assay writes it
   */
  static List<PackedFile> read(FileChannel zip) throws IOException {
    return new ZipDirectory(zip).files();
  }

  private List<PackedFile> files() throws IOException {
    require(zip.size() >= ZipRecords.END_BYTES, "it is too short");
    require(zip.size() < ZipRecords.MAX_32, "it has 4 GiB or more");
    ByteBuffer end = bytes(zip.size() - ZipRecords.END_BYTES, ZipRecords.END_BYTES);
    long count = end.getShort(10) & ZipRecords.MAX_16;
    long length = end.getInt(12) & ZipRecords.MAX_32;
    long start = end.getInt(16) & ZipRecords.MAX_32;
    long big = zip.size() - ZipRecords.END_BYTES - ZipRecords.BIG_BYTES;
    if (big >= 0 && count == ZipRecords.MAX_16) {
      count = bytes(big, ZipRecords.BIG_BYTES).getLong(32);
    }
    require(count >= 0 && count <= BundlePaths.MAX_FILES, "it has too many files");
    require(length <= BundlePaths.MAX_DIRECTORY_BYTES, "its directory is too large");
    byte[] wanted = ZipRecords.end(count, length, start);
    require(
        start + length + wanted.length == zip.size()
            && Arrays.equals(bytes(start + length, wanted.length).array(), wanted),
        "its end isn't where its directory ends");
    return files(bytes(start, (int) length), count, start);
  }

  private static List<PackedFile> files(ByteBuffer directory, long count, long start) {
    List<PackedFile> files = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    long at = 0;
    long total = 0;
    for (long i = 0; i < count; i++) {
      PackedFile file = next(directory, at);
      files.add(file);
      at = file.end();
      total += file.size();
      require(paths.add(file.path()), "it has a file twice");
      require(
          file.size() <= BundlePaths.MAX_FILE_BYTES && total <= BundlePaths.MAX_BYTES,
          "it is larger unpacked than a bundle may be");
    }
    require(
        !directory.hasRemaining() && at == start, "its directory doesn't begin behind its files");
    return files;
  }

  private static PackedFile next(ByteBuffer directory, long at) {
    int here = directory.position();
    require(directory.remaining() >= ZipRecords.RECORD_BYTES, "its directory was cut");
    long crc = directory.getInt(here + 16) & ZipRecords.MAX_32;
    long packed = directory.getInt(here + 20) & ZipRecords.MAX_32;
    long size = directory.getInt(here + 24) & ZipRecords.MAX_32;
    int names = directory.getShort(here + 28) & ZipRecords.MAX_16;
    int length = ZipRecords.RECORD_BYTES + names;
    require(directory.remaining() >= length, "its directory was cut");
    byte[] record = new byte[length];
    directory.get(record);
    byte[] name = Arrays.copyOfRange(record, ZipRecords.RECORD_BYTES, length);
    require(
        Arrays.equals(record, ZipRecords.central(crc, packed, size, name, at)),
        "a file isn't stored as a bundle's are");
    return new PackedFile(
        new String(name, StandardCharsets.ISO_8859_1),
        at,
        ZipRecords.local(name),
        packed,
        size,
        crc);
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    byte[] read = new ChannelStream(zip, at, length).readNBytes(length);
    if (read.length != length) {
      throw new EOFException("the file became shorter");
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void require(boolean fact, String otherwise) {
    if (!fact) {
      throw new BundleException(
          otherwise + "; a bundle is a zip file as Assay writes it: ask for it again");
    }
  }
}
