package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentLoader;
import dev.assay.model.document.DocumentNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import dev.assay.model.document.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Where a policy's schemas and scripts lie that stand in files of their own. They become part of
 * the policy when it is read, so that its digest covers them.
 */
public interface InlinedFiles {
  /** Names a schema's file, relative to the policy's. */
  String SCHEMA = "schemaFile";

  /** Names a script's. */
  String SCRIPT = "scriptFile";

  /**
   * The bytes of a file.
   *
   * @throws IllegalArgumentException if it may not be read, or can't; the message says why
   */
  byte[] read(String path);

  /** The document with each file that a check names replaced by what it holds. */
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
    if (!(node instanceof ObjectNode(_, var members))
        || !(members.get("type") instanceof Member(_, TextNode(_, String type)))) {
      return node;
    }
    return switch (type) {
      case "json-schema" ->
          replace(node, SCHEMA, "schema", (_, path) -> DocumentLoader.load(read(path), path));
      case "command" ->
          replace(node, SCRIPT, "script", (at, path) -> new TextNode(at, text(read(path), path)));
      default -> node;
    };
  }

  /** The check with what the file holds; one that has both is the reader's to refuse. */
  private static DocumentNode replace(
      DocumentNode node, String key, String with, BiFunction<Place, String, DocumentNode> load) {
    if (!(node instanceof ObjectNode(var place, var members))
        || members.containsKey(with)
        || !(members.get(key) instanceof Member(var keyPlace, TextNode(var at, String path)))) {
      return node;
    }
    DocumentNode loaded;
    try {
      loaded = load.apply(at, path);
    } catch (IllegalArgumentException e) {
      throw new DocumentException(at, "%s: %s".formatted(key, e.getMessage()));
    }
    LinkedHashMap<String, Member> changed = new LinkedHashMap<>(members);
    changed.remove(key);
    changed.put(with, new Member(keyPlace, loaded));
    return new ObjectNode(place, changed);
  }

  private static String text(byte[] bytes, String path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "'%s' isn't text in UTF-8; scripts are".formatted(path), e);
    }
  }
}
