package dev.assay.integration;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A zip file whose records are changed byte by byte. Offsets within them: APPNOTE.TXT 4.3. */
final class ZipBytes {
  private final byte[] zip;

  ZipBytes(byte[] zip) {
    this.zip = zip;
  }

  /** Changes the header before a file's data. */
  ZipBytes local(String name, Consumer<ByteBuffer> change) {
    return at(find(name, 0, 1) - 30, change);
  }

  /** Changes a file's record in the directory. */
  ZipBytes central(String name, Consumer<ByteBuffer> change) {
    return at(find(name, zip.length - name.length(), -1) - 46, change);
  }

  /** Changes the last record. */
  ZipBytes end(Consumer<ByteBuffer> change) {
    return at(zip.length - 22, change);
  }

  byte[] bytes() {
    return zip;
  }

  private ZipBytes at(int offset, Consumer<ByteBuffer> change) {
    byte[] copy = zip.clone();
    change.accept(
        ByteBuffer.wrap(copy, offset, copy.length - offset).slice().order(ByteOrder.LITTLE_ENDIAN));
    return new ZipBytes(copy);
  }

  private int find(String name, int from, int step) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int at = from;
    while (!ByteBuffer.wrap(wanted).equals(ByteBuffer.wrap(zip, at, wanted.length))) {
      at += step;
    }
    return at;
  }
}
