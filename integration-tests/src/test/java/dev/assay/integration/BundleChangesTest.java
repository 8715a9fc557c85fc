package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.bundle.BundleReport.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bundles changed at random, always the same ones. Whatever came of it, the second verifier finds
 * the same.
 */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleChangesTest {
  private static final int CHANGED = Integer.getInteger("assay.bundles.changed", 150);

  /** What turns up where something was put in: marks of JSON, base64, notes, text and records. */
  private static final List<String> INSERTS =
      List.of(
          "\n",
          "\r",
          "\r\n",
          " ",
          "\0",
          "\"",
          "{}",
          "[]",
          ",",
          "=",
          "A",
          "0",
          "-",
          "+",
          "1",
          ".",
          "e",
          "true",
          "null",
          "\u2014",
          "\u2014 w AAAAAAA=\n",
          "\uFEFF",
          "\u00E9",
          "\\u0041",
          "PK");

  private final Bundles bundles;

  BundleChangesTest(Bundles bundles) {
    this.bundles = bundles;
  }

  /**
   * But for a deflate stream's own freedom (RFC 1951: bits behind its last block, another distance
   * to equal bytes), in which no file differs.
   */
  @Test
  void verify_bytesOfTheZipFileChanged_isIntactOnlyIfItHoldsTheSameFiles() throws IOException {
    BundleCopies copy = bundles.run();
    byte[] good = copy.zip();
    Random random = new Random(20_261_124);
    for (int i = 0; i < CHANGED; i++) {
      byte[] changed = changed(good, random);
      if (!Arrays.equals(good, changed)) {
        String name = "zip-changed-" + i;
        Status found = bundles.look(name, changed).orElse(Status.TAMPERED);
        if (found == Status.INTACT) {
          assertThat(BundleCopies.of(bundles.file(name)).zip()).as(name).isEqualTo(good);
        } else {
          assertThat(found).as(name).isEqualTo(Status.TAMPERED);
        }
      }
    }
  }

  /** As who forges a bundle does: the manifest lists what was changed as it is. */
  @Test
  void verify_fileChangedAndListed_isIntactOnlyWhereNothingIsProven() throws IOException {
    Random random = new Random(20_261_125);
    for (int i = 0; i < CHANGED; i++) {
      BundleCopies copy = i % 2 == 0 ? bundles.run() : bundles.workflow();
      List<String> names = copy.names();
      String name = names.get(random.nextInt(names.size()));
      byte[] good = copy.bytes(name);
      byte[] changed = changed(good, random);
      copy.put(name, changed);
      if (!Arrays.equals(good, changed)) {
        Optional<Status> found =
            bundles.look(
                "file-changed-" + i,
                name.equals(BundleCopies.MANIFEST) ? copy.zip() : copy.listed().zip());
        if (found.equals(Optional.of(Status.INTACT))) {
          assertThat(name).as("%d", i).isIn("index.html", "checkpoint", BundleCopies.MANIFEST);
          assertThat(claims(copy))
              .isEqualTo(claims(i % 2 == 0 ? bundles.run() : bundles.workflow()));
        }
      }
    }
  }

  /** What a manifest says but for its files and its key, with which nothing is checked. */
  private static JsonObject claims(BundleCopies copy) {
    return copy.json(BundleCopies.MANIFEST).with("files", JsonNull.NULL).with("key", JsonNull.NULL);
  }

  /** A bit flipped, bytes taken out, put in, doubled, or copied over others. */
  private static byte[] changed(byte[] good, Random random) {
    int at = random.nextInt(good.length);
    int other = random.nextInt(good.length);
    int length = Math.min(1 + random.nextInt(40), good.length - Math.max(at, other));
    byte[] changed = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed = joined(head(good, at), tail(good, at + length));
      case 2 -> {
        String put = INSERTS.get(random.nextInt(INSERTS.size()));
        changed =
            joined(joined(head(good, at), put.getBytes(StandardCharsets.UTF_8)), tail(good, at));
      }
      case 3 -> changed = joined(head(good, at + length), tail(good, at));
      default -> System.arraycopy(good, at, changed, other, length);
    }
    return changed;
  }

  private static byte[] head(byte[] bytes, int to) {
    return Arrays.copyOf(bytes, to);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
