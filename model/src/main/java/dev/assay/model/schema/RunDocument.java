package dev.assay.model.schema;

import dev.assay.model.run.Run;
import java.nio.charset.StandardCharsets;

/** A run as people and programs read it: {@code assay schema Run}, without where it was read. */
public final class RunDocument {
  private RunDocument() {}

  /** The document as JSON in UTF-8. Equal runs give equal bytes. */
  public static byte[] encode(Run run) {
    return RunNodes.of(run, SchemaScope.RUN).toString().getBytes(StandardCharsets.UTF_8);
  }
}
