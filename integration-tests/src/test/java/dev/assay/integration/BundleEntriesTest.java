package dev.assay.integration;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.worker.bundle.BundleIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles with other entries than were recorded. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleEntriesTest {
  private final Bundles bundles;

  BundleEntriesTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_changedEntry_isNamed() throws IOException {
    List<String> lines = bundles.run().lines("entries.jsonl");
    List<String> edited = new ArrayList<>(lines);
    edited.set(3, reEncoded(lines.get(3)));
    bundles.expect(
        "entry-edited",
        bundles.run().putLines("entries.jsonl", edited).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> proof = new ArrayList<>(lines);
    proof.set(
        2,
        lines
            .get(2)
            .replaceFirst("\"proof\":\\[\"[^\"]*\"", "\"proof\":[\"" + "A".repeat(43) + "=\""));
    bundles.expect(
        "proof-edited",
        bundles.run().putLines("entries.jsonl", proof).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> shorter = new ArrayList<>(lines);
    shorter.set(2, lines.get(2).replaceFirst("\"proof\":\\[\"[^\"]*\",", "\"proof\":["));
    bundles.expect(
        "proof-shorter",
        bundles.run().putLines("entries.jsonl", shorter).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> swapped = new ArrayList<>(lines);
    swapped.set(1, lines.get(2));
    swapped.set(2, lines.get(1));
    bundles.expect(
        "entries-swapped",
        bundles.run().putLines("entries.jsonl", swapped).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> renumbered = new ArrayList<>(lines);
    renumbered.set(1, lines.get(1).replaceFirst("\"index\":", "\"index\":1"));
    bundles.expect(
        "entry-renumbered",
        bundles.run().putLines("entries.jsonl", renumbered).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    List<String> garbage = new ArrayList<>(lines);
    garbage.set(0, "{\"entry\":3}");
    bundles.expect(
        "entry-garbage",
        bundles.run().putLines("entries.jsonl", garbage).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
  }

  @Test
  void verify_lineWithAnotherReading_isNoEntry() throws IOException {
    line("line-cr", line -> line + "\r");
    line("line-spaced", line -> line.replace(",", ", "));
    line("line-mark", line -> "\uFEFF" + line);
    line("line-member-twice", line -> line.replace("\"index\":0", "\"index\":0,\"index\":0"));
    line("line-member-more", line -> line.replace("{", "{\"by\":\"me\","));
    line("line-order", line -> line.replaceFirst("\\{(\"entry\":[^,]*),(\"index\":0)", "{$2,$1"));
    line("line-index-false", line -> line.replace("\"index\":0", "\"index\":false"));
    line("line-index-text", line -> line.replace("\"index\":0", "\"index\":\"0\""));
    for (String zero : new String[] {"-0", "0.0", "0e0", "00", "+0", "-1", "1e99", "1e999"}) {
      line("line-index-" + zero, line -> line.replace("\"index\":0", "\"index\":" + zero));
    }
    line("line-proof-loose", line -> line.replaceFirst("[A-Za-z0-9+/]=\"]", "B=\"]"));
    line("line-proof-unpadded", line -> line.replace("=\"]", "\"]"));
    line("line-proof-broken", line -> line.replace("=\"]", "=\\n\"]"));
    line("line-proof-more", line -> line.replace("\"]", "\",\"" + "A".repeat(43) + "=\"]"));
    line("line-proof-text", line -> line.replaceFirst("\"proof\":.*]", "\"proof\":\"\""));
    line("line-proof-number", line -> line.replace("\"]", "\",7]"));
    line("line-proof-deep", line -> line.replace("\"]", "\"," + deep(2_000) + "]"));
    line("line-entry-url", line -> line.replaceFirst("\"entry\":\"....", "\"entry\":\"-_-_"));
    line("line-entry-empty", line -> line.replaceFirst("\"entry\":\"[^\"]*", "\"entry\":\""));
    line("line-long", line -> line + " ".repeat(200_000));
    line("line-empty", _ -> "");
    line("line-null", _ -> "null");
    bundles.expect(
        "lines-more",
        bundles.run().edit("entries.jsonl", text -> text + "\n").listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    bundles.expect(
        "lines-unfinished",
        bundles.run().edit("entries.jsonl", text -> text.substring(0, text.length() - 1)).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
    bundles.expect(
        "line-index-true",
        bundles
            .workflow()
            .edit("entries.jsonl", text -> text.replaceFirst("\"index\":1,", "\"index\":true,"))
            .listed(),
        BundleIssue.Kind.ENTRY_EDITED);
  }

  @Test
  void verify_proofOfTheOnlyEntry_isAnEmptyListAndNothingElse() throws IOException {
    oneEntry("one-entry", "[]", 3); // nothing is wrong, but there is nothing about the run
    oneEntry("one-entry-text", "\"\"", 4);
    oneEntry("one-entry-object", "{}", 4);
    oneEntry("one-entry-null", "null", 4);
  }

  /** A bundle of a ledger that has entry 0 alone, with this as its proof. */
  private void oneEntry(String name, String proof, int exit) throws IOException {
    String line = bundles.run().lines("entries.jsonl").getFirst();
    byte[] entry =
        Base64.getDecoder().decode(line.replaceFirst(".*\"entry\":\"([^\"]*)\".*", "$1"));
    Checkpoint one = new Checkpoint(bundles.key().name(), 1, PlainEntry.leafHash(entry));
    NoteSigner signer =
        CheckpointSigners.noteSigner(
            bundles.scratch().resolve("test-only-one-entry.pem"), one.origin());
    BundleCopies copy =
        bundles
            .run()
            .putLines(
                "entries.jsonl",
                List.of(line.replaceFirst("\"proof\":\\[.*]", "\"proof\":" + proof)))
            .put("checkpoint", signer.sign(one.text()).toString())
            .edit(
                BundleCopies.MANIFEST,
                json ->
                    json.replaceFirst("\"entries\":\\d+", "\"entries\":1")
                        .replaceFirst("\"root\":\"[^\"]*", "\"root\":\"" + one.root().hex())
                        .replaceFirst("\"size\":\\d+,\"subject\"", "\"size\":1,\"subject\""));
    bundles.expectWith(name, copy.listed().zip(), signer.verifierKey().toString(), exit);
  }

  /** Changes the first line, that of entry 0. */
  private void line(String name, UnaryOperator<String> change) throws IOException {
    bundles.expect(
        name,
        bundles.run().editLine("entries.jsonl", 0, change).listed(),
        BundleIssue.Kind.ENTRY_EDITED);
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /**
   * The line with another outcome in its entry: same length, so that nothing else gives it away.
   */
  private static String reEncoded(String line) {
    String start = line.substring(0, line.indexOf("\"entry\":\"") + 9);
    String rest = line.substring(start.length());
    byte[] entry = Base64.getDecoder().decode(rest.substring(0, rest.indexOf('"')));
    String text = new String(entry, StandardCharsets.ISO_8859_1);
    byte[] changed =
        (text.substring(0, 15) + text.substring(15).replace("assay/", "Assay/"))
            .getBytes(StandardCharsets.ISO_8859_1);
    return start + Base64.getEncoder().encodeToString(changed) + rest.substring(rest.indexOf('"'));
  }
}
