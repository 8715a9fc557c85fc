package dev.assay.model.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.document.DocumentNode.BooleanNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.NullNode;
import dev.assay.model.document.DocumentNode.NumberNode;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Builds the tree from a parser's tokens. Not safe for use by several threads. */
final class NodeBuilder {
  /** RFC 8259 section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  static final String TOO_DEEP =
      "nested deeper than %s; flatten it".formatted(DocumentLoader.MAX_DEPTH);

  private static final int MAX_NUMBER_LENGTH = 64;

  private final JsonParser parser;
  private final String file;

  NodeBuilder(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  DocumentNode document() throws IOException {
    if (parser.nextToken() == null) {
      throw new DocumentException(
          new Place(file, 1, 1),
          "the document is empty; begin with 'apiVersion: %s'".formatted(Header.API_VERSION));
    }
    DocumentNode root = node(1);
    if (parser.nextToken() != null) {
      throw new DocumentException(
          place(), "something follows the document; write one document a file");
    }
    return root;
  }

  private DocumentNode node(int depth) throws IOException {
    Place place = place();
    if (depth > DocumentLoader.MAX_DEPTH) {
      throw new DocumentException(place, TOO_DEEP);
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(place, depth);
      case START_ARRAY -> list(place, depth);
      case VALUE_STRING -> new TextNode(place, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(place);
      case VALUE_TRUE -> new BooleanNode(place, true);
      case VALUE_FALSE -> new BooleanNode(place, false);
      case VALUE_NULL -> new NullNode(place);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new DocumentException(
              place, "found %s where a value was expected".formatted(token));
    };
  }

  private DocumentNode object(Place place, int depth) throws IOException {
    LinkedHashMap<String, Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Place keyPlace = place();
      String key = parser.currentName();
      parser.nextToken();
      Member first = members.putIfAbsent(key, new Member(keyPlace, node(depth + 1)));
      if (first != null) {
        throw new DocumentException(
            keyPlace,
            "key '%s' stands on line %s already; keep one".formatted(key, first.keyPlace().line()));
      }
    }
    return new ObjectNode(place, members);
  }

  private DocumentNode list(Place place, int depth) throws IOException {
    List<DocumentNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new ListNode(place, items);
  }

  private DocumentNode number(Place place) throws IOException {
    String text = parser.getText();
    if (text.length() > MAX_NUMBER_LENGTH) {
      throw new DocumentException(
          place,
          "a number of %s digits; at most %s are read".formatted(text.length(), MAX_NUMBER_LENGTH));
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new DocumentException(
          place,
          "'%s' is a different number to different YAML readers; write a plain decimal number, or"
                  .formatted(text)
              + " quote it if it is text");
    }
    return new NumberNode(place, text);
  }

  private Place place() {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }
}
