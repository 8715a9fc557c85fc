package dev.assay.worker.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file, which stays open. Not safe for use by several threads. */
final class ChannelStream extends InputStream {
  private final FileChannel file;
  private long at;
  private final long end;

  ChannelStream(FileChannel file, long at, long length) {
    this.file = file;
    this.at = at;
    this.end = at + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int wanted = (int) Math.min(length, end - at);
    if (wanted <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = file.read(ByteBuffer.wrap(into, offset, wanted), at);
    at += Math.max(read, 0);
    return read;
  }
}
