package dev.assay.model.trust;

import dev.assay.model.document.Place;
import dev.assay.model.document.Value;
import java.util.HashMap;
import java.util.Map;

/** Refuses the second of two equal texts, and says where the first is. */
final class Unique {
  private final String what;
  private final Map<String, Place> seen = new HashMap<>();

  Unique(String what) {
    this.what = what;
  }

  String require(Value value, String text) {
    Place first = seen.putIfAbsent(text, value.place());
    if (first != null) {
      throw value.error(
          "%s: the %s %s stands on line %d already; each may stand once in the document"
              .formatted(value.key(), what, text, first.line()));
    }
    return text;
  }
}
