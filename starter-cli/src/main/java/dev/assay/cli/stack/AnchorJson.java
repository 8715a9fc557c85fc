package dev.assay.cli.stack;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Style;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.anchors.AnchorState;
import java.util.List;
import java.util.Locale;

/** How anchors are, for programs and for eyes. */
public final class AnchorJson {
  private AnchorJson() {}

  /** An object each, in their order. */
  public static JsonArray of(List<AnchorState> anchors) {
    return new JsonArray(anchors.stream().<JsonValue>map(AnchorJson::of).toList());
  }

  /** The state, in a table. */
  public static Cell cell(AnchorState anchor) {
    Style style =
        switch (anchor.state()) {
          case CURRENT -> Style.GOOD;
          case EMPTY -> Style.PLAIN;
          case BEHIND -> Style.WARN;
          case DEAD -> Style.BAD;
        };
    return new Cell(anchor.state().sentence(), style);
  }

  private static JsonObject of(AnchorState anchor) {
    JsonObject json =
        JsonObject.EMPTY
            .with("folder", anchor.folder().toString())
            .with("state", anchor.state().name().toLowerCase(Locale.ROOT));
    return anchor.problem().isEmpty() ? json : json.with("problem", anchor.problem());
  }
}
