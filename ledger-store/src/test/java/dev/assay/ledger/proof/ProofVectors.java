package dev.assay.ledger.proof;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

/** The vectors of merkle.json and proof.json. */
final class ProofVectors {
  static final JsonObject MERKLE = file("/tlog/merkle.json");
  static final JsonObject PROOF = file("/tlog/proof.json");

  private ProofVectors() {}

  static List<JsonObject> list(JsonObject parent, String name) {
    return ((JsonArray) parent.members().get(name))
        .items().stream().map(JsonObject.class::cast).toList();
  }

  static long number(JsonObject parent, String name) {
    return (long) ((JsonNumber) parent.members().get(name)).value();
  }

  static String text(JsonObject parent, String name) {
    return ((JsonString) parent.members().get(name)).value();
  }

  static boolean yes(JsonObject parent, String name) {
    return parent.members().get(name).equals(new JsonValue.JsonBoolean(true));
  }

  static List<Sha256> hashes(JsonObject parent, String name) {
    return ((JsonArray) parent.members().get(name))
        .items().stream().map(hash -> new Sha256(((JsonString) hash).value())).toList();
  }

  /** Leaf hashes of the vectors' 300 leaves. */
  static List<byte[]> leafHashes() {
    return ((JsonArray) MERKLE.members().get("leaves"))
        .items().stream()
            .map(leaf -> HexFormat.of().parseHex(((JsonString) leaf).value()))
            .map(leaf -> Sha256.hash(new byte[] {0}, leaf))
            .toList();
  }

  private static JsonObject file(String name) {
    try (InputStream in = ProofVectors.class.getResourceAsStream(name)) {
      return (JsonObject) JsonReader.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
