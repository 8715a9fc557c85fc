package dev.assay.connectors.record;

import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads small JSON files of any layout, as long as their text is {@link PlainJson}'s. To set a
 * parser up for a file of some hundred bytes costs as much as to read it.
 */
final class PlainTree {
  /** Deeper is left to a parser, which has a bound of its own. */
  private static final int MOST_DEPTH = 16;

  private static final byte[] TRUE = PlainJson.ascii("true");
  private static final byte[] FALSE = PlainJson.ascii("false");
  private static final byte[] NULL = PlainJson.ascii("null");

  private final PlainJson json;

  private PlainTree(byte[] bytes) {
    json = new PlainJson(bytes, 0, bytes.length);
  }

  /** The one value that the bytes hold: the same that a parser reads from them. */
  static JsonValue read(byte[] bytes) throws Unfamiliar {
    PlainTree tree = new PlainTree(bytes);
    JsonValue value = tree.value(0);
    tree.json.end();
    return value;
  }

  /** The value that comes next, and the white space around it. */
  private JsonValue value(int depth) throws Unfamiliar {
    json.skipSpace();
    JsonValue value;
    if (json.skips('"')) {
      value = new JsonString(json.text());
    } else if (json.skips('{')) {
      value = object(depth + 1);
    } else if (json.skips('[')) {
      value = array(depth + 1);
    } else if (json.skips(NULL)) {
      value = JsonNull.NULL;
    } else if (json.skips(TRUE)) {
      value = new JsonBoolean(true);
    } else if (json.skips(FALSE)) {
      value = new JsonBoolean(false);
    } else {
      value = new JsonNumber(json.number());
    }
    json.skipSpace();
    return value;
  }

  private JsonObject object(int depth) throws Unfamiliar {
    TreeMap<String, JsonValue> members = new TreeMap<>();
    if (opensEmpty(depth, '}')) {
      return JsonObject.EMPTY;
    }
    do {
      json.skipSpace();
      json.literal('"');
      String key = json.text();
      json.skipSpace();
      json.literal(':');
      if (members.put(key, value(depth)) != null) {
        throw PlainJson.unfamiliar(); // an error, and a parser says of which line
      }
    } while (json.skips(','));
    json.literal('}');
    return new JsonObject(members);
  }

  private JsonArray array(int depth) throws Unfamiliar {
    List<JsonValue> items = new ArrayList<>();
    if (!opensEmpty(depth, ']')) {
      do {
        items.add(value(depth));
      } while (json.skips(','));
      json.literal(']');
    }
    return new JsonArray(items);
  }

  private boolean opensEmpty(int depth, char end) throws Unfamiliar {
    if (depth > MOST_DEPTH) {
      throw PlainJson.unfamiliar();
    }
    json.skipSpace();
    return json.skips(end);
  }
}
