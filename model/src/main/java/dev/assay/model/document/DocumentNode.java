package dev.assay.model.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A document as written, each part with its place; nothing is known yet of what it means. */
public sealed interface DocumentNode {
  /** Where it begins. */
  Place place();

  /** What it is, for a message that says what was found. */
  default String found() {
    return switch (this) {
      case ObjectNode _ -> "an object";
      case ListNode _ -> "a list";
      case TextNode(_, String value) -> "the text '%s'".formatted(shorten(value));
      case NumberNode(_, String text) -> "the number " + text;
      case BooleanNode(_, boolean value) -> "the truth value " + value;
      case NullNode _ -> "nothing";
    };
  }

  /** At most 60 characters of a text, for a message. */
  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** An object's member: where its key stands, and its value. */
  record Member(Place keyPlace, DocumentNode value) {}

  /** An object, its members in the order written. */
  record ObjectNode(Place place, SequencedMap<String, Member> members) implements DocumentNode {
    public ObjectNode {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }
  }

  /** A list. */
  record ListNode(Place place, List<DocumentNode> items) implements DocumentNode {
    public ListNode {
      items = List.copyOf(items);
    }
  }

  /** A text. */
  record TextNode(Place place, String value) implements DocumentNode {}

  /** A number, as it was written; always of JSON's number grammar (RFC 8259 section 6). */
  record NumberNode(Place place, String text) implements DocumentNode {}

  /** {@code true} or {@code false}. */
  record BooleanNode(Place place, boolean value) implements DocumentNode {}

  /** A key without a value. */
  record NullNode(Place place) implements DocumentNode {}
}
