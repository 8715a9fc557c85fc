package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.JsonCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An object of a few known scalar members, as text; a missing one is empty. */
final class TextMembers {
  private final Map<String, String> members;

  /** Members by key, none of them null. */
  TextMembers(Map<String, String> members) {
    this.members = members;
  }

  /** Reads the object that the cursor has just entered. */
  static TextMembers read(JsonCursor json, List<String> keys) throws IOException {
    Map<String, String> read = new HashMap<>();
    while (json.nextKey()) {
      String key = json.parser().currentName();
      if (!keys.contains(key)) {
        json.unknownKey(key, keys);
        continue;
      }
      json.parser().nextToken();
      var value = isBare(key) ? json.scalar(key) : json.string(key);
      if (value.isPresent() && read.put(key, value.get()) != null) {
        json.twice(key);
      }
    }
    return new TextMembers(read);
  }

  /** Whether the member may be a number or a boolean. */
  static boolean isBare(String key) {
    return key.equals("size") || key.equals("dirty");
  }

  String get(String key) {
    return members.getOrDefault(key, "");
  }
}
