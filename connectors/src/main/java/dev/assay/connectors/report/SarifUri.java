package dev.assay.connectors.report;

import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;

/** Places as SARIF writes them: URIs by RFC 3986, those below the checkout relative to it. */
final class SarifUri {
  private static final int MAX_PATH = 1_000;
  private static final String UNRESERVED = "-._~/";

  private SarifUri() {}

  static JsonObject artifact(Place place) {
    String path = place.path().isEmpty() ? "unknown" : place.path();
    if (place.remote()) {
      int behind = path.indexOf("://") + 3;
      return uri(path.substring(0, behind) + encoded(path.substring(behind), UNRESERVED + ":?#=&"));
    }
    return path.startsWith("/")
        ? uri("file://" + encoded(path, UNRESERVED))
        : uri(encoded(path, UNRESERVED)).with("uriBaseId", "%SRCROOT%");
  }

  private static JsonObject uri(String uri) {
    return JsonObject.EMPTY.with("uri", uri);
  }

  private static String encoded(String path, String kept) {
    StringBuilder uri = new StringBuilder();
    for (byte b : Harmless.line(path, MAX_PATH).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
      if (plain) {
        uri.append(c);
      } else {
        uri.append("%%%02X".formatted((int) c));
      }
    }
    return uri.toString();
  }
}
