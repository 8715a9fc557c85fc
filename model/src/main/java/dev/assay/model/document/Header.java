package dev.assay.model.document;

import dev.assay.model.document.DocumentNode.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What each document begins with: {@code apiVersion}, {@code kind}. */
public final class Header {
  /** The one version of documents that there is. */
  public static final String API_VERSION = "assay/v1";

  private Header() {}

  /**
   * Checks {@code apiVersion} and {@code kind}, and opens the document.
   *
   * @param keys the other keys that the kind knows
   * @throws DocumentException if it is another kind or version, or has unknown keys
   */
  public static Fields open(DocumentNode root, String kind, Collection<String> keys) {
    Value document = new Value(kind, root);
    if (root instanceof ObjectNode object) {
      demand(document, object, "apiVersion", API_VERSION);
      demand(document, object, "kind", kind);
    }
    List<String> known = new ArrayList<>(List.of("apiVersion", "kind"));
    known.addAll(keys);
    return document.fields(known);
  }

  private static void demand(Value document, ObjectNode object, String key, String expected) {
    DocumentNode.Member member = object.members().get(key);
    if (member == null) {
      throw document.error(
          "'%s' is missing; begin the document with '%s: %s'".formatted(key, key, expected));
    }
    new Value(key, member.value()).choice(List.of(expected), text -> text);
  }
}
