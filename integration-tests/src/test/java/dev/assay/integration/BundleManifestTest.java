package dev.assay.integration;

import dev.assay.worker.bundle.BundleIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles with manifests that somebody wrote. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleManifestTest {
  private final Bundles bundles;

  BundleManifestTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_manifestOfAnotherForm_isNoBundle() throws IOException {
    refused("format", json -> json.replace("assay/bundle/v1", "assay/bundle/v9"));
    refused("junk", _ -> "junk");
    refused("array", json -> "[" + json + "]");
    refused("spaced", json -> json.replace(",", ", "));
    refused("newline", json -> json + "\n");
    refused("mark", json -> "\uFEFF" + json);
    refused("member-twice", json -> json.replace("{\"entries\"", "{\"entries\":9,\"entries\""));
    refused(
        "file-twice", json -> json.replaceFirst("\"files\":\\[(\\{[^}]*})", "\"files\":[$1,$1"));
    refused("member-more", json -> json.replace("{\"entries\"", "{\"before\":1,\"entries\""));
    refused("member-gone", json -> json.replaceFirst("\"key\":\"[^\"]*\",", ""));
    refused(
        "escaped",
        json ->
            json.replace("\"workflow\"", "\"work\\u0066low\"").replace("\"run\"", "\"r\\u0075n\""));
    refused("key-number", json -> json.replaceFirst("\"key\":\"[^\"]*\"", "\"key\":1"));
    refused("ledger-null", json -> json.replaceFirst("\"ledger\":\"[^\"]*\"", "\"ledger\":null"));
    refused("origin-space", json -> json.replaceFirst("\"origin\":\"", "\"origin\":\" "));
    refused("origin-empty", json -> json.replaceFirst("\"origin\":\"[^\"]*\"", "\"origin\":\"\""));
    refused("origin-other", json -> json.replaceFirst("\"origin\":\"", "\"origin\":\"x"));
    refused("root-upper", json -> json.replaceFirst("\"root\":\".", "\"root\":\"A"));
    refused("root-short", json -> json.replaceFirst("\"root\":\"..", "\"root\":\""));
    for (String size :
        new String[] {
          "-1", "-0", "1.5", "01", "+1", "1e3", "true", "\"1\"", "null", "9007199254740992", "1e400"
        }) {
      refused(
          "size-" + size,
          json ->
              json.replaceFirst("\"size\":\\d+,\"subject\"", "\"size\":" + size + ",\"subject\""));
      refused(
          "entries-" + size, json -> json.replaceFirst("\"entries\":\\d+", "\"entries\":" + size));
      refused(
          "file-size-" + size,
          json -> json.replaceFirst("\"size\":\\d+}", "\"size\":" + size + "}"));
    }
    refused("subject-kind", json -> json.replace("\"kind\":\"run\"", "\"kind\":\"model\""));
    refused("subject-kind-list", json -> json.replace("\"kind\":\"run\"", "\"kind\":[]"));
    refused(
        "subject-text", json -> json.replaceFirst("\"subject\":\\{.*}}", "\"subject\":\"run\"}"));
    refused(
        "subject-more", json -> json.replace("\"kind\":\"run\"", "\"kind\":\"run\",\"more\":1"));
    refused(
        "files-object",
        json -> json.replaceFirst("\"files\":\\[.*],\"format\"", "\"files\":{},\"format\""));
    refused("file-text", json -> json.replace("\"files\":[", "\"files\":[\"x\","));
    refused(
        "file-more", json -> json.replaceFirst("\"files\":\\[\\{", "\"files\":[{\"by\":\"me\","));
    refused("file-path-list", json -> json.replaceFirst("\"path\":\"[^\"]*\"", "\"path\":[]"));
    refused("file-sha-upper", json -> json.replaceFirst("\"sha256\":\".", "\"sha256\":\"F"));
    refused(
        "deep",
        json -> json.replace("\"files\":[", "\"files\":[" + "[".repeat(70) + "]".repeat(70) + ","));
    refused(
        "deeper",
        json ->
            json.replace(
                "\"files\":[", "\"files\":[" + "[".repeat(9_000) + "]".repeat(9_000) + ","));
    refused("surrogate", json -> json.replaceFirst("\"id\":\"", "\"id\":\"\\\\ud800"));
    byte[][] noUtf8 = {
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
      {(byte) 0xC0, (byte) 0x80}, // too long a form
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond U+10FFFF
      {(byte) 0xFF}
    };
    for (int i = 0; i < noUtf8.length; i++) {
      String bytes = new String(noUtf8[i], StandardCharsets.ISO_8859_1);
      bundles.expectNoBundle(
          "manifest-no-utf8-" + i,
          bundles
              .run()
              .put(
                  BundleCopies.MANIFEST,
                  bundles
                      .run()
                      .text(BundleCopies.MANIFEST)
                      .replaceFirst("\"id\":\"", "\"id\":\"" + bytes)
                      .getBytes(StandardCharsets.ISO_8859_1)));
    }
    bundles.expectNoBundle("manifest-gone", bundles.run().remove(BundleCopies.MANIFEST));
    bundles.expectNoBundle(
        "manifest-latin1",
        bundles.run().put(BundleCopies.MANIFEST, new byte[] {'"', (byte) 0xE9, '"'}));
  }

  @Test
  void verify_listThatDoesntFit_isDamage() throws IOException {
    damaged(
        "file-itself",
        json ->
            json.replaceFirst("\"files\":\\[(\\{\"path\":\")[^\"]*", "\"files\":[$1bundle.json"));
    damaged(
        "files-none",
        json -> json.replaceFirst("\"files\":\\[.*],\"format\"", "\"files\":[],\"format\""));
    damaged("file-size", json -> json.replaceFirst("\"size\":(\\d+)}", "\"size\":1$1}"));
    damaged(
        "file-sha",
        json -> json.replaceFirst("\"sha256\":\"[^\"]*", "\"sha256\":\"" + "0".repeat(64)));
    damaged(
        "file-spoofing", json -> json.replaceFirst("\"path\":\"[^\"]*", "\"path\":\"x\\nintact"));
    damaged("entries-more", json -> json.replaceFirst("\"entries\":", "\"entries\":1"));
  }

  private void refused(String name, UnaryOperator<String> change) throws IOException {
    bundles.expectNoBundle(
        "manifest-" + name.replace("\"", "q"), bundles.run().edit(BundleCopies.MANIFEST, change));
  }

  private void damaged(String name, UnaryOperator<String> change) throws IOException {
    bundles.expect(
        "list-" + name,
        bundles.run().edit(BundleCopies.MANIFEST, change),
        BundleIssue.Kind.BUNDLE_DAMAGED);
  }
}
