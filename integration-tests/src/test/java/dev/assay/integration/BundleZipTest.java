package dev.assay.integration;

import dev.assay.model.digest.Sha256;
import dev.assay.worker.bundle.BundleIssue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles in zip files that Assay doesn't write. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleZipTest {
  private final Bundles bundles;

  BundleZipTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_strangeFile_isNamed() throws IOException {
    bundles.expect(
        "file-added", bundles.run().put("notes.txt", "trust me"), BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expect(
        "file-added-listed",
        bundles.run().put("notes.txt", "trust me").listed(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expect(
        "file-climbs", bundles.run().put("../evil", "x").listed(), BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expect(
        "page-changed",
        bundles.run().put("index.html", "<p>PASS"),
        BundleIssue.Kind.BUNDLE_DAMAGED);
  }

  @Test
  void verify_otherZipFile_isNoBundle() throws IOException {
    byte[] good = bundles.run().zip();
    bundles.expectNoBundle("zip-cut", Arrays.copyOf(good, good.length / 2));
    bundles.expectNoBundle("zip-empty", new byte[0]);
    bundles.expectNoBundle("zip-text", "no zip".repeat(100).getBytes(StandardCharsets.UTF_8));
    bundles.expectNoBundle("zip-short", new byte[] {'P', 'K', 5, 6});
    bundles.expectNoBundle("zip-behind", joined(good, new byte[] {0}));
    bundles.expectNoBundle("zip-before", joined(new byte[] {0}, good));
    bundles.expectNoBundle("zip-twice", joined(good, good));
    bundles.expectNoBundle(
        "zip-comment", joined(end(good, end -> end.putShort(20, (short) 1)), new byte[] {'!'}));
    bundles.expectNoBundle("zip-count", end(good, end -> end.putShort(10, (short) 3)));
    bundles.expectNoBundle("zip-count-max", end(good, end -> end.putShort(10, (short) 0xFFFF)));
    bundles.expectNoBundle("zip-disk", end(good, end -> end.putShort(4, (short) 1)));
    bundles.expectNoBundle("zip-start", end(good, end -> end.putInt(16, 0)));
    bundles.expectNoBundle("zip-start-max", end(good, end -> end.putInt(16, -1)));
    bundles.expectNoBundle("zip-few-files-with-zip64-end", withBigEnd(good));
    central("zip-bzip2", file -> file.putShort(10, (short) 12));
    central("zip-lzma", file -> file.putShort(10, (short) 14));
    central("zip-stored", file -> file.putShort(10, (short) 0));
    central("zip-encrypted", file -> file.putShort(8, (short) 0x809));
    central("zip-not-utf8", file -> file.putShort(8, (short) 8));
    central("zip-version", file -> file.putShort(6, (short) 63));
    central("zip-attributes", file -> file.putInt(38, 0x10));
    central("zip-packed", file -> file.putInt(20, file.getInt(20) - 1));
    central("zip-place", file -> file.putInt(42, 1));
    central("zip-large", file -> file.putInt(24, -1));
    bundles.expectNoBundle(
        "zip-file-twice",
        renamed(bundles.run().put("checkpoinT", "note").zip(), "checkpoinT", "checkpoint"));
    bundles.expectNoBundle(
        "zip-manifest-twice",
        renamed(bundles.run().put("bundle.jsoN", "{}").zip(), "bundle.jsoN", "bundle.json"));
    bundles.expectNoBundle(
        "zip-manifest-damaged",
        new ZipBytes(good).local("bundle.json", file -> file.putInt(10, 1)).bytes());
  }

  /** The number of files, which the end of a zip file could hold, in a Zip64 end instead. */
  private static byte[] withBigEnd(byte[] zip) {
    ByteBuffer end =
        ByteBuffer.wrap(zip, zip.length - 22, 22).slice().order(ByteOrder.LITTLE_ENDIAN);
    long count = end.getShort(10);
    long length = end.getInt(12);
    long start = end.getInt(16);
    ByteBuffer big = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
    big.putInt(0x06064B50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
    big.putLong(count).putLong(count).putLong(length).putLong(start);
    big.putInt(0x07064B50).putInt(0).putLong(start + length).putInt(1);
    byte[] files = Arrays.copyOf(zip, zip.length - 22);
    byte[] least =
        end(
            Arrays.copyOfRange(zip, zip.length - 22, zip.length),
            last -> last.putShort(8, (short) -1).putShort(10, (short) -1));
    return joined(joined(files, big.array()), least);
  }

  private void central(String name, Consumer<ByteBuffer> change) throws IOException {
    bundles.expectNoBundle(
        name, new ZipBytes(bundles.run().zip()).central("checkpoint", change).bytes());
  }

  private static byte[] end(byte[] zip, Consumer<ByteBuffer> change) {
    return new ZipBytes(zip).end(change).bytes();
  }

  @Test
  void verify_headersThatContradictTheDirectory_areDamage() throws IOException {
    local("zip-local-name", file -> file.put(30, (byte) 'C'));
    local("zip-local-name-length", file -> file.putShort(26, (short) 9));
    local("zip-local-extra", file -> file.putShort(28, (short) 4));
    local("zip-local-crc", file -> file.putInt(14, 7));
    local("zip-local-sizes", file -> file.putInt(18, 7).putInt(22, 7));
    local("zip-local-method", file -> file.putShort(8, (short) 0));
    local("zip-local-flags", file -> file.putShort(6, (short) 0));
    local("zip-local-date", file -> file.putInt(10, 0));
    local("zip-local-signature", file -> file.put(3, (byte) 0));
    local("zip-data", file -> file.put(50, (byte) ~file.get(50)));
    ZipBytes zip = new ZipBytes(bundles.run().zip());
    for (int field : new int[] {16, 24}) { // CRC-32, size
      bundles.expect(
          "zip-central-" + field,
          zip.central("checkpoint", file -> file.putInt(field, file.getInt(field) + 1)).bytes(),
          BundleIssue.Kind.BUNDLE_DAMAGED);
    }
    bundles.expect(
        "zip-central-name",
        zip.central("checkpoint", file -> file.put(46, (byte) 0xFF)).bytes(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
    bundles.expect(
        "zip-document-large",
        bundles.run().put("documents/" + "0".repeat(64) + ".json", new byte[(64 << 20) + 1]),
        BundleIssue.Kind.BUNDLE_DAMAGED);
  }

  @Test
  void verify_moreFilesThanTheOldEndOfAZipFileCounts_isIntact() throws IOException {
    BundleCopies many = bundles.run();
    for (int i = 0; i < 65_536; i++) {
      byte[] content = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      many.put("documents/%s.json".formatted(Sha256.of(content).hex()), content);
    }
    bundles.expectIntact("zip-65536-documents", many.listed());
  }

  private void local(String name, Consumer<ByteBuffer> change) throws IOException {
    bundles.expect(
        name,
        new ZipBytes(bundles.run().zip()).local("checkpoint", change).bytes(),
        BundleIssue.Kind.BUNDLE_DAMAGED);
  }

  /** A file renamed in both its headers, to a name of equal length. */
  private static byte[] renamed(byte[] zip, String name, String to) {
    byte[] bytes = to.getBytes(StandardCharsets.UTF_8);
    return new ZipBytes(zip)
        .central(name, file -> file.put(46, bytes))
        .local(name, file -> file.put(30, bytes))
        .bytes();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
