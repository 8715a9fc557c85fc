package dev.assay.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.digest.Sha256;
import dev.assay.worker.bundle.BundleIssue;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles with other checkpoints than were signed. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleNoteTest {
  /** Of the ledger's two keys. */
  private static final int SIGNATURES = 2;

  private final Bundles bundles;

  BundleNoteTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_otherCheckpoint_isNamed() throws IOException {
    String root = Base64.getEncoder().encodeToString(new byte[32]);
    BundleCopies forged =
        bundles
            .run()
            .edit(
                "checkpoint",
                note -> note.replaceFirst("\n[A-Za-z0-9+/]{43}=\n", "\n" + root + "\n"))
            .edit(
                BundleCopies.MANIFEST,
                json ->
                    json.replaceFirst(
                        "\"root\":\"[0-9a-f]{64}\"", "\"root\":\"" + "0".repeat(64) + "\""))
            .listed();
    bundles.expect("checkpoint-forged", forged, BundleIssue.Kind.CHECKPOINT_FORGED);
    Checkpoint checkpoint = Checkpoint.parse(bundles.note().text());
    SignedNote strangers =
        CheckpointSigners.noteSigner(
                bundles.scratch().resolve("test-only-stranger.pem"), checkpoint.origin())
            .sign(checkpoint.text());
    bundles.expect(
        "key-substituted",
        bundles.run().put("checkpoint", strangers.toString()).listed(),
        BundleIssue.Kind.KEY_SUBSTITUTED);
    bundles.expect(
        "checkpoint-garbage",
        bundles.run().put("checkpoint", "no note").listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
    bundles.expect(
        "checkpoint-gone",
        bundles.run().remove("checkpoint").listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
    bundles.expect(
        "manifest-other-size",
        bundles
            .run()
            .edit(
                BundleCopies.MANIFEST,
                json -> json.replaceFirst("(\"size\":\\d+)(,\"subject\")", "$10$2")),
        BundleIssue.Kind.CHECKPOINT_FORGED);
  }

  @Test
  void verify_noteOfAnotherForm_isForged() throws IOException {
    note("note-hyphen", note -> note.replace('\u2014', '-'));
    note("note-en-dash", note -> note.replace('\u2014', '\u2013'));
    note("note-dash-alone", note -> note.replace("\u2014 ", "\u2014"));
    note("note-two-spaces", note -> note.replace("\u2014 ", "\u2014  "));
    note("note-base64-broken", note -> note.replaceFirst("[A-Za-z0-9+/]{4}(=*)\n$", "!!!!\n"));
    note("note-base64-unpadded", note -> note.replaceFirst("=+\n$", "\n"));
    note("note-base64-short", note -> note + "\u2014 someone AAAA\n");
    note("note-unfinished", note -> note.substring(0, note.length() - 1));
    note("note-line-empty", note -> note + "\n");
    note("note-crlf", note -> note.replace("\n", "\r\n"));
    note("note-cr", note -> note.replaceFirst("\n$", "\r\n"));
    note("note-mark", note -> "\uFEFF" + note);
    note("note-extended", note -> note.replaceFirst("\n\n", "\nmore\n\n"));
    note("note-size-zeros", note -> note.replaceFirst("\n(\\d+)\n", "\n0$1\n"));
    note("note-101-lines", note -> note + stranger("w").repeat(101 - SIGNATURES));
    note("note-1000-lines", note -> note + stranger("w").repeat(1_000));
    note("note-name-plus", note -> note + stranger("a+b"));
    note("note-name-space", note -> note + stranger("a\u00A0b"));
    note("note-name-control", note -> note + stranger("a\u0085b"));
    note("note-name-long", note -> note + stranger("w".repeat(257)));
    note("note-empty", _ -> "");
    note("note-long", note -> note + stranger("w".repeat(256)).repeat(5_000));
    note("note-twice-ours", note -> note + forged(note));
    byte[] latin1 = bundles.note().toString().replace('\u2014', '-').getBytes(ISO_8859_1);
    latin1[latin1.length - 5] = (byte) 0xE9;
    bundles.expect(
        "note-not-utf8",
        bundles.run().put("checkpoint", latin1).listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
    bundles.expect(
        "note-without-ours",
        bundles
            .run()
            .edit("checkpoint", note -> note.substring(0, note.indexOf("\n\n") + 2) + stranger("w"))
            .listed(),
        BundleIssue.Kind.KEY_SUBSTITUTED);
  }

  @Test
  void verify_noteWithOthersSignatures_isIntact() throws IOException {
    for (String signer : new String[] {"w", "\u00E9\u4E2D", "\uD83D\uDE00".repeat(200)}) {
      bundles.expectIntact(
          "note-cosigned-" + signer.length(),
          bundles
              .run()
              .edit("checkpoint", note -> note + stranger(signer).repeat(100 - SIGNATURES))
              .listed());
    }
  }

  @Test
  void verify_withWhatIsNotTheLedgersKey_isRefused() throws IOException {
    String key = bundles.key().toString();
    bundles.expectKey("key-ours", key, 0);
    bundles.expectKey("key-empty", "", 2);
    bundles.expectKey("key-junk", "key", 2);
    bundles.expectKey("key-of-other-origin", "other" + key, 2);
    bundles.expectKey("key-other-id", key.replaceFirst("\\+........\\+", "+00000000+"), 2);
    bundles.expectKey("key-unpadded", key.replaceFirst("=*$", "") + "=", 2);
    String origin = bundles.key().name();
    for (KeyType type : KeyType.values()) {
      VerifierKey other =
          CheckpointSigners.noteSigner(
                  bundles.scratch().resolve("test-only-other-" + type.written() + ".pem"), origin)
              .verifierKey();
      if (type == KeyType.ED25519) {
        bundles.expectKey("key-of-stranger", other.toString(), 4);
      } else {
        bundles.expectKey("key-" + type.written(), ofType(other, type), 2);
      }
    }
  }

  /** A well-formed key of another type; which bytes it has doesn't matter. */
  private static String ofType(VerifierKey named, KeyType type) {
    byte[] typed = new byte[type == KeyType.ML_DSA_44 ? 1_313 : 33];
    typed[0] = (byte) (type == KeyType.ML_DSA_44 ? 6 : 4);
    byte[] hash = Sha256.hash((named.name() + "\n").getBytes(UTF_8), typed);
    return "%s+%s+%s"
        .formatted(
            named.name(),
            HexFormat.of().formatHex(hash, 0, 4),
            Base64.getEncoder().encodeToString(typed));
  }

  private void note(String name, UnaryOperator<String> change) throws IOException {
    bundles.expect(
        name,
        bundles.run().edit("checkpoint", change).listed(),
        BundleIssue.Kind.CHECKPOINT_FORGED);
  }

  private static String stranger(String name) {
    return "\u2014 %s AAAAAAA=\n".formatted(name);
  }

  /** The first signature line with another signature. */
  private static String forged(String note) {
    String line = note.substring(note.indexOf("\n\n") + 2).split("\n", 2)[0];
    return line.substring(0, line.length() - 8) + "AAAAAA==\n";
  }
}
