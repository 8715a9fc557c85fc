package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a bundle's files, one after the other, and its manifest last. The file appears whole;
 * equal content gives equal bytes. Not safe for use by several threads.
 */
final class BundleZip implements AutoCloseable {
  /**
   * Files are dated so, all of them: when a bundle was made is no evidence. The first date of zip
   * files but one: with the first, 00:00:00, Java adds another, which depends on the time zone.
   */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

  private final Path target;
  private final Path draft;
  private final ZipOutputStream zip;
  private final SortedMap<String, JsonObject> files = new TreeMap<>();

  BundleZip(Path target) throws IOException {
    this.target = target;
    this.draft = target.resolveSibling(target.getFileName() + ".draft");
    this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16));
  }

  /** Writes what a file holds. */
  @FunctionalInterface
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  boolean has(String path) {
    return files.containsKey(path);
  }

  /** How many documents were written. */
  long documents() {
    return files.keySet().stream().filter(BundlePaths::isDocument).count();
  }

  void put(String path, byte[] content) throws IOException {
    put(path, out -> out.write(content));
  }

  void put(String path, Content content) throws IOException {
    begin(path);
    MessageDigest digest = Sha256.newDigest();
    Counted counted = new Counted(new DigestOutputStream(zip, digest));
    content.to(counted);
    counted.flush();
    zip.closeEntry();
    files.put(
        path,
        JsonObject.EMPTY
            .with("path", path)
            .with("sha256", Sha256.ofBytes(digest.digest()).hex())
            .with("size", counted.bytes));
  }

  /** Writes the manifest, and moves the file to its place. */
  void finish(JsonObject manifest) throws IOException {
    begin(BundlePaths.MANIFEST);
    List<JsonValue> list = new ArrayList<>(files.values());
    zip.write(CanonicalJson.encode(manifest.with("files", new JsonArray(list))));
    zip.closeEntry();
    zip.close();
    requireBounds();
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Nobody could read a larger one. */
  private void requireBounds() throws IOException {
    try (FileChannel written = FileChannel.open(draft)) {
      ZipDirectory.read(written);
    } catch (BundleException e) {
      throw new BundleException(
          "too much for a bundle (%s): bundle the runs one by one, or export the ledger"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void begin(String path) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(DATE);
    zip.putNextEntry(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
    Files.deleteIfExists(draft);
  }

  /** Counts, and keeps the zip open when a writer closes its stream. */
  private static final class Counted extends OutputStream {
    private final OutputStream out;
    private long bytes;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      bytes++;
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
      out.write(content, offset, length);
      bytes += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() {}
  }
}
