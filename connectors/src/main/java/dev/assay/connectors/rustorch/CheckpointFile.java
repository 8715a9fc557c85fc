package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A {@code .rtch} file: {@code RTCH}, u32 version, u64 metadata length (little-endian), a JSON
 * table of tensors, raw f32. Only the header is read; its sizes must add up to the file's.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "RTCH".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 16;
  private static final int VERSION = 1;

  /** Header and table of most checkpoints: one read. */
  private static final int BUFFER_BYTES = 4096;

  /** Largest table read; one of a hundred thousand tensors is 20 MB. */
  private static final int MOST_METADATA = 16 << 20;

  /** Far above any file, and exact as a double. */
  private static final double LARGEST_TENSOR = 1e15;

  private CheckpointFile() {}

  /**
   * Why the file isn't a whole checkpoint; empty if it is.
   *
   * @param size in bytes, as {@link Folder#size} has just given it
   */
  static Optional<String> check(Path file, long size) {
    try (InputStream in = new BufferedInputStream(Folder.streamSeen(file), BUFFER_BYTES)) {
      return why(in, size);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** As {@link #check(Path, long)}, of a file that was read whole. */
  static Optional<String> check(byte[] file) {
    try {
      return why(new ByteArrayInputStream(file), file.length);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private static Optional<String> unreadable(IOException e) {
    return Optional.of("the file can't be read: " + e.getClass().getSimpleName());
  }

  private static Optional<String> why(InputStream in, long size) throws IOException {
    try {
      check(in, size);
      return Optional.empty();
    } catch (RecordException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the header of a file of {@code size} bytes. */
  static void check(InputStream in, long size) throws IOException, RecordException {
    byte[] bytes = in.readNBytes(HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER_BYTES || !Arrays.equals(bytes, 0, 4, MAGIC, 0, 4)) {
      throw new RecordException("it doesn't begin with RTCH");
    }
    if (header.getInt(4) != VERSION) {
      throw new RecordException("version %d, expected %d".formatted(header.getInt(4), VERSION));
    }
    long length = header.getLong(8);
    if (length < 0 || length > Math.min(MOST_METADATA, size - HEADER_BYTES)) {
      throw new RecordException(
          "a table of %s bytes in a file of %d".formatted(Long.toUnsignedString(length), size));
    }
    JsonValue table = JsonFiles.parse(in.readNBytes((int) length));
    if (!(table instanceof JsonObject metadata)
        || !(metadata.members().get("tensors") instanceof JsonArray(var tensors))) {
      throw new RecordException("its table lists no tensors");
    }
    long weights = 0;
    for (JsonValue tensor : tensors) {
      weights = Math.addExact(weights, tensor(tensor, weights));
      if (weights > size) {
        throw new RecordException("its tensors are larger than the file");
      }
    }
    long expected = HEADER_BYTES + length + weights;
    if (size != expected) {
      throw new RecordException("%d bytes, its table describes %d".formatted(size, expected));
    }
  }

  /** Bytes of a tensor that must start at {@code offset}. */
  private static long tensor(JsonValue value, long offset) throws RecordException {
    if (!(value instanceof JsonObject tensor)) {
      throw new RecordException("a tensor of its table isn't an object");
    }
    String name = Texts.shown(JsonFiles.text(tensor, "name").orElse(""));
    double elements = 1;
    if (tensor.members().get("shape") instanceof JsonArray(var shape)) {
      for (JsonValue side : shape) {
        elements *= side instanceof JsonNumber(double number) ? number : Double.NaN;
      }
    }
    double length = JsonFiles.number(tensor, "len_bytes").orElse(-1.0);
    if (!JsonFiles.text(tensor, "dtype").equals(Optional.of("f32"))) {
      throw new RecordException("tensor %s isn't of dtype f32".formatted(name));
    }
    if (JsonFiles.number(tensor, "numel").orElse(-1.0) != elements || length != 4 * elements) {
      throw new RecordException(
          "tensor %s: shape, numel and len_bytes don't agree".formatted(name));
    }
    if (JsonFiles.number(tensor, "offset_bytes").orElse(-1.0) != offset) {
      throw new RecordException(
          "tensor %s doesn't start where the one before ends".formatted(name));
    }
    if (!(length >= 0) || length > LARGEST_TENSOR || length != Math.rint(length)) {
      throw new RecordException("tensor %s has no possible size".formatted(name));
    }
    return (long) length;
  }
}
