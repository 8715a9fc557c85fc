package dev.assay.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes that a signature is over. Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature. */
final class SignedBytes {
  private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

  /** Bound of a name inside a subtree message: its length is one byte. */
  private static final int MAX_NAME_BYTES = 255;

  private SignedBytes() {}

  /**
   * What a key signs of a note.
   *
   * @param name the signer's
   * @param seconds Unix time of a cosignature; not looked at for {@link KeyType#ED25519}
   * @throws NoteException if {@link KeyType#ML_DSA_44} is to sign what is no checkpoint
   */
  static byte[] of(KeyType type, String name, String text, long seconds) {
    return switch (type) {
      case ED25519 -> text.getBytes(StandardCharsets.UTF_8);
      case ED25519_COSIGNATURE ->
          "cosignature/v1\ntime %d\n%s".formatted(seconds, text).getBytes(StandardCharsets.UTF_8);
      case ML_DSA_44 -> subtree(name, Checkpoint.parse(text), seconds);
    };
  }

  private static byte[] subtree(String name, Checkpoint checkpoint, long seconds) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SUBTREE);
    prefixed(out, name);
    number(out, seconds);
    prefixed(out, checkpoint.origin());
    number(out, 0);
    number(out, checkpoint.size());
    out.writeBytes(checkpoint.root().bytes());
    return out.toByteArray();
  }

  private static void prefixed(ByteArrayOutputStream out, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME_BYTES) {
      throw new NoteException(
          "name of %d bytes: an ML-DSA-44 cosignature holds at most %d (c2sp.org/tlog-cosignature)"
              .formatted(bytes.length, MAX_NAME_BYTES));
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, long number) {
    out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
  }
}
