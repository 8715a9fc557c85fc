package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.JsonCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An object of a few known scalar members, as text; a missing one is empty. */
final class TextMembers {
  private final Map<String, String> members = new HashMap<>();

  private TextMembers() {}

  /** Reads the object that the cursor has just entered. */
  static TextMembers read(JsonCursor json, List<String> keys) throws IOException {
    TextMembers read = new TextMembers();
    while (json.nextKey()) {
      String key = json.parser().currentName();
      if (!keys.contains(key)) {
        json.unknownKey(key, keys);
        continue;
      }
      json.parser().nextToken();
      boolean numeric = key.equals("size") || key.equals("dirty");
      var value = numeric ? json.scalar(key) : json.string(key);
      if (value.isPresent() && read.members.put(key, value.get()) != null) {
        json.twice(key);
      }
    }
    return read;
  }

  String get(String key) {
    return members.getOrDefault(key, "");
  }
}
