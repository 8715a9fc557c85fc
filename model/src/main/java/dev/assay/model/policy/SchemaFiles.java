package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.document.DocumentNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where a policy's schemas lie that stand in files of their own. They become part of the policy
 * when it is read, so that its digest covers them.
 */
public interface SchemaFiles {
  /** Names the file, relative to the policy's. */
  String KEY = "schemaFile";

  /**
   * The bytes of a file.
   *
   * @throws IllegalArgumentException if it may not be read, or can't; the message says why
   */
  byte[] read(String path);

  /** The document with each {@code schemaFile} of a check replaced by the schema that it holds. */
  default DocumentNode inline(DocumentNode document) {
    return change(document, "stages", stage -> change(stage, "checks", this::check));
  }

  /** Applies to the items of a list that stands under {@code key}; leaves all else as it is. */
  private static DocumentNode change(
      DocumentNode node, String key, UnaryOperator<DocumentNode> change) {
    if (!(node instanceof ObjectNode(var place, var members))
        || !(members.get(key) instanceof Member(var keyPlace, ListNode(var at, var items)))) {
      return node;
    }
    Map<String, Member> changed = new LinkedHashMap<>(members);
    changed.put(key, new Member(keyPlace, new ListNode(at, items.stream().map(change).toList())));
    return new ObjectNode(place, new LinkedHashMap<>(changed));
  }

  private DocumentNode check(DocumentNode node) {
    if (!(node instanceof ObjectNode(var place, var members))
        || members.containsKey("schema")
        || !(members.get(KEY) instanceof Member(var keyPlace, TextNode(var at, String path)))
        || !(members.get("type") instanceof Member(_, TextNode(_, String type)))
        || !type.equals("json-schema")) {
      return node;
    }
    DocumentNode schema;
    try {
      schema = DocumentLoader.load(read(path), path);
    } catch (IllegalArgumentException e) {
      throw new DocumentException(at, "%s: %s".formatted(KEY, e.getMessage()));
    }
    LinkedHashMap<String, Member> changed = new LinkedHashMap<>(members);
    changed.remove(KEY);
    changed.put("schema", new Member(keyPlace, schema));
    return new ObjectNode(place, changed);
  }
}
